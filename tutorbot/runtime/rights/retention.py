"""Keeps nothing for longer than we say: a little at a time, until nothing old is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.rights.erasure import BATCH, TICKETS, Eraser, begin, drop_tickets
from tutorbot.runtime.rights.values import Old, Why
from tutorbot.runtime.values import Owed
from tutorbot.tutor.keep import Keep

GOODBYES = timedelta(days=1)  # for which the last words to somebody who is forgotten may be read


@dataclass(frozen=True, slots=True)
class Retention:
    """Removes what is too old."""

    eraser: Eraser
    keep: Keep

    @property
    def store(self) -> Store:
        """Where it is kept."""
        return self.eraser.store

    async def look(self, now: datetime) -> Old:
        """How much would be removed now."""
        return await self.store.read(lambda tx: tx.retention.old(self.keep, now))

    async def prune(self, now: datetime) -> Old:
        """Remove all that is too old; how much."""
        return Old(
            messages=await self._talk(now),
            tickets=await self._tickets(now),
            learners=await self._learners(now),
            acts=await self._acts(now),
        )

    async def _talk(self, now: datetime) -> int:
        count, after = 0, 0
        while True:
            removed, last = await self.store.transact(partial(self._some_talk, now, after))
            count += removed
            if last is None:
                break
            after = last
        while await self.store.transact(lambda tx: tx.retention.drop_goodbyes(now - GOODBYES, BATCH)):
            pass
        return count

    def _some_talk(self, now: datetime, after: int, tx: Transaction) -> tuple[int, int | None]:
        return tx.retention.drop_talk(self.keep, now, after, BATCH)

    async def _tickets(self, now: datetime) -> int:
        count = 0
        while True:
            removed, owed = await self.store.transact(lambda tx: self._some_tickets(tx, now))
            self.eraser.deliver(owed)
            count += removed
            if removed < TICKETS:
                return count

    def _some_tickets(self, tx: Transaction, now: datetime) -> tuple[int, Sequence[Owed]]:
        tickets = tx.retention.tickets(self.keep, now, TICKETS)
        _, owed = drop_tickets(self.eraser.turns, tx, tickets, now)
        return len(tickets), owed

    async def _learners(self, now: datetime) -> int:
        count = 0
        while found := await self.store.transact(lambda tx: self._an_idle_learner(tx, now)):
            await self.eraser.finish(found, now)
            count += 1
        return count

    def _an_idle_learner(self, tx: Transaction, now: datetime) -> int | None:
        """Begin to forget one; None if there is none left. Who wrote while we waited for them is not idle any more."""
        while found := tx.retention.learners(self.keep, now, limit=1):
            learner = tx.learners.get(found[0])
            if tx.retention.learners(self.keep, now, limit=1) == found:
                return begin(tx, self.eraser.turns, learner, Why.UNUSED, now)[0]
        return None

    async def _acts(self, now: datetime) -> int:
        count = 0
        while removed := await self.store.transact(lambda tx: tx.retention.drop_acts(self.keep, now, BATCH)):
            count += removed
        return count
