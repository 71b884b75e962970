"""Answers that are held, changed, taken back, ready-made, or no words at all."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.runtime.conftest import AMIR, ANN, CORA, DANA, GROUP, Town
from tests.sample import CURRICULUM
from tutorbot.desk.caution import Concern, concerns
from tutorbot.messages.message import Copied
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.desk import Who
from tutorbot.runtime.desk.looking import Looking
from tutorbot.runtime.desk.tools import Tools
from tutorbot.runtime.doubt import Doubt
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.live import Live
from tutorbot.runtime.turns import Turns
from tutorbot.runtime.values import Address, Author, Kind, Owed
from tutorbot.tutor.events import Media, MediaSent, TextSent
from tutorbot.tutor.replies import Reply

SOURCE = "telegram:-100500:5"
VOICE = Copied("-100500", (5,), "voice")


async def claimed(town: Town) -> int:
    ticket = await town.ticket()
    await town.desk.claim(town.key(), AMIR, ticket)
    return ticket


def last(town: Town) -> Owed:
    """What the learner got last."""
    return [one for one in town.owed if one.to == ANN][-1]


async def test_answer_that_asks_for_a_secret_is_held_until_it_is_sent_again(stuck: Town) -> None:
    ticket, told = await claimed(stuck), len(stuck.sent_to(ANN))
    words = await stuck.desk.reply(stuck.key(), AMIR, ticket, "What is your PIN?", ref="5", source=SOURCE)
    assert "password or a code" in words
    assert len(stuck.sent_to(ANN)) == told
    (held,) = await stuck.desk.held_of(AMIR, ticket)
    assert (held.ticket, held.text) == (ticket, "What is your PIN?")
    assert await stuck.desk.send_held(stuck.key(), AMIR, held.id) == ""
    assert last(stuck).message.said == "What is your PIN?"
    assert "does not wait" in await stuck.desk.send_held(stuck.key(), AMIR, held.id)
    assert await stuck.acts(ticket) == ["claimed Amir", "held Amir", "sent_held Amir"]


async def test_held_answer_can_be_dropped_by_its_writer_alone(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "your PIN")
    (held,) = (await stuck.case(ticket)).held
    assert "Only the helper who wrote it" in await stuck.desk.drop_held(stuck.key(), DANA, held.id)
    assert await stuck.desk.drop_held(stuck.key(), AMIR, held.id) == ""
    assert list(await stuck.desk.held_of(AMIR, ticket)) == []
    assert "does not wait" in await stuck.desk.send_held(stuck.key(), AMIR, 404)


async def test_held_answer_of_who_gave_the_ticket_back_is_not_sent(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "your PIN")
    await stuck.desk.release(stuck.key(), AMIR, ticket)
    (held,) = await stuck.desk.held_of(AMIR, ticket)
    assert "Nobody has this one" in await stuck.desk.send_held(stuck.key(), AMIR, held.id)
    assert "PIN" not in last(stuck).message.said


async def test_answer_of_unknown_fate_is_asked_about_under_its_ticket(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "Press A", ref="5", source=SOURCE)
    doubt = Doubt(stuck.tools.entries, Live())
    await stuck.store.transact(lambda tx: doubt.ask(tx, last(stuck), stuck.now))
    asked = [one for one in await stuck.send() if one.to == GROUP][-1]
    assert "I do not know whether this reached **Ann**" in asked.message.text
    assert (asked.message.said, asked.ticket) == ("Press A", ticket)
    assert [button.label for button in asked.message.buttons] == ["Send it again", "It has arrived"]


async def in_doubt(town: Town, said: str = "Press A", source: str = SOURCE, media: Copied | None = None) -> int:
    """An answer of Amir of which nobody knows whether it arrived; its number."""
    await town.desk.reply(town.key(), AMIR, await town.newest(), said, ref="5", source=source, media=media)
    answer = last(town).id
    await town.store.transact(lambda tx: tx.outbox.begin([answer], town.worker))
    await town.store.transact(lambda tx: tx.outbox.give_up(answer, "?", town.now))
    await town.send()
    return answer


async def sent_now(town: Town) -> list[str]:
    """What the learner gets of what is owed now."""
    return [one.message.said for one in await town.send() if one.to == ANN]


async def test_doubtful_answer_is_sent_again_once(stuck: Town) -> None:
    ticket = await claimed(stuck)
    answer = await in_doubt(stuck)
    assert [one.id for one in (await stuck.case(ticket)).doubtful] == [answer]
    assert "once more" in await stuck.desk.send_again(stuck.key(), AMIR, answer)
    assert "settled already" in await stuck.desk.send_again(stuck.key(), AMIR, answer)
    assert await sent_now(stuck) == ["Press A"]
    assert (await stuck.case(ticket)).doubtful == []
    assert await stuck.acts(ticket) == ["claimed Amir", "replied Amir", "sent_again Amir"]


async def test_doubtful_answer_that_is_there_is_never_sent_again(stuck: Town) -> None:
    ticket = await claimed(stuck)
    answer = await in_doubt(stuck)
    assert "Nothing more is sent" in await stuck.desk.arrived(stuck.key(), AMIR, answer)
    assert "settled already" in await stuck.desk.send_again(stuck.key(), AMIR, answer)
    assert await sent_now(stuck) == []
    assert (await stuck.acts(ticket))[-1] == "arrived Amir"


@pytest.mark.parametrize("number", [0, 1, 404, 2**62])
async def test_what_is_not_in_doubt_is_not_sent_again(stuck: Town, number: int) -> None:
    await claimed(stuck)
    await stuck.send()
    assert "settled already" in await stuck.desk.send_again(stuck.key(), AMIR, number)
    assert await sent_now(stuck) == []


async def test_only_who_has_the_ticket_or_had_it_sends_a_doubtful_answer_again(stuck: Town) -> None:
    ticket = await claimed(stuck)
    answer = await in_doubt(stuck)
    assert "Amir has this one" in await stuck.desk.send_again(stuck.key(), DANA, answer)
    await stuck.desk.close(stuck.key(), AMIR, ticket)
    await stuck.send()
    assert "This one is closed" in await stuck.desk.send_again(stuck.key(), DANA, answer)
    assert "once more" in await stuck.desk.send_again(stuck.key(), AMIR, answer)
    assert await sent_now(stuck) == ["Press A"]


async def test_helper_of_another_group_decides_nothing_about_a_doubtful_answer(stuck: Town) -> None:
    await claimed(stuck)
    answer = await in_doubt(stuck)
    await stuck.desk.join(stuck.key(), CORA, await stuck.second_group())
    assert "another group" in await stuck.desk.send_again(stuck.key(), CORA, answer)
    assert await sent_now(stuck) == []


@pytest.mark.parametrize("change", ["edit", "unsend"])
async def test_doubt_ends_when_the_answer_is_changed_or_taken_back(stuck: Town, change: str) -> None:
    ticket = await claimed(stuck)
    answer = await in_doubt(stuck)
    if change == "edit":
        await stuck.desk.edit(stuck.key(), AMIR, SOURCE, "Press B")
    else:
        await stuck.desk.unsend(stuck.key(), AMIR, ticket)
    assert "settled already" in await stuck.desk.send_again(stuck.key(), AMIR, answer)


async def test_album_in_doubt_is_sent_again_as_a_whole(stuck: Town) -> None:
    await claimed(stuck)
    first, _ = [
        await in_doubt(stuck, "", f"telegram:-100500:{number}", Copied("-100500", (number,), "picture", album="3"))
        for number in (5, 6)
    ]
    await stuck.desk.send_again(stuck.key(), AMIR, first)
    sent = [one.message.media for one in await stuck.send() if one.to == ANN]
    assert [media.ids for media in sent if media] == [(5,), (6,)]


async def test_answer_that_arrived_after_all_is_in_doubt_no_longer(stuck: Town) -> None:
    await claimed(stuck)
    answer = await in_doubt(stuck)
    await stuck.store.transact(lambda tx: tx.outbox.sent([answer], "99", stuck.now))
    assert "settled already" in await stuck.desk.send_again(stuck.key(), AMIR, answer)


async def test_edited_answer_is_edited_at_the_learners(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "Press A", ref="5", source=SOURCE)
    sent = last(stuck)
    assert "Changed" in await stuck.desk.edit(stuck.key(), AMIR, SOURCE, "Press B")
    change = last(stuck)
    assert (change.kind, change.of, change.message.said) == (Kind.EDIT, sent.id, "Press B")
    assert change.message.buttons == sent.message.buttons
    assert [one.message.said for one in (await stuck.case(ticket)).entries] == ["Press B"]


async def test_edit_of_what_was_not_passed_on_or_is_anothers_changes_nothing(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "Press A", ref="5", source=SOURCE)
    told = len(stuck.sent_to(ANN))
    assert await stuck.desk.edit(stuck.key(), AMIR, "telegram:-100500:6", "x") == ""
    assert await stuck.desk.edit(stuck.key(), DANA, SOURCE, "x") == ""
    assert "Not changed" in await stuck.desk.edit(stuck.key(), AMIR, SOURCE, "your PIN")
    assert len(stuck.sent_to(ANN)) == told


async def test_edit_that_changes_no_word_is_none(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "Press A", ref="5", source=SOURCE)
    await stuck.desk.edit(stuck.key(), AMIR, SOURCE, "Press B")
    told = len(stuck.sent_to(ANN))
    assert await stuck.desk.edit(stuck.key(), AMIR, SOURCE, "Press B") == ""
    assert len(stuck.sent_to(ANN)) == told


async def test_answer_that_was_taken_back_does_not_come_again(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "Press A", ref="5", source=SOURCE)
    await stuck.desk.unsend(stuck.key(), AMIR, ticket, SOURCE)
    told = len(stuck.sent_to(ANN))
    assert await stuck.desk.edit(stuck.key(), AMIR, SOURCE, "Press B") == ""
    assert "no answer of yours" in await stuck.desk.unsend(stuck.key(), AMIR, ticket, SOURCE)
    assert len(stuck.sent_to(ANN)) == told


def _of_album(number: int) -> dict[str, object]:
    media = Copied("-100500", (number,), "picture", album="77", file=str(number))
    return {"ref": str(number), "source": f"telegram:-100500:{number}", "media": media}


async def test_nothing_of_an_album_stays_sent_whose_words_are_held(stuck: Town) -> None:
    ticket = await claimed(stuck)
    for number, text in ((5, ""), (6, "your PIN"), (7, "")):
        await stuck.desk.reply(stuck.key(), AMIR, ticket, text, **_of_album(number))
    sent = [one for one in stuck.owed if one.to == ANN and one.author is Author.HELPER]
    assert [one.kind for one in sent] == [Kind.SAY, Kind.DELETE]
    (held,) = (await stuck.case(ticket)).held
    await stuck.desk.send_held(stuck.key(), AMIR, held.id)
    again = [one.message.media for one in stuck.owed if one.to == ANN and one.author is Author.HELPER][2:]
    assert [one.ids for one in again if one] == [(5,), (6,), (7,)]
    assert list(await stuck.desk.held_of(AMIR, ticket)) == []


async def test_held_answer_that_was_edited_goes_as_it_reads_now(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "your PIN", ref="5", source=SOURCE)
    (held,) = await stuck.desk.held_of(AMIR, ticket)
    assert await stuck.desk.reword_held(stuck.key(), DANA, held.id, "Hello") == ""
    assert "Not sent yet" in await stuck.desk.reword_held(stuck.key(), AMIR, held.id, "now your PIN")
    assert "does not wait" in await stuck.desk.send_held(stuck.key(), AMIR, held.id)
    (held,) = await stuck.desk.held_of(AMIR, ticket)
    assert "Sent" in await stuck.desk.reword_held(stuck.key(), AMIR, held.id, "Hello")
    assert last(stuck).message.said == "Hello"
    assert list(await stuck.desk.held_of(AMIR, ticket)) == []


async def test_picture_that_was_swapped_is_not_and_the_helper_is_told(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "Look", **_of_album(5))
    source, told = "telegram:-100500:5", len(stuck.sent_to(ANN))
    assert await stuck.desk.edit(stuck.key(), AMIR, source, "Look", "5") == ""
    assert "only words" in await stuck.desk.edit(stuck.key(), AMIR, source, "Look", "8")
    assert len(stuck.sent_to(ANN)) == told
    assert "Your words are changed" in await stuck.desk.edit(stuck.key(), AMIR, source, "Look here", "8")


async def test_album_is_taken_back_as_a_whole(stuck: Town) -> None:
    ticket = await claimed(stuck)
    for number in (5, 6):
        media = Copied("-100500", (number,), "picture", album="77")
        await stuck.desk.reply(
            stuck.key(), AMIR, ticket, "", ref=str(number), source=f"telegram:-100500:{number}", media=media
        )
    parts = [one.id for one in stuck.owed if one.to == ANN][-2:]
    await stuck.desk.unsend(stuck.key(), AMIR, ticket, "telegram:-100500:6")
    assert [one.of for one in stuck.owed if one.kind is Kind.DELETE] == parts


async def test_last_answer_is_taken_back_and_then_the_one_before(stuck: Town) -> None:
    ticket = await claimed(stuck)
    for text in ("one", "two"):
        await stuck.desk.reply(stuck.key(), AMIR, ticket, text)
    sent = [one.id for one in stuck.owed if one.author is Author.HELPER]
    for number in reversed(sent):
        assert "Taken back" in await stuck.desk.unsend(stuck.key(), AMIR, ticket)
        assert (last(stuck).kind, last(stuck).of) == (Kind.DELETE, number)
    assert "no answer of yours" in await stuck.desk.unsend(stuck.key(), AMIR, ticket)
    assert "no answer of yours" in await stuck.desk.unsend(stuck.key(), DANA, ticket)
    assert "taken an answer back" in stuck.sent_to(GROUP)[-1]


async def test_answer_of_more_than_two_days_cannot_be_taken_back(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "Hello", ref="5", source=SOURCE)
    stuck.now += timedelta(hours=49)
    assert "two days" in await stuck.desk.unsend(stuck.key(), AMIR, ticket, SOURCE)


async def test_helpers_of_one_first_name_change_and_take_back_only_their_own_answers(stuck: Town) -> None:
    ticket, other = await claimed(stuck), Who(Address("telegram", "80"), AMIR.name)
    await stuck.desk.join(stuck.key(), other)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "Press A", ref="5", source=SOURCE)
    told = len(stuck.sent_to(ANN))
    assert await stuck.desk.edit(stuck.key(), other, SOURCE, "Press B") == ""
    for source in (SOURCE, ""):
        assert "no answer of yours" in await stuck.desk.unsend(stuck.key(), other, ticket, source)
    assert len(stuck.sent_to(ANN)) == told
    renamed = Who(AMIR.address, "Amir J")
    assert "Changed" in await stuck.desk.edit(stuck.key(), renamed, SOURCE, "Press B")
    assert "Taken back" in await stuck.desk.unsend(stuck.key(), renamed, ticket)


async def test_picture_of_a_learner_reaches_the_helper_and_voice_the_learner(stuck: Town) -> None:
    ticket, picture = await claimed(stuck), Copied("1001", (9,), "picture", "my screen")
    await stuck.on(ANN, MediaSent(Media.PICTURE, copied=True), media=picture)
    line = [one for one in stuck.owed if one.to == GROUP][-1]
    assert (line.message.media, line.ticket) == (picture, ticket)
    await stuck.desk.reply(stuck.key(), AMIR, ticket, "", ref="5", source=SOURCE, media=VOICE)
    assert (last(stuck).message.media, last(stuck).author) == (VOICE, Author.HELPER)
    assert [one.message.media for one in (await stuck.case(ticket)).entries] == [picture, VOICE]


async def test_picture_sent_while_waiting_is_added_to_the_question(stuck: Town) -> None:
    picture = Copied("1001", (9,), "picture")
    await stuck.on(ANN, MediaSent(Media.PICTURE, copied=True), media=picture)
    assert "added this to your question" in stuck.sent_to(ANN)[-1]
    assert stuck.owed[-1].message.media == picture


async def test_picture_that_cannot_be_passed_on_is_answered_as_before(stuck: Town) -> None:
    await claimed(stuck)
    await stuck.on(ANN, MediaSent(Media.PICTURE))
    assert "cannot pass it on to Amir" in stuck.sent_to(ANN)[-1]


async def test_ready_made_answers_have_titles_and_speak_the_learners_language(stuck: Town) -> None:
    canned = stuck.desk.canned()
    assert len(canned) >= 6
    assert all(one.title and one.text and "#" not in one.title for one in canned)
    assert len({one.title for one in canned}) == len(canned)
    assert all(one.text != other.text for one, other in zip(canned, stuck.desk.canned("cy"), strict=True))


async def test_ready_made_answer_is_sent_with_the_names(stuck: Town) -> None:
    ticket = await claimed(stuck)
    assert await stuck.desk.canned_reply(stuck.key(), AMIR, ticket, "hello") == ""
    assert last(stuck).message.said.startswith("Hello Ann, I am Amir. We will")
    assert "no such ready-made" in await stuck.desk.canned_reply(stuck.key(), AMIR, ticket, "nothing")


def test_ready_made_answers_are_never_held() -> None:
    answers = [answer for language in ("en", "cy") for answer in _looking().canned(language, helper="Amir")]
    assert [answer.name for answer in answers if concerns(answer.text)] == []


@pytest.mark.parametrize("concern", list(Concern))
def test_every_concern_has_words(concern: Concern) -> None:
    other = Renderer().words(Reply("desk_concerns", {"concerns": (str(concern),)}))
    assert other.startswith("It ")


def _looking() -> Looking:
    tools = Tools(lambda: CURRICULUM, Turns(Entries(Renderer()), lambda: "worker"))
    return Looking(None, tools, lambda: datetime.now(UTC))  # type: ignore[arg-type]


# What a learner changes


ANNS = "telegram:1001:9"


async def test_words_that_a_learner_changed_are_changed_for_helpers(stuck: Town) -> None:
    ticket = await claimed(stuck)
    await stuck.on(ANN, TextSent("wich one"), source=ANNS)
    line = stuck.owed[-1]
    await stuck.on(ANN, TextSent("which one"), source=ANNS)
    change = stuck.owed[-1]
    assert (change.to, change.kind, change.of, change.message.said) == (GROUP, Kind.EDIT, line.id, "which one")
    assert [entry.message.said for entry in (await stuck.case(ticket)).entries] == ["which one"]


async def test_words_that_were_changed_twice_change_the_first_line(stuck: Town) -> None:
    await claimed(stuck)
    await stuck.on(ANN, TextSent("a"), source=ANNS)
    line = stuck.owed[-1]
    for text in ("b", "c"):
        await stuck.on(ANN, TextSent(text), source=ANNS)
    assert (stuck.owed[-1].of, stuck.owed[-1].message.said) == (line.id, "c")


async def test_words_changed_after_the_talk_are_words_like_any_others(stuck: Town) -> None:
    await claimed(stuck)
    await stuck.on(ANN, TextSent("menu please"), source=ANNS)
    await stuck.presses(ANN, "leave")
    owed = len(stuck.owed)
    await stuck.on(ANN, TextSent("menu"), source=ANNS)
    assert [one.to for one in stuck.owed[owed:]] == [ANN]
    assert "What would you like to do?" in stuck.sent_to(ANN)[-1]


async def test_edit_of_a_learner_that_changes_no_word_is_none(stuck: Town) -> None:
    await claimed(stuck)
    await stuck.on(ANN, TextSent("wich one"), source=ANNS, ref="9")
    for text in ("which one", "which one"):
        await stuck.on(ANN, TextSent(text), source=ANNS, ref="9", edited=True)
    assert [one.message.said for one in stuck.owed if one.kind is Kind.EDIT] == ["which one"]


async def test_answer_that_was_edited_into_itself_is_one_answer(town: Town) -> None:
    await town.says(ANN, "/start fake-email", "Ann")
    await town.presses(ANN, "next")
    await town.on(ANN, TextSent("a"), source=ANNS, ref="9")
    told = len(town.sent_to(ANN))
    await town.on(ANN, TextSent("a"), source=ANNS, ref="9", edited=True)
    assert len(town.sent_to(ANN)) == told
    await town.on(ANN, TextSent("b"), source=ANNS, ref="9", edited=True)
    assert len(town.sent_to(ANN)) > told


async def test_what_was_said_alone_is_no_source_of_a_line(stuck: Town) -> None:
    await stuck.presses(ANN, "cancel")
    await stuck.on(ANN, TextSent("menu"), source=ANNS)
    await stuck.on(ANN, TextSent("help"), source=ANNS)
    assert await stuck.store.read(lambda tx: tx.record.of_source(ANNS, Author.LEARNER)) is None


def _part(number: int) -> Copied:
    return Copied("1001", (number,), "picture", album="77")


async def test_album_of_who_waits_is_passed_on_and_answered_once(stuck: Town) -> None:
    told, lines = len(stuck.sent_to(ANN)), len(stuck.sent_to(GROUP))
    for number in (1, 2, 3):
        await stuck.on(ANN, MediaSent(Media.PICTURE, copied=True), media=_part(number))
    assert len(stuck.sent_to(ANN)) == told + 1
    assert len(stuck.sent_to(GROUP)) == lines + 3


async def test_album_that_goes_nowhere_is_answered_once(town: Town) -> None:
    await town.says(ANN, "/start fake-email", "Ann")
    told = len(town.sent_to(ANN))
    for number in (1, 2, 3):
        await town.on(ANN, MediaSent(Media.PICTURE, copied=True), media=_part(number))
    assert len(town.sent_to(ANN)) == told + 1
    assert "I cannot look at pictures" in town.sent_to(ANN)[-1]
