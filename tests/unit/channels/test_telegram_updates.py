"""What each update means: a table of updates as Telegram sends them, and of what we make of them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tutorbot.channels.telegram.inbound import (
    CameIn,
    DeskCommand,
    DeskMedia,
    DeskPress,
    DeskText,
    Inbound,
    Moved,
    Reachable,
    Spot,
    WentAway,
)
from tutorbot.channels.telegram.updates import clicked, lane, read
from tutorbot.channels.telegram.verbs import CHOOSING, NUMBERED
from tutorbot.messages.message import Copied
from tutorbot.runtime.conversation import Incoming
from tutorbot.runtime.desk import Who
from tutorbot.runtime.values import Address
from tutorbot.tutor.events import ChoicePicked, Media, MediaSent, TextSent

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
GROUP = -1001
ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "pt-br"}
AMIR = {"id": 50, "is_bot": False, "first_name": "Amir"}
ADDRESS = Address("telegram", "7")
WHO = Who(Address("telegram", "50"), "Amir")
PRIVATE = {"id": 7, "type": "private", "first_name": "Ann"}
HELPERS = {"id": GROUP, "type": "supergroup", "title": "Helpers", "is_forum": True}
FILE = {"file_id": "f", "file_unique_id": "f"}
SIZED = FILE | {"width": 9, "height": 9}

Json = dict[str, Any]


def _message(chat: Json, sender: Json, **content: Any) -> Json:
    return {"message_id": 11, "date": 1, "chat": chat, "from": sender, **content}


def _inbound(**content: Any) -> list[Inbound]:
    return [*read({"update_id": 5, **content}, lambda chat: chat == GROUP, NOW)]


def _from_ann(**content: Any) -> list[Inbound]:
    return _inbound(message=_message(PRIVATE, ANN, **content))


def _in_group(sender: Json = AMIR, **content: Any) -> list[Inbound]:
    return _inbound(message=_message(HELPERS, sender, **content))


def _in_topic(sender: Json = AMIR, **content: Any) -> list[Inbound]:
    return _in_group(sender, message_thread_id=3, is_topic_message=True, **content)


def _press(data: str | None, chat: Json, sender: Json, **message: Any) -> list[Inbound]:
    carrier = {"message_id": 9, "date": 1, "chat": chat, **message}
    query = {"id": "1", "from": sender, "chat_instance": "1", "message": carrier}
    return _inbound(callback_query=query | ({"data": data} if data is not None else {}))


def test_text_comes_in_as_it_was_written() -> None:
    expected = Incoming("telegram:5", ADDRESS, TextSent(" /start fake-email "), NOW, "pt", "11", "telegram:7:11")
    assert _from_ann(text=" /start fake-email ") == [expected]


def test_edited_text_is_text_from_the_same_source() -> None:
    edited = _message(PRIVATE, ANN, text="Anne", edit_date=2)
    expected = Incoming("telegram:5", ADDRESS, TextSent("Anne"), NOW, "pt", "11", "telegram:7:11", edited=True)
    assert _inbound(edited_message=edited) == [expected]


def test_edited_words_below_a_picture_are_words_from_the_same_source() -> None:
    (before, *_, words), (edited,) = (
        _from_ann(photo=[SIZED], caption="My screen"),
        _inbound(edited_message=_message(PRIVATE, ANN, photo=[SIZED], caption="My new screen", edit_date=2)),
    )
    assert isinstance(before, Incoming)
    assert isinstance(words, Incoming)
    assert isinstance(edited, Incoming)
    assert edited.event == TextSent("My new screen")
    assert edited.source == words.source != before.source


def test_edited_picture_says_nothing_new() -> None:
    assert _inbound(edited_message=_message(PRIVATE, ANN, photo=[SIZED], edit_date=2)) == []


@pytest.mark.parametrize(
    ("content", "media", "copied"),
    [
        ({"photo": [SIZED]}, Media.PICTURE, True),
        ({"voice": FILE | {"duration": 1}}, Media.VOICE, True),
        ({"sticker": SIZED | {"type": "regular", "is_animated": False, "is_video": False}}, Media.STICKER, True),
        ({"animation": SIZED | {"duration": 1}, "document": FILE}, Media.STICKER, True),
        ({"document": FILE}, Media.FILE, True),
        ({"video": SIZED | {"duration": 1}}, Media.FILE, True),
        ({"location": {"latitude": 0, "longitude": 0}}, Media.PLACE, False),
        ({"contact": {"phone_number": "07700 900123", "first_name": "Ann"}}, Media.CONTACT, False),
        ({"dice": {"value": 1, "emoji": "🎲"}}, Media.STICKER, False),
        ({"story": {"chat": PRIVATE, "id": 1}}, Media.OTHER, False),
        ({"a_kind_of_next_year": {}}, Media.OTHER, False),
    ],
)
def test_media_come_in_by_their_kind(content: Json, media: Media, copied: bool) -> None:
    (incoming,) = _from_ann(**content)
    assert isinstance(incoming, Incoming)
    assert incoming.event == MediaSent(media, copied=copied)
    assert (incoming.media is not None) is copied


def test_part_of_an_album_says_of_which() -> None:
    (incoming,) = _from_ann(photo=[SIZED], media_group_id="77")
    assert isinstance(incoming, Incoming)
    assert incoming.media == Copied("7", (11,), Media.PICTURE, "77")


def test_words_under_a_picture_are_heard_too() -> None:
    picture, words = _from_ann(photo=[SIZED], caption="Is this real?")
    assert isinstance(picture, Incoming)
    assert isinstance(words, Incoming)
    assert (picture.event, words.event) == (
        MediaSent(Media.PICTURE, copied=True, worded=True),
        TextSent("Is this real?"),
    )
    assert picture.key != words.key


def test_telegrams_own_words_in_a_private_chat_are_passed_over() -> None:
    assert _from_ann(message_auto_delete_timer_changed={"message_auto_delete_time": 86400}) == []


def test_press_brings_action_step_and_message() -> None:
    keyboard = {"inline_keyboard": [[{"text": "▶ Next", "callback_data": "4.next"}]]}
    expected = Incoming("telegram:5", ADDRESS, ChoicePicked("next", 4), NOW, "pt", "9")
    assert _press("4.next", PRIVATE, ANN, text="Card", reply_markup=keyboard) == [expected]


def test_press_of_what_telegram_does_not_show_us_counts() -> None:
    query = {"id": "1", "from": ANN, "chat_instance": "1", "inline_message_id": "9", "data": "4.next"}
    assert _inbound(callback_query=query) == [Incoming("telegram:5", ADDRESS, ChoicePicked("next", 4), NOW, "pt", "")]


def test_press_on_a_message_no_longer_shown_still_counts() -> None:
    expected = Incoming("telegram:5", ADDRESS, ChoicePicked("next", 4), NOW, "pt", "9")
    assert _press("4.next", PRIVATE | {"date": 0}, ANN) == [expected]


@pytest.mark.parametrize(
    "data", [None, "", "next", ".next", "4.", "-4.next", "4.né", "4.a b", "4.\0", "9999999999.next", "٤.next"]
)
def test_data_that_is_not_ours_is_a_press_that_does_nothing(data: str | None) -> None:
    assert clicked(data) == ChoicePicked("", -1)


def test_data_keeps_what_follows_the_first_dot() -> None:
    assert clicked("12.open:a.b") == ChoicePicked("open:a.b", 12)


@pytest.mark.parametrize(("old", "new", "reachable"), [("member", "kicked", False), ("kicked", "member", True)])
def test_blocking_and_coming_back_are_noted(old: str, new: str, reachable: bool) -> None:
    bot = {"id": 42, "is_bot": True, "first_name": "Tutorbot"}
    change = {
        "chat": PRIVATE,
        "from": ANN,
        "date": 1,
        "old_chat_member": {"user": bot, "status": old, "until_date": 0},
        "new_chat_member": {"user": bot, "status": new, "until_date": 0},
    }
    assert _inbound(my_chat_member=change) == [Reachable(ADDRESS, reachable)]


SPOT = Spot(GROUP, 11, "3")


@pytest.mark.parametrize("verb", sorted(NUMBERED))
def test_press_in_the_group_is_an_act_on_a_ticket(verb: str) -> None:
    assert _press(f"0.{verb}:27", HELPERS, AMIR) == [DeskPress("telegram:5", WHO, verb, 27, "", Spot(GROUP, 9))]


@pytest.mark.parametrize("verb", sorted(CHOOSING))
def test_press_in_the_group_may_carry_a_choice(verb: str) -> None:
    expected = DeskPress("telegram:5", WHO, verb, 27, "keep_codes", Spot(GROUP, 9))
    assert _press(f"0.{verb}:27:keep_codes", HELPERS, AMIR) == [expected]


def test_press_in_a_topic_says_where() -> None:
    (press,) = _press("0.claim:27", HELPERS, AMIR, message_thread_id=3, is_topic_message=True)
    assert isinstance(press, DeskPress)
    assert press.spot == Spot(GROUP, 9, "3")


@pytest.mark.parametrize("verb", ["join", "here", "away"])
def test_press_about_the_desk_needs_no_ticket(verb: str) -> None:
    assert _press(f"0.{verb}", HELPERS, AMIR) == [DeskPress("telegram:5", WHO, verb, 0, "", Spot(GROUP, 9))]
    assert _press(f"0.{verb}:27", HELPERS, AMIR) == []


@pytest.mark.parametrize(
    "data",
    [
        *("0.next", "0.claim:", "0.claim:x", "0.claim:1234567890", "claim:27", "0.open:27", "0.claim:27:5"),
        *("0.to:27", "0.to:27:", "0.to:27:a b", "0.to:27:../x", "0.canned:27:x:y"),
    ],
)
def test_forged_press_in_the_group_does_nothing(data: str) -> None:
    assert _press(data, HELPERS, AMIR) == []


def test_press_of_a_ticket_in_a_private_chat_is_a_learners_press_that_does_nothing() -> None:
    (incoming,) = _press("0.claim:27", PRIVATE, ANN)
    assert isinstance(incoming, Incoming)


def test_words_in_a_topic_are_about_its_ticket() -> None:
    opened = _message(HELPERS, AMIR, forum_topic_created={"name": "#27 Ann", "icon_color": 1}) | {"message_id": 3}
    expected = DeskText("telegram:5", WHO, SPOT, "Hello Ann")
    assert _in_topic(text="Hello Ann", reply_to_message=opened) == [expected]


def test_words_in_a_topic_may_answer_a_message() -> None:
    (text,) = _in_topic(text="Hello Ann", reply_to_message=_message(HELPERS, AMIR, text="Hi") | {"message_id": 8})
    assert isinstance(text, DeskText)
    assert text.spot == Spot(GROUP, 11, "3", "8")


def test_words_in_a_flat_group_are_about_the_message_they_answer() -> None:
    asked = _message(HELPERS, AMIR, text="Ann writes: ...") | {"message_id": 8}
    # Telegram gives answers outside topics a thread id too, which leads nowhere.
    found = _in_group(text="Hello Ann", reply_to_message=asked, message_thread_id=8)
    assert found == [DeskText("telegram:5", WHO, Spot(GROUP, 11, "", "8"), "Hello Ann")]


def test_talk_among_helpers_is_passed_over() -> None:
    assert _in_group(text="Tea?") == []
    assert _in_group(photo=[SIZED]) == []


def test_picture_in_a_topic_comes_in_with_the_words_below_it() -> None:
    media = Copied(str(GROUP), (11,), Media.PICTURE, file="f")
    assert _in_topic(photo=[SIZED], caption="Look") == [
        DeskMedia("telegram:5", WHO, SPOT, Media.PICTURE, media, "Look")
    ]


def test_contact_in_a_topic_is_not_to_be_passed_on() -> None:
    contact = {"phone_number": "07700 900123", "first_name": "Amir"}
    assert _in_topic(contact=contact) == [DeskMedia("telegram:5", WHO, SPOT, Media.CONTACT, None, "")]


@pytest.mark.parametrize("content", [{"text": "Hello"}, {"photo": [SIZED], "caption": "Hello"}])
def test_edit_in_a_topic_is_told_as_one(content: Json) -> None:
    edited = _message(HELPERS, AMIR, message_thread_id=3, is_topic_message=True, edit_date=2, **content)
    file = "f" if "photo" in content else ""
    assert _inbound(edited_message=edited) == [DeskText("telegram:5", WHO, SPOT, "Hello", edited=True, file=file)]


@pytest.mark.parametrize("content", [{"text": "/close"}, {"dice": {"value": 3, "emoji": "🎲"}}])
def test_edit_that_says_nothing_is_passed_over(content: Json) -> None:
    edited = _message(HELPERS, AMIR, message_thread_id=3, is_topic_message=True, edit_date=2, **content)
    assert _inbound(edited_message=edited) == []


@pytest.mark.parametrize(
    ("text", "name", "rest", "to"),
    [
        ("/close", "close", "", ""),
        ("/Block  rude words \n again", "block", "rude words \n again", ""),
        ("/close@tutorbot_test_bot", "close", "", "tutorbot_test_bot"),
        ("/reply@x_bot hello", "reply", "hello", "x_bot"),
    ],
)
def test_command_in_a_topic(text: str, name: str, rest: str, to: str) -> None:
    assert _in_topic(text=text) == [DeskCommand("telegram:5", WHO, SPOT, name, rest, to)]


@pytest.mark.parametrize("text", ["/ close", "and/or", "/close/now", "//close", "https://example.org"])
def test_what_only_looks_like_a_command_is_words(text: str) -> None:
    (found,) = _in_topic(text=text)
    assert isinstance(found, DeskText)


def test_command_of_the_desk_in_a_private_chat_may_be_a_learners_words() -> None:
    (command,) = _from_ann(text="/desk")
    assert isinstance(command, DeskCommand)
    assert isinstance(command.otherwise, Incoming)
    assert command.otherwise.event == TextSent("/desk")


def test_hidden_admin_is_nobody() -> None:
    group_bot = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    found = _in_topic(group_bot, text="Hello", sender_chat=HELPERS)
    assert found == [DeskText("telegram:5", None, SPOT, "Hello")]


@pytest.mark.parametrize(
    "content",
    [
        {"forum_topic_closed": {}},
        {"forum_topic_created": {"name": "#27 Ann", "icon_color": 1}},
        {"new_chat_members": [AMIR]},
    ],
)
def test_telegrams_own_words_in_the_group_are_passed_over(content: Json) -> None:
    assert _in_topic(**content) == []


def test_other_bots_are_passed_over() -> None:
    assert _in_topic({"id": 60, "is_bot": True, "first_name": "Weather"}, text="Rain") == []


def test_group_that_became_a_supergroup_has_moved() -> None:
    assert _in_group(migrate_to_chat_id=-1002) == [Moved(GROUP, -1002)]


def test_who_left_the_group_is_told() -> None:
    assert _in_group(left_chat_member=AMIR) == [WentAway("telegram:5", WHO, GROUP)]
    assert _in_group(left_chat_member={"id": 42, "is_bot": True, "first_name": "Tutorbot"}) == []


def _change(kind: str, chat: Json, user: Json, old: str, new: str, **more: Any) -> list[Inbound]:
    change = {"chat": chat, "from": AMIR, "date": 1}
    members = {
        f"{which}_chat_member": {"user": user, "status": status, "until_date": 0, **_RIGHTS, **more}
        for which, status in (("old", old), ("new", new))
    }
    return _inbound(**{kind: change | members})


_RIGHTS = {
    **{f"can_{right}": True for right in ("be_edited", "manage_chat", "delete_messages", "manage_video_chats")},
    **{f"can_{right}": True for right in ("restrict_members", "promote_members", "change_info", "invite_users")},
    **{f"can_{right}": True for right in ("post_stories", "edit_stories", "delete_stories", "send_messages")},
    **{f"can_send_{kind}": True for kind in ("audios", "documents", "photos", "videos", "video_notes", "polls")},
    **{f"can_{right}": True for right in ("send_voice_notes", "send_other_messages", "add_web_page_previews")},
    **{f"can_{right}": True for right in ("pin_messages", "manage_topics", "edit_tag", "react_to_messages")},
    "is_anonymous": False,
}


@pytest.mark.parametrize(("new", "gone"), [("left", True), ("kicked", True), ("administrator", False)])
def test_who_left_or_was_put_out_is_told_once_more_as_a_member(new: str, gone: bool) -> None:
    found = _change("chat_member", HELPERS, AMIR, "member", new)
    assert found == ([WentAway("telegram:5", WHO, GROUP)] if gone else [])


@pytest.mark.parametrize(("is_member", "gone"), [(True, False), (False, True)])
def test_who_is_restricted_may_have_left(is_member: bool, gone: bool) -> None:
    found = _change("chat_member", HELPERS, AMIR, "restricted", "restricted", is_member=is_member)
    assert bool(found) is gone


@pytest.mark.parametrize(("old", "new", "came"), [("left", "administrator", True), ("member", "administrator", False)])
def test_the_bot_came_into_a_group(old: str, new: str, came: bool) -> None:
    bot = {"id": 42, "is_bot": True, "first_name": "Tutorbot"}
    assert _change("my_chat_member", HELPERS, bot, old, new) == ([CameIn(GROUP, admin=True)] if came else [])


def test_groups_that_are_not_the_helpers_are_passed_over() -> None:
    other = {"id": -5, "type": "group", "title": "Family"}
    assert _inbound(message=_message(other, ANN, text="Hello")) == []
    assert _press("0.claim:27", other, ANN) == []
    assert _change("chat_member", other, AMIR, "member", "left") == []
    (command,) = _inbound(message=_message(other, ANN, text="/desk"))
    assert isinstance(command, DeskCommand)


@pytest.mark.parametrize(
    ("raw", "chat"),
    [
        ({"update_id": 5, "message": {"chat": {"id": 7}, "text": "a"}}, 7),
        ({"update_id": 5, "callback_query": {"from": {"id": 7}, "message": {"chat": {"id": -1}}}}, -1),
        ({"update_id": 5, "callback_query": {"from": {"id": 7}}}, 7),
        ({"update_id": 5, "my_chat_member": {"chat": {"id": 7}}}, 7),
        ({"update_id": 5}, 0),
        ({"message": {"chat": [], "from": "x"}}, 0),
        ({"callback_query": {"message": "x", "from": {"id": {}}}}, 0),
    ],
)
def test_lane_is_the_chat(raw: Json, chat: int) -> None:
    assert lane(raw) == chat


@pytest.mark.parametrize("number", [1e308, True, "7", None, []])
def test_id_that_is_no_number_makes_no_learner(number: object) -> None:
    chat, sender = PRIVATE | {"id": number}, ANN | {"id": number}
    for content in (
        {"message": _message(chat, ANN, text="a")},
        {"callback_query": {"id": "q", "from": sender, "chat_instance": "1", "data": "1.next"}},
    ):
        with pytest.raises((ValueError, TypeError)):
            _inbound(**content)
