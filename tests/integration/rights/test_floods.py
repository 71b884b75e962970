"""One who floods us is asked to wait, and slows nobody else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from tests.integration.rights.conftest import AMIR, ANN, BEA, GROUP, Town
from tutorbot.runtime.conversation import Incoming
from tutorbot.runtime.limits import Limits
from tutorbot.runtime.ports import Store
from tutorbot.runtime.values import Address, Author
from tutorbot.tutor.events import TextSent

T = TypeVar("T")
PACE = 30


class Counting:
    """A store that counts the units of work."""

    def __init__(self, store: Store) -> None:
        self._store, self.done = store, 0

    async def transact(self, work: Callable[[Any], T]) -> T:
        self.done += 1
        return await self._store.transact(work)

    async def read(self, work: Callable[[Any], T]) -> T:
        return await self._store.read(work)


@pytest.fixture
async def town(store: Store) -> Town:
    """A town with limits, and a store that counts."""
    town = Town(Counting(store), Limits(PACE))  # type: ignore[arg-type]
    await town.open_group()
    return town


async def says(town: Town, who: Address, text: str) -> int:
    """They write, all in one moment; how many units of work it took."""
    town.keys += 1
    before = town.store.done  # type: ignore[attr-defined]
    await town.conversation.receive(Incoming(f"flood:{town.keys}", who, TextSent(text), town.now))
    return town.store.done - before  # type: ignore[attr-defined,no-any-return]


async def test_a_thousand_messages_cost_what_thirty_do_and_others_have_their_turns(town: Town) -> None:
    flood, turns = 0, 0
    for number in range(1000):
        flood += await says(town, ANN, f"message {number}")
        if number % 50 == 0:
            turns += await says(town, BEA, "hello")
    assert flood == PACE + 1
    assert turns == 20
    assert len(town.sent_to(BEA)) == 22  # the first is met with three messages, every other with one


async def test_all_processes_together_let_no_more_through(store: Store) -> None:
    """Each keeps a count of its own, and knows of the others only what stands with the learner."""
    towns = [Town(store, Limits(PACE)) for _ in range(3)]
    await towns[0].open_group()
    for number in range(120):
        town = towns[number % 3]
        await town.conversation.receive(Incoming(f"flood:{number}", ANN, TextSent(f"no {number}"), town.now))
    entries = await store.read(lambda tx: tx.record.of_chat(ANN, limit=1000))
    assert PACE / 2 < sum(one.author is Author.LEARNER for one in entries) <= PACE
    assert sum("You write faster" in one.message.text for one in entries) == 1


async def test_who_rested_is_heard_by_every_process_again(store: Store) -> None:
    towns = [Town(store, Limits(PACE)) for _ in range(2)]
    await towns[0].open_group()
    for number in range(PACE + 5):
        await towns[0].conversation.receive(Incoming(f"a:{number}", ANN, TextSent("hello"), towns[0].now))
    rested = towns[1].now + timedelta(minutes=1)
    await towns[1].conversation.receive(Incoming("b", ANN, TextSent("I am back"), rested))
    entries = await store.read(lambda tx: tx.record.of_chat(ANN, limit=1000))
    assert [one.message.said for one in entries if one.author is Author.LEARNER][-1] == "I am back"


async def test_they_are_told_once_and_kindly(town: Town) -> None:
    for number in range(100):
        await says(town, ANN, f"message {number}")
    told = [one.message for one in town.sent_to(ANN) if "You write faster than I can read" in one.message.text]
    assert len(told) == 1
    assert told[0].buttons


async def test_who_is_in_danger_is_heard_in_any_flood(town: Town) -> None:
    for number in range(100):
        await says(town, ANN, f"message {number}")
    sent = len(town.sent_to(ANN))
    await says(town, ANN, "i want to die")
    assert len(town.sent_to(ANN)) == sent + 1
    assert "999" in town.sent_to(ANN)[-1].message.text


async def test_helper_is_not_flooded_and_the_learner_is_told_so(town: Town) -> None:
    await town.learn()
    await town.be_helped()
    for number in range(100):
        await says(town, ANN, f"message {number}")
    passed_on = [one for one in town.sent_to(GROUP) if one.message.said.startswith("message")]
    assert 0 < len(passed_on) <= PACE
    assert f"**{AMIR.name}** did not get your last words" in town.sent_to(ANN)[-1].message.text
