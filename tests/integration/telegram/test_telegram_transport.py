"""What a learner gets, over real HTTP, and what the sender hears when they do not."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fake_bot_api import FakeBotApi, User, flood, hang, refuse, reset
from tests.integration.telegram.stubs import HOME, NO_COPIES, NOW, StubDesk, StubStore, ticket
from tutorbot.channels.telegram import api as api_module
from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.groups import HelpersGroups
from tutorbot.channels.telegram.pace import Pace
from tutorbot.channels.telegram.pictures import Pictures
from tutorbot.channels.telegram.post import Post
from tutorbot.channels.telegram.topics import Topics
from tutorbot.channels.telegram.transport import TelegramTransport
from tutorbot.curriculum.lesson import Picture
from tutorbot.errors import TransportError
from tutorbot.messages.message import Button, Copied, Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.values import Address, Author, Entry, Kind, Owed

PNG = b"\x89PNG\r\n\x1a\n"
LINK = Picture("first-steps/link.png", "A link on a page")
OWED = Owed(1, Address("telegram", "7"), Kind.SAY, Message(), NOW)
NEXT = (Button("next", "▶ Next", nav=True),)


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """A folder of lessons with one picture."""
    picture = tmp_path / "lessons" / LINK.name
    picture.parent.mkdir(parents=True)
    picture.write_bytes(PNG)
    return tmp_path / "lessons"


@pytest.fixture
def store() -> StubStore:
    """A store with ticket 27."""
    return StubStore([ticket()])


@pytest.fixture
def desk() -> StubDesk:
    """Notes what helpers are told."""
    return StubDesk()


@pytest.fixture
def transport(api: Api, store: StubStore, desk: StubDesk, lessons: Path) -> TelegramTransport:
    """The transport, with a helpers' group."""
    groups, post = HelpersGroups(store), Post(api, Pictures(api, lessons), Renderer().words)
    topics = Topics(api, store, groups, post, lambda ticket: Message(ticket.title), Pace(None, None, None).wait)
    return TelegramTransport(store, post, topics, NO_COPIES, desk.tell)


@pytest.fixture
def ann(fake: FakeBotApi) -> User:
    """Ann, who has pressed Start."""
    user = fake.user(7, "Ann")
    user.send("/start")
    return user


def _say(text: str = "", **content: object) -> Owed:
    return replace(OWED, message=Message(text, **content))  # type: ignore[arg-type]


def _replace(ref: str, text: str = "", **content: object) -> Owed:
    return replace(_say(text, **content), kind=Kind.REPLACE, ref=ref)


async def test_message_arrives_with_its_markup_and_buttons(transport: TelegramTransport, ann: User) -> None:
    ref = await transport.send(_say("**Hello** Ann", buttons=NEXT, step=4))
    assert ref == str(ann.last.id)
    assert ann.last.text == "Hello Ann"
    assert ann.last.entities[0]["type"] == "bold"
    assert ann.last.buttons == [{"text": "▶ Next", "callback_data": "4.next"}]


