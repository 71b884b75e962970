"""Learners are found by their address, locked, and kept."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert

from tests.integration.store.sample import ANN, BOB, MINUTE, NOW, connected, learner, rows
from tutorbot.curriculum.lesson import ExerciseKind
from tutorbot.runtime.ports import Progressing, Store, Transaction
from tutorbot.store.tables import AddressRow, AttemptRow, LearnerRow, LessonRow, Row, SkillRow
from tutorbot.tutor.replies import FinishLesson, PractiseSkill, RecordAttempt, StartLesson
from tutorbot.tutor.state import LearnerState, Progress

START = StartLesson("fake-email", "e1")
FINISH = FinishLesson("fake-email", "e1", asked=3, right=3, first_try=2, mastered=False)


async def test_first_contact_makes_a_learner_with_the_guessed_language(store: Store) -> None:
    new = await store.transact(lambda tx: tx.learners.at(ANN, "cy", NOW))
    assert new.address == ANN
    assert new.state == LearnerState(language="cy")


async def test_second_contact_finds_the_same_learner(store: Store) -> None:
    first = await learner(store)
    assert await learner(store) == first
    assert (await learner(store, BOB)).id != first.id


async def test_first_contact_from_several_sides_at_once_makes_one_learner(store: Store, database_url: str) -> None:
    together = await asyncio.gather(*(learner(store) for _ in range(8)))
    assert len({one.id for one in together}) == 1
    assert len(rows(database_url, LearnerRow)) == len(rows(database_url, AddressRow)) == 1


async def test_saved_state_is_read_back_equal(store: Store, database_url: str) -> None:
    state = LearnerState(name="Ann", lesson="fake-email", progress={"fake-email": Progress("why", 0, "e1")})
    known = replace(await learner(store), state=state)
    await store.transact(lambda tx: tx.learners.save(known, NOW + MINUTE))
    assert (await store.read(lambda tx: tx.learners.get(known.id))).state == state
    assert rows(database_url, LearnerRow)[0].seen_at == NOW + MINUTE


async def test_get_of_nobody_is_a_key_error(store: Store) -> None:
    with pytest.raises(KeyError):
        await store.transact(lambda tx: tx.learners.get(404))


async def test_learner_is_answered_where_they_wrote_from_last(store: Store, database_url: str) -> None:
    known = await learner(store)
    with connected(database_url) as connection:
        connection.execute(insert(AddressRow).values(address=str(BOB), learner=known.id, reachable=True))
    assert (await learner(store, BOB)) == replace(known, address=BOB)
    assert (await store.transact(lambda tx: tx.learners.get(known.id))).address == BOB
    assert (await learner(store, ANN)).address == ANN
    assert (await store.transact(lambda tx: tx.learners.get(known.id))).address == ANN


async def test_unreachable_address_is_marked_and_unmarked(store: Store, database_url: str) -> None:
    await learner(store)
    await store.transact(lambda tx: tx.learners.mark_reachable(ANN, reachable=False))
    assert [row.reachable for row in rows(database_url, AddressRow)] == [False]
    await store.transact(lambda tx: tx.learners.mark_reachable(ANN, reachable=True))
    assert [row.reachable for row in rows(database_url, AddressRow)] == [True]


async def test_attempt_is_kept(store: Store, database_url: str) -> None:
    attempt = RecordAttempt("fake-email", "sender", "e1", ExerciseKind.ONE, "A", right=False, first_try=True, hints=1)
    row = await _noted(store, database_url, AttemptRow, attempt)
    assert (row.at, row.lesson, row.card, row.edition) == (NOW, "fake-email", "sender", "e1")
    assert (row.kind, row.answer, row.was_right, row.first_try, row.hints) == ("one", "A", False, True, 1)


async def test_started_lesson_is_not_finished(store: Store, database_url: str) -> None:
    row = await _noted(store, database_url, LessonRow, START)
    assert (row.lesson, row.edition, row.started_at) == ("fake-email", "e1", NOW)
    assert (row.finished_at, row.exercises, row.got_right, row.first_try, row.mastered) == (None,) * 5


async def test_finished_lesson_keeps_when_it_was_started(store: Store, database_url: str) -> None:
    row = await _noted(store, database_url, LessonRow, START, FINISH)
    assert (row.started_at, row.finished_at) == (NOW, NOW + MINUTE)
    assert (row.exercises, row.got_right, row.first_try, row.mastered) == (3, 3, 2, False)


async def test_lesson_started_anew_stays_finished(store: Store, database_url: str) -> None:
    row = await _noted(store, database_url, LessonRow, START, FINISH, replace(START, edition="e2"))
    assert (row.edition, row.started_at, row.finished_at) == ("e2", NOW, NOW + MINUTE)


async def test_skill_is_brought_up_to_date(store: Store, database_url: str) -> None:
    first, second = PractiseSkill("S5", 1, 1, mastered=False), PractiseSkill("S5", 2, 2, mastered=True)
    row = await _noted(store, database_url, SkillRow, first, second)
    assert (row.skill, row.tries, row.streak, row.mastered, row.at) == ("S5", 2, 2, True, NOW + MINUTE)


async def _noted(store: Store, url: str, row: type[Row], *effects: Progressing) -> Any:
    """The one row that these effects, a minute apart, leave."""
    known = await learner(store)

    def note(tx: Transaction) -> None:
        for minutes, effect in enumerate(effects):
            tx.learners.note(known.id, effect, NOW + minutes * MINUTE)

    await store.transact(note)
    (only,) = rows(url, row)
    assert only.learner == known.id
    return only
