"""Who asks to be forgotten is forgotten, whatever comes in between; and only numbers are left."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from tests.integration.rights.conftest import AMIR, ANN, BEA, GROUP, WEB, Town
from tests.integration.store.sample import connected, rows
from tutorbot.runtime.ports import Store
from tutorbot.runtime.rights.erasure import begin
from tutorbot.runtime.rights.values import Why
from tutorbot.runtime.values import Address, Kind
from tutorbot.store.rights_tables import CountRow, ErasureRow
from tutorbot.store.tables import (
    AddressRow,
    AttemptRow,
    AuditRow,
    EntryRow,
    HeldRow,
    LearnerRow,
    LessonRow,
    Row,
    SkillRow,
    TicketRow,
)
from tutorbot.tutor.events import ChoicePicked
from tutorbot.tutor.state import Stage

T = TypeVar("T")
PERSONAL = (LearnerRow, AddressRow, AttemptRow, LessonRow, SkillRow, TicketRow, EntryRow, HeldRow)
FORGET = ("forget", "forget:sure", "forget:now")


async def forget(town: Town, who: Address = ANN) -> None:
    await town.presses(who, *FORGET)


def kept(url: str) -> dict[str, int]:
    """How many rows there are of everything that tells of people, but for goodbyes and what helpers' chats are told."""
    found = {row.__tablename__: len(rows(url, row)) for row in PERSONAL}
    own = [entry for entry in rows(url, EntryRow) if entry.learner is not None or entry.ticket is not None]
    return {**found, "entries": len(own)}


async def test_nothing_is_left_of_who_is_forgotten(town: Town, database_url: str) -> None:
    await town.learn()
    await town.be_helped()
    await forget(town)
    assert set(kept(database_url).values()) == {0}


async def test_words_of_the_forgotten_are_nowhere_in_the_database(town: Town, database_url: str) -> None:
    await town.learn(name="Zebedee")
    await town.be_helped()
    await town.says(ANN, "my cat is called Quixote")
    await forget(town)
    with connected(database_url) as connection:
        tables = (connection.exec_driver_sql(f"SELECT * FROM {one.name}") for one in Row.metadata.sorted_tables)
        everything = "\n".join(str(row) for table in tables for row in table)
    assert not [word for word in ("Zebedee", "Quixote", "old phone", "look at it together") if word in everything]


async def test_others_keep_all_that_is_theirs(town: Town) -> None:
    await town.learn(BEA, "Bea")
    before = await town.store.read(lambda tx: tx.copies.of(BEA))
    await town.learn()
    await town.be_helped()
    await forget(town)
    assert await town.store.read(lambda tx: tx.copies.of(BEA)) == before


async def test_goodbye_tells_how_much_of_what_was_removed(town: Town) -> None:
    await town.learn()
    await town.be_helped()
    await forget(town)
    goodbye = town.sent_to(ANN)[-1].message.text
    assert "2 answers" in goodbye
    assert "your place in 1 lesson" in goodbye
    assert "1 question to a person" in goodbye
    assert "messages" in goodbye


async def test_topic_is_deleted_though_the_ticket_is_gone(town: Town) -> None:
    await town.learn()
    ticket = await town.be_helped()
    await forget(town)
    gone = town.sent_to(GROUP, Kind.DELETE_THREAD)
    assert [(one.ref, one.ticket) for one in gone] == [(f"topic-{ticket}", None)]
    assert f"#{ticket}: this person asked to be forgotten" in town.sent_to(GROUP)[-1].message.text.replace("\\", "")


async def test_topic_of_a_group_that_had_it_before_is_deleted_too(town: Town) -> None:
    await town.learn()
    ticket = await town.be_helped()
    other = (await town.desk.groups())[0]
    number = await town.store.transact(
        lambda tx: tx.groups.add(replace(other, name="North", chat="telegram:-100600", invite="north"), town.now)
    )
    await town.desk.hand_over(town.key(), AMIR, ticket, number)
    await forget(town)
    gone = [one for one in town.owed if one.kind is Kind.DELETE_THREAD]
    assert (GROUP, f"topic-{ticket}") in [(one.to, one.ref) for one in gone]