async def test_links_bring_no_preview(transport: TelegramTransport, fake: FakeBotApi, ann: User) -> None:
    await transport.send(_say("https://www.gov.uk"))
    assert fake.called("sendMessage")[0]["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize("name", ["<3", "</a>", "_*[", "'; DROP", "{{7*7}}", "\u202eevil"])
async def test_persons_words_are_shown_letter_by_letter(transport: TelegramTransport, ann: User, name: str) -> None:
    await transport.send(_say(said=name))
    assert (ann.last.text, ann.last.entities) == (name, [])


async def test_long_message_comes_in_parts_with_the_buttons_below(transport: TelegramTransport, ann: User) -> None:
    ref = await transport.send(_say("word " * 1000, buttons=NEXT))
    first, last = ann.chat.by_bot
    assert (first.labels, last.labels) == ([], ["▶ Next"])
    assert ref == f"{first.id} {last.id}"


async def test_message_of_2049_emoji_arrives(transport: TelegramTransport, ann: User) -> None:
    await transport.send(_say(said="🙋" * 2049))
    assert "".join(ann.texts) == "🙋" * 2049


# Pictures


async def test_picture_carries_the_text_as_its_caption(transport: TelegramTransport, ann: User) -> None:
    await transport.send(_say("**Look**", picture=LINK, buttons=NEXT))
    assert ann.last.photo
    assert (ann.last.text, ann.last.labels) == ("Look", ["▶ Next"])


async def test_picture_is_uploaded_once(transport: TelegramTransport, fake: FakeBotApi, ann: User) -> None:
    for _ in range(3):
        await transport.send(_say("Look", picture=LINK))
    sources = [call["photo"] for call in fake.called("sendPhoto")]
    assert sources == [PNG, ann.last.photo, ann.last.photo]


async def test_edited_picture_is_uploaded_anew(transport: TelegramTransport, ann: User, lessons: Path) -> None:
    await transport.send(_say("Look", picture=LINK))
    (lessons / LINK.name).write_bytes(PNG + b"changed")
    await transport.send(_say("Look", picture=LINK))
    first, second = ann.chat.by_bot
    assert first.photo != second.photo


async def test_picture_with_a_long_text_stands_above_it(transport: TelegramTransport, ann: User) -> None:
    await transport.send(_say("word " * 300, picture=LINK, buttons=NEXT))
    picture, text = ann.chat.by_bot
    assert (picture.photo != "", picture.text, picture.labels) == (True, "", [])
    assert (text.photo, text.labels) == ("", ["▶ Next"])


@pytest.mark.parametrize("content", [b"no picture", None])
async def test_picture_refused_is_told_in_words(
    transport: TelegramTransport, ann: User, lessons: Path, content: bytes | None
) -> None:
    picture = lessons / LINK.name
    if content is None:
        picture.unlink()
    else:
        picture.write_bytes(content)
    await transport.send(_say("**Look**", picture=LINK, buttons=NEXT))
    assert (ann.last.text, ann.last.labels) == ("A link on a page\n\nLook", ["▶ Next"])


async def test_picture_outside_the_lessons_is_not_sent(transport: TelegramTransport, ann: User, lessons: Path) -> None:
    (lessons.parent / "secret.png").write_bytes(PNG)
    await transport.send(_say("Look", picture=Picture("../secret.png", "A thing")))
    assert ann.last.photo == ""


async def test_picture_whose_id_is_forgotten_is_uploaded_again(
    transport: TelegramTransport, fake: FakeBotApi, ann: User
) -> None:
    await transport.send(_say("Look", picture=LINK))
    fake.world.files.clear()
    await transport.send(_say("Look", picture=LINK))  # in words
    await transport.send(_say("Look", picture=LINK))
    assert [bool(post.photo) for post in ann.chat.by_bot] == [True, False, True]


# In the place of another


async def test_text_takes_the_place_of_text(transport: TelegramTransport, ann: User) -> None:
    ref = await transport.send(_say("One", buttons=NEXT))
    assert await transport.send(_replace(ref, "Two")) == ref
    assert (ann.texts, ann.last.labels) == (["Two"], [])


async def test_picture_takes_the_place_of_text_and_of_a_picture(transport: TelegramTransport, ann: User) -> None:
    ref = await transport.send(_say("One"))
    for caption in ("Two", "Three"):
        assert await transport.send(_replace(ref, caption, picture=LINK)) == ref
        assert (ann.texts, bool(ann.last.photo)) == ([caption], True)


async def test_text_for_a_picture_comes_as_a_new_message(transport: TelegramTransport, ann: User) -> None:
    ref = await transport.send(_say("One", picture=LINK))
    assert await transport.send(_replace(ref, "Two")) != ref
    assert ann.texts == ["One", "Two"]


async def test_picture_gone_meanwhile_is_told_in_words(transport: TelegramTransport, ann: User, lessons: Path) -> None:
    ref = await transport.send(_say("One", picture=LINK))
    (lessons / LINK.name).unlink()
    await transport.send(_replace(ref, "Two", picture=LINK))
    assert ann.texts == ["One", "A link on a page\n\nTwo"]


async def test_same_again_is_success(transport: TelegramTransport, ann: User) -> None:
    ref = await transport.send(_say("One", buttons=NEXT))
    assert await transport.send(_replace(ref, "One", buttons=NEXT)) == ref
    assert len(ann.chat.by_bot) == 1


@pytest.mark.parametrize("gone", ["message to edit not found", "message can't be edited"])
async def test_message_that_cannot_be_replaced_is_sent_anew(
    transport: TelegramTransport, fake: FakeBotApi, ann: User, gone: str
) -> None:
    ref = await transport.send(_say("One"))
    fake.fail("editMessageText", refuse(400, f"Bad Request: {gone}"))
    assert await transport.send(_replace(ref, "Two")) != ref
    assert ann.texts == ["One", "Two"]


async def test_replacement_too_long_for_one_message_is_sent_anew(transport: TelegramTransport, ann: User) -> None:
    ref = await transport.send(_say("One"))
    await transport.send(_replace(ref, "word " * 1000))
    assert [text.split()[0] for text in ann.texts] == ["word", "word"]


# When it does not arrive


async def _fault(transport: TelegramTransport) -> TransportError:
    with pytest.raises(TransportError) as raised:
        await transport.send(_say("Hello"))
    return raised.value


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (403, "Forbidden: bot can't initiate conversation with a user"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: PEER_ID_INVALID"),
    ],
)
async def test_chat_that_is_gone_is_permanent(
    transport: TelegramTransport, fake: FakeBotApi, ann: User, code: int, text: str
) -> None:
    fake.fail("sendMessage", refuse(code, text))
    fault = await _fault(transport)
    assert (fault.permanent, fault.refused) == (True, False)


async def test_learner_who_blocked_us_is_permanent(transport: TelegramTransport, ann: User) -> None:
    ann.block()
    assert (await _fault(transport)).permanent


async def test_message_that_telegram_will_never_take_is_refused(
    transport: TelegramTransport, fake: FakeBotApi, ann: User
) -> None:
    fake.fail("sendMessage", refuse(400, "Bad Request: something new"))
    fault = await _fault(transport)
    assert (fault.refused, fault.permanent, fault.unsure) == (True, False, False)


async def test_message_of_nothing_is_refused(transport: TelegramTransport, ann: User) -> None:
    with pytest.raises(TransportError) as raised:
        await transport.send(_say())
    assert raised.value.refused


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (400, "Bad Request: not enough rights to send text messages to the chat"),
        (403, "Forbidden: something new"),
        (401, "Unauthorized"),
        (500, "Internal Server Error"),
        (502, "Bad Gateway"),
    ],
)
async def test_what_may_pass_is_tried_again(
    transport: TelegramTransport, fake: FakeBotApi, ann: User, code: int, text: str
) -> None:
    fake.fail("sendMessage", refuse(code, text))
    fault = await _fault(transport)
    assert (fault.permanent, fault.refused, fault.unsure, fault.retry_after) == (False, False, False, None)


