"""One event, one transaction: what a learner does, over a real store."""

import asyncio
from datetime import UTC, datetime

import pytest

from tests.integration.runtime.conftest import AMIR, ANN, BEA, DANA, GROUP, Town
from tutorbot.curriculum.library import Curriculum
from tutorbot.runtime.values import Author, Lease
from tutorbot.tutor import engine
from tutorbot.tutor.aside import recover
from tutorbot.tutor.events import ChoicePicked, TextSent
from tutorbot.tutor.state import LearnerState, Stage


async def test_a_learner_comes_back_to_the_exact_card(town: Town) -> None:
    await town.says(ANN, "/start fake-email", "Ann")
    await town.presses(ANN, "next", "menu", "carry")
    assert "2 of 5" in town.sent_to(ANN)[-1]


async def test_the_same_event_twice_has_one_effect(town: Town) -> None:
    await town.says(ANN, "hello")
    owed = len(town.owed)
    await asyncio.gather(*(town.on(ANN, TextSent("Ann"), key="one") for _ in range(5)))
    assert len(town.owed) == owed + 1


async def test_a_word_we_lack_is_counted_for_authors(town: Town) -> None:
    await town.says(ANN, "hi", "Ann", "what is a router?")
    await town.says(BEA, "hi", "Bea", "whats a Router")
    (word,) = await town.store.read(lambda tx: tx.words.asked(2))
    assert (word.word, word.language, word.times, word.last) == ("router", "en", 2, town.now)


async def test_learners_do_not_mix(town: Town) -> None:
    await asyncio.gather(town.says(ANN, "hi", "Ann"), town.says(BEA, "hi", "Bea"))
    assert "Hello Ann" in town.sent_to(ANN)[-1]
    assert "Hello Bea" in town.sent_to(BEA)[-1]


async def test_what_is_owed_is_in_the_record_too(town: Town) -> None:
    await town.says(ANN, "hello")
    said = [entry for entry in await town.chat(ANN) if entry.author is Author.TUTOR]
    assert [entry.message for entry in said] == [one.message for one in town.owed]


async def test_what_is_written_where_nobody_sends_is_left_to_whoever_does(town: Town) -> None:
    town.worker = ""
    await town.says(ANN, "hello")
    assert town.owed == []
    claimed = await town.store.transact(lambda tx: tx.outbox.claim(["telegram"], Lease("w", town.now), town.now))
    assert [one.to for one in claimed][:1] == [ANN]


async def test_a_press_made_twice_only_gets_a_few_words(town: Town) -> None:
    await town.says(ANN, "/start fake-email", "Ann")
    press = ChoicePicked("next", (await town.state(ANN)).step)
    assert await town.on(ANN, press) == ""
    owed = len(town.owed)
    assert "already" in await town.on(ANN, press)
    assert len(town.owed) == owed


async def test_a_bug_leads_to_the_menu_and_loses_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    await town.says(ANN, "/start fake-email", "Ann")
    progress = (await town.state(ANN)).progress

    def bug(*_: object) -> None:
        raise KeyError("boom")

    monkeypatch.setattr(engine, "advance", bug)
    await town.says(ANN, "next")
    monkeypatch.undo()
    state = await town.state(ANN)
    assert "went wrong on my side" in town.sent_to(ANN)[-1]
    assert (state.stage, state.progress) == (Stage.MENU, progress)


async def test_a_yes_makes_a_ticket_and_tells_the_helpers(stuck: Town) -> None:
    (ticket,) = await stuck.store.read(lambda tx: tx.tickets.list())
    card = stuck.sent_to(GROUP)[-1]
    assert ticket.opening.tried == ("help@paypa1.example",)
    assert "Spot a fake email" in card
    assert "help@paypa1.example" in card.replace("\\", "")


async def test_the_briefing_never_tells_how_to_reach_the_learner(stuck: Town) -> None:
    case = await stuck.case(await stuck.ticket())
    assert ANN.id not in repr((case, [one.message for one in stuck.owed]))


async def test_the_place_in_the_queue_is_told(stuck: Town) -> None:
    await stuck.says(BEA, "hi", "Bea", "person", "yes")
    assert "1 person is before you" in stuck.sent_to(BEA)[-1]


async def test_nobody_about_is_said_honestly_with_another_way(town: Town) -> None:
    for who in (AMIR, DANA):
        await town.desk.presence(town.key(), who, here=False)
    await town.says(ANN, "/start fake-email", "Ann", "person", "yes")
    text = town.sent_to(ANN)[-1]
    assert "cannot see a volunteer here right now" in text
    assert "library" in text


async def test_words_written_while_waiting_reach_the_helpers(stuck: Town) -> None:
    await stuck.says(ANN, "I am on my *phone*")
    assert stuck.sent_to(GROUP)[-1].endswith("I am on my *phone*")


async def test_a_question_can_be_taken_back(stuck: Town) -> None:
    await stuck.presses(ANN, "cancel")
    assert list(await stuck.store.read(lambda tx: tx.tickets.list())) == []
    assert (await stuck.state(ANN)).stage is Stage.LESSON


@pytest.mark.parametrize("text", ["{{7*7}}", "<b>x</b>", "_*[", "a\x00b", "\ud800", "\u202eevil"])
async def test_hostile_words_are_kept_and_passed_on_as_they_are(stuck: Town, text: str) -> None:
    await stuck.says(ANN, text)
    last = stuck.owed[-1].message
    assert "49" not in last.said
    assert not {"\x00", "\ud800", "\u202e"} & set(last.said)


def test_an_empty_curriculum_still_answers() -> None:
    turn = recover(LearnerState(), Curriculum(), datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    assert turn.replies