async def test_nothing_owed_to_them_is_sent_any_more_but_the_goodbye(town: Town, database_url: str) -> None:
    await town.learn()
    await town.be_helped()
    await forget(town)
    owed = [row for row in rows(database_url, EntryRow) if row.due_at and row.address == str(ANN)]
    assert ["I have forgotten you" in row.message.text for row in owed] == [True]


async def test_answer_of_a_helper_comes_too_late(town: Town) -> None:
    await town.learn()
    ticket = await town.be_helped()
    await forget(town)
    sent = len(town.sent_to(ANN))
    assert await town.desk.reply(town.key(), AMIR, ticket, "Are you there?")
    assert len(town.sent_to(ANN)) == sent


async def test_who_writes_again_is_somebody_new(town: Town) -> None:
    await town.learn()
    await forget(town)
    await town.says(ANN, "hello")
    learner = await town.store.transact(lambda tx: tx.learners.at(ANN, "en", town.now))
    assert (learner.state.stage, learner.state.name) == (Stage.NAME, "")


async def test_second_press_on_the_last_yes_makes_nobody_new(town: Town, database_url: str) -> None:
    await town.learn()
    await town.presses(ANN, "forget", "forget:sure")
    learner = await town.store.transact(lambda tx: tx.learners.at(ANN, "en", town.now))
    for _ in range(2):
        words = await town.on(ANN, ChoicePicked("forget:now", learner.state.step))
    assert words == "I keep nothing about you."
    assert rows(database_url, LearnerRow) == []


async def test_web_page_shows_the_goodbye_alone(town: Town) -> None:
    await town.learn(WEB)
    await forget(town, WEB)
    chat = await town.store.read(lambda tx: tx.record.of_chat(WEB))
    assert ["I have forgotten you" in entry.message.text for entry in chat] == [True]


async def test_overview_of_the_group_is_the_same_after_somebody_is_forgotten(town: Town) -> None:
    """Ann is forgotten while Bea, who asked on the same card, is still here."""
    for who, rating in ((ANN, "rate:yes"), (BEA, "rate:no")):
        await town.learn(who)
        ticket = await town.be_helped(who)
        await town.desk.close(town.key(), AMIR, ticket)
        await town.presses(who, rating)
    await town.coordinates(AMIR)
    before = await town.desk.overview(AMIR, 7)
    await forget(town)
    assert before
    assert (before.opened, before.closed, before.outcomes) == (2, 2, {"solved": 2})
    assert await town.desk.overview(AMIR, 7) == before


async def test_numbers_outlive_the_people(town: Town) -> None:
    await town.learn()
    ticket = await town.be_helped()
    await town.desk.close(town.key(), AMIR, ticket)
    await town.presses(ANN, "rate:yes")
    await forget(town)
    counts = await town.counts()
    assert counts[("wrong", "fake-email/sender")] == 1
    assert counts[("right", "fake-email/sender")] == 1
    assert counts[("started", "fake-email")] == 1
    assert counts[("ended", "solved")] == 1
    assert counts[("rated", "yes")] == 1
    assert counts[("forgotten", "asked")] == 1


async def test_only_numbers_are_left_of_the_task(town: Town, database_url: str) -> None:
    await town.learn()
    await forget(town)
    (task,) = rows(database_url, ErasureRow)
    assert (task.learner, task.addresses, task.language, task.answers) == (None, "", "", 2)
    assert task.finished_at


async def test_forgetting_is_in_the_audit_without_a_name(town: Town, database_url: str) -> None:
    await town.learn()
    ticket = await town.be_helped()
    await forget(town)
    (act,) = [row for row in rows(database_url, AuditRow) if row.act == "forgot"]
    assert (act.name, act.helper, act.ticket, act.detail) == ("", None, ticket, "asked")