async def test_flood_says_how_long(transport: TelegramTransport, fake: FakeBotApi, ann: User) -> None:
    fake.fail("sendMessage", flood(3600))
    assert (await _fault(transport)).retry_after == timedelta(hours=1)


@pytest.mark.parametrize("fault", [reset(after=True), hang(after=True)])
async def test_lost_answer_is_unsure(
    transport: TelegramTransport, fake: FakeBotApi, ann: User, fault: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_module, "READ_TIMEOUT", 0.1)
    fake.fail("sendMessage", fault)  # type: ignore[arg-type]
    assert (await _fault(transport)).unsure
    assert ann.texts == ["Hello"]


# What passes between a helper and a learner


SAYS = Message("**Amir** (volunteer):", said="Press gren", buttons=NEXT)


def _answer(message: Message = SAYS, **changes: object) -> Owed:
    return replace(OWED, message=message, author=Author.HELPER, ticket=27, **changes)  # type: ignore[arg-type]


async def _answered(transport: TelegramTransport, store: StubStore, message: Message = SAYS) -> str:
    """An answer of Amir's that was delivered as entry 1."""
    ref = store.record.refs[1] = await transport.send(_answer(message))
    store.record.entries[1] = Entry(1, Author.HELPER, message, NOW, "Amir", 27)
    return ref


async def test_answer_that_was_changed_is_changed_at_the_learner(
    transport: TelegramTransport, store: StubStore, ann: User
) -> None:
    ref = await _answered(transport, store)
    assert await transport.send(_answer(replace(SAYS, said="Press green"), kind=Kind.EDIT, of=1)) == ref
    assert ann.texts == ["Amir (volunteer):\n\nPress green"]
    assert ann.last.edits == 1


async def test_answer_that_was_taken_back_is_gone_and_a_second_time_does_no_harm(
    transport: TelegramTransport, store: StubStore, ann: User
) -> None:
    await _answered(transport, store)
    for _ in range(2):
        assert await transport.send(_answer(Message(), kind=Kind.DELETE, of=1)) == ""
    assert ann.texts == []


