"""Learners who walk through the project's lessons inside this process: the real turn and the real store, and no wire.

What is owed is marked as sent as soon as it is written.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from random import Random

from benchmarks.kinds import CHECKOUT
from benchmarks.learners import choose
from tutorbot.curriculum.loader import load
from tutorbot.messages.message import Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import Conversation, Incoming
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.live import Live
from tutorbot.runtime.ports import Store
from tutorbot.runtime.turns import Turns
from tutorbot.runtime.values import Address, Owed
from tutorbot.tutor.events import ChoicePicked, Event, TextSent

FIRST = 10**9  # of their numbers on Telegram, which have ten digits


@dataclass(slots=True)
class Walker:
    """A learner."""

    address: Address
    next: Event
    last: str = ""  # what they pressed last


class Walk:
    """All learners of one store."""

    def __init__(self, store: Store, seed: int = 1) -> None:
        curriculum = load(CHECKOUT / "lessons").curriculum
        turns = Turns(Entries(Renderer()), lambda: "benchmark")
        self.turns = self.messages = 0  # so far
        self._store, self._chance, self._keys = store, Random(seed), count(FIRST)
        self._conversation = Conversation(store, lambda: curriculum, turns, Live(), self._hear)
        self._walkers: dict[Address, Walker] = {}
        self._owed: list[Owed] = []

    async def come(self, learners: int) -> None:
        """So many new ones say hello and their name."""
        numbers = range(FIRST + len(self._walkers), FIRST + len(self._walkers) + learners)
        new = [Walker(Address("telegram", str(number)), TextSent("/start")) for number in numbers]
        self._walkers |= {one.address: one for one in new}
        await self._all(new)
        for one in new:
            one.next = TextSent("Margaret")
        await self._all(new)

    async def go_on(self, times: int) -> None:
        """Everybody acts so many times."""
        for _ in range(times):
            await self._all([*self._walkers.values()])

    def move(self, to: Callable[[Address], Address]) -> None:
        """From now on others act, who have come as far to the letter."""
        for one in self._walkers.values():
            one.address = to(one.address)
        self._walkers = {one.address: one for one in self._walkers.values()}

    async def _all(self, walkers: Sequence[Walker]) -> None:
        await asyncio.gather(*map(self._act, walkers))
        owed, self._owed = self._owed, []
        await asyncio.gather(*map(self._mark, owed))
        self.turns += len(walkers)
        self.messages += len(owed)

    async def _act(self, one: Walker) -> None:
        key, now = f"telegram:{next(self._keys)}", datetime.now(UTC)
        one.next, event = TextSent("menu"), one.next  # unless a message with buttons comes
        await self._conversation.receive(Incoming(key, one.address, event, now, ref="1234", label="▶ Next"))

    async def _mark(self, owed: Owed) -> None:
        now = datetime.now(UTC)
        await self._store.transact(lambda tx: tx.outbox.sent([owed.id], "1235", now))

    def _hear(self, owed: Sequence[Owed]) -> None:
        for one in owed:
            self._owed.append(one)
            if one.message.buttons:
                self._choose(self._walkers[one.to], one.message)

    def _choose(self, walker: Walker, message: Message) -> None:
        walker.last = choose([f"{message.step}.{one.action}" for one in message.buttons], walker.last, self._chance)
        walker.next = ChoicePicked(walker.last.partition(".")[2], message.step)