async def test_several_who_forget_the_same_person_at_once_do_it_once(
    town: Town, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutorbot.runtime.rights.erasure.BATCH", 2)
    await town.learn()
    await town.be_helped()
    learner = await town.store.transact(lambda tx: tx.learners.at(ANN, "en", town.now))
    begun = [
        await town.store.transact(lambda tx: begin(tx, town.eraser.turns, learner, Why.ASKED, town.now)[0])
        for _ in range(2)
    ]
    await asyncio.gather(*(town.eraser.finish(number, town.now) for number in begun * 2), town.says(ANN, "hello"))
    assert len(set(begun)) == 1
    assert (await town.counts())[("forgotten", "asked")] == 1
    assert kept(database_url)["attempts"] == 0
    assert (await town.store.transact(lambda tx: tx.learners.at(ANN, "en", town.now))).state.name == ""


class Falls(Exception):
    """The program is killed."""


class Crashing:
    """A store that lets so many transactions through; then the program is gone, before or after the last commit."""

    def __init__(self, store: Store, lets: int, *, after: bool) -> None:
        self._store, self._lets, self._after = store, lets, after

    async def transact(self, work: Callable[[Any], T]) -> T:
        self._lets -= 1
        if self._lets < 0 and not self._after:
            raise Falls
        done = await self._store.transact(work)
        if self._lets < 0:
            raise Falls
        return done

    async def read(self, work: Callable[[Any], T]) -> T:
        return await self._store.read(work)


def left(url: str) -> list[Any]:
    """All that is in the database in the end, but for numbers and moments that tell nothing."""
    tasks = [(one.why, one.messages, one.answers, one.lessons, one.tickets) for one in rows(url, ErasureRow)]
    counts = [(one.what, one.about, one.number) for one in rows(url, CountRow)]
    owed = [(one.address, one.kind, one.ref, one.message.text) for one in rows(url, EntryRow) if one.due_at]
    entries = [tuple(re.sub("[0-9]+", "0", part) for part in one) for one in owed]  # tickets have new numbers
    return [tasks, counts, entries, kept(url)]


@pytest.mark.parametrize("after", [False, True])
async def test_killed_at_any_step_it_comes_to_the_same_end(
    town: Town, database_url: str, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    monkeypatch.setattr("tutorbot.runtime.rights.erasure.BATCH", 2)
    ends = []
    crashed = True
    while crashed:
        crashed = await _forgotten_with_a_crash(town, len(ends), after=after)
        ends.append(left(database_url))
        _empty(database_url)
    assert len(ends) > 8
    assert all(end == ends[-1] for end in ends)


async def _forgotten_with_a_crash(town: Town, lets: int, *, after: bool) -> bool:
    """Ann learns, is helped, and is forgotten; the program falls on the way, starts again, and goes on."""
    await town.open_group()
    await town.learn()
    await town.be_helped()
    learner = await town.store.transact(lambda tx: tx.learners.at(ANN, "en", town.now))
    turns = town.eraser.turns
    number, _ = await town.store.transact(lambda tx: begin(tx, turns, learner, Why.ASKED, town.now))
    falling = type(town.eraser)(Crashing(town.store, lets, after=after), turns, town.conversation._live, lambda _: None)
    try:
        await falling.finish(number, town.now)
        crashed = False
    except Falls:
        crashed = True
    await town.says(ANN, "hello")  # somebody new, from the same place
    await town.eraser.finish_all(town.now)
    assert await town.eraser.finish_all(town.now) == 0
    await forget(town)
    return crashed


def _empty(url: str) -> None:
    with connected(url) as connection:
        for table in reversed(Row.metadata.sorted_tables):
            if table.name not in ("groups", "helpers"):
                connection.execute(table.delete())