async def test_answer_that_was_never_delivered_is_not_taken_back(
    transport: TelegramTransport, fake: FakeBotApi, ann: User
) -> None:
    assert await transport.send(_answer(Message(), kind=Kind.DELETE, of=1)) == ""
    assert fake.called("deleteMessage") == []


async def test_helpers_hear_what_telegram_did_not_take_back(
    transport: TelegramTransport, store: StubStore, desk: StubDesk, fake: FakeBotApi, ann: User
) -> None:
    await _answered(transport, store)
    fake.world.later = 49 * 3600
    with pytest.raises(TransportError) as raised:
        await transport.send(_answer(Message(), kind=Kind.DELETE, of=1))
    assert raised.value.refused
    assert desk.told == [(str(HOME), "<desk_undelivered>", 27, "")]


async def test_helpers_hear_of_an_answer_that_did_not_arrive(
    transport: TelegramTransport, desk: StubDesk, ann: User
) -> None:
    ann.block()
    with pytest.raises(TransportError):
        await transport.send(_answer())
    with pytest.raises(TransportError):
        await transport.send(_say("A card"))
    assert desk.told == [(str(HOME), "<desk_undelivered>", 27, "")]


async def test_answer_that_waits_is_no_news(transport: TelegramTransport, desk: StubDesk, fake: FakeBotApi) -> None:
    fake.user(7, "Ann").send("/start")
    fake.fail("sendMessage", flood(3))
    with pytest.raises(TransportError):
        await transport.send(_answer())
    assert desk.told == []


def _sent(fake: FakeBotApi, *kinds: str, bare: bool = False) -> Copied:
    """What Amir has sent in his group."""
    amir = fake.user(50, "Amir")
    ids = [fake.group.send_media(None, amir, *kinds)] if len(kinds) == 1 else fake.group.send_album(None, amir, *kinds)
    return Copied(str(fake.group.id), tuple(ids), "picture", "a" if len(kinds) > 1 else "", bare)


async def test_picture_goes_to_the_learner_with_words_and_buttons_and_can_be_kept(
    transport: TelegramTransport, fake: FakeBotApi, ann: User
) -> None:
    await transport.send(_answer(replace(SAYS, media=_sent(fake, "photo"))))
    assert (ann.last.kind, ann.last.text, ann.last.labels) == ("photo", "Amir (volunteer):\n\nPress gren", ["▶ Next"])
    assert not ann.last.protected


async def test_words_of_the_sender_that_we_did_not_read_do_not_go_along(
    transport: TelegramTransport, fake: FakeBotApi, ann: User
) -> None:
    id_ = fake.group.send_media(None, fake.user(50, "Amir"), "photo", "my number is 07700 900123")
    await transport.send(_answer(Message(media=Copied(str(fake.group.id), (id_,), "picture"))))
    assert ann.last.text == ""


@pytest.mark.parametrize("kind", ["sticker", "video_note"])
async def test_words_stand_above_what_takes_none(
    transport: TelegramTransport, fake: FakeBotApi, ann: User, kind: str
) -> None:
    await transport.send(_answer(replace(SAYS, media=_sent(fake, kind, bare=True))))
    assert [post.kind or post.text for post in ann.chat.by_bot] == ["Amir (volunteer):\n\nPress gren", kind]
    assert ann.last.labels == ["▶ Next"]


async def test_words_too_long_to_stand_below_stand_above(
    transport: TelegramTransport, fake: FakeBotApi, ann: User
) -> None:
    await transport.send(_answer(replace(SAYS, said="x" * 1024, media=_sent(fake, "photo"))))
    assert [post.kind for post in ann.chat.by_bot] == ["", "photo"]
    assert ann.last.text == ""


async def test_album_goes_out_as_one_with_the_words_below_it_and_they_can_be_changed(
    transport: TelegramTransport, store: StubStore, fake: FakeBotApi, ann: User
) -> None:
    message = replace(SAYS, media=_sent(fake, "photo", "video"))
    refs = await _answered(transport, store, message)
    assert [post.album != "" for post in ann.chat.by_bot] == [True, True]
    assert refs.split() == [str(post.id) for post in ann.chat.by_bot]
    store.record.refs[1] = refs.split()[0]
    await transport.send(_answer(replace(message, said="Press green"), kind=Kind.EDIT, of=1))
    assert ann.texts == ["Amir (volunteer):\n\nPress green", ""]


async def test_words_below_a_picture_are_changed_where_they_stand(
    transport: TelegramTransport, store: StubStore, fake: FakeBotApi, ann: User
) -> None:
    message = replace(SAYS, media=_sent(fake, "photo"))
    await _answered(transport, store, message)
    await transport.send(_answer(replace(message, said="Press green"), kind=Kind.EDIT, of=1))
    assert ann.texts == ["Amir (volunteer):\n\nPress green"]


LONG = replace(SAYS, said=f"one{' x' * 2200} two")  # two messages


async def test_every_part_of_a_long_answer_is_changed(
    transport: TelegramTransport, store: StubStore, fake: FakeBotApi, ann: User
) -> None:
    refs = await _answered(transport, store, LONG)
    assert refs.split() == [str(post.id) for post in ann.chat.by_bot]
    changed = _answer(replace(LONG, said=f"three{' y' * 2200} four"), kind=Kind.EDIT, of=1)
    assert await transport.send(changed) == refs
    assert not {"one", "two", "x"}.intersection(" ".join(ann.texts).split())
    assert [post.labels for post in ann.chat.by_bot] == [[], ["▶ Next"]]


async def test_long_answer_that_became_short_is_one_message(
    transport: TelegramTransport, store: StubStore, ann: User
) -> None:
    refs = await _answered(transport, store, LONG)
    assert await transport.send(_answer(kind=Kind.EDIT, of=1)) == refs.split()[0]
    assert ann.texts == ["Amir (volunteer):\n\nPress gren"]
    assert ann.last.labels == ["▶ Next"]


async def test_short_answer_that_became_long_stands_there_once(
    transport: TelegramTransport, store: StubStore, ann: User
) -> None:
    await _answered(transport, store)
    await transport.send(_answer(LONG, kind=Kind.EDIT, of=1))
    assert [text.split()[-1] for text in ann.texts] == ["x", "two"]


@pytest.mark.parametrize("said", ["Press gren", "x " * 600])
async def test_words_above_a_picture_are_changed_where_they_stand(
    transport: TelegramTransport, store: StubStore, fake: FakeBotApi, ann: User, said: str
) -> None:
    message = replace(LONG, media=_sent(fake, "photo"))
    await _answered(transport, store, message)
    await transport.send(_answer(replace(message, said=said), kind=Kind.EDIT, of=1))
    assert [post.text or post.kind for post in ann.chat.by_bot] == [f"Amir (volunteer):\n\n{said}".strip(), "photo"]


@pytest.mark.parametrize(
    "message", [LONG, replace(LONG, media=Copied("", (), "picture")), replace(SAYS, media=Copied("", (), "bare"))]
)
async def test_all_of_an_answer_is_taken_back(
    transport: TelegramTransport, store: StubStore, fake: FakeBotApi, ann: User, message: Message
) -> None:
    kind = message.media.kind if message.media else ""
    media = _sent(fake, "sticker" if kind == "bare" else "photo", bare=kind == "bare") if kind else None
    await _answered(transport, store, replace(message, media=media))
    assert len(ann.texts) > 1
    await transport.send(_answer(Message(), kind=Kind.DELETE, of=1))
    assert ann.texts == []


async def test_in_the_place_of_a_picture_that_is_gone_stand_words(
    transport: TelegramTransport, fake: FakeBotApi, ann: User
) -> None:
    media = _sent(fake, "photo")
    del fake.group.chat.posts[media.ids[0]]
    await transport.send(_answer(replace(SAYS, media=media)))
    assert ann.texts == ["Amir (volunteer):\n\nPress gren\n\nSomething was sent here that cannot be shown."]
    assert ann.last.labels == ["▶ Next"]


async def test_picture_for_who_has_blocked_us_is_not_delivered(
    transport: TelegramTransport, fake: FakeBotApi, ann: User
) -> None:
    ann.block()
    with pytest.raises(TransportError) as raised:
        await transport.send(_answer(replace(SAYS, media=_sent(fake, "photo"))))
    assert raised.value.permanent


async def test_picture_of_who_is_gone_holds_nobody_up(
    transport: TelegramTransport, fake: FakeBotApi, ann: User
) -> None:
    fake.fail("copyMessage", refuse(400, "Bad Request: chat not found"))
    media = Copied("7", (ann.send_media("photo"),), "picture")
    owed = replace(OWED, to=HOME, author=Author.DESK, ticket=27, message=Message("Ann sends this:", media=media))
    assert await transport.send(owed)
