"""Looks every few seconds which timers of tickets are due, and fires them: each in a transaction of its own, once.

The rules are in `desk.timers`. Whoever is told, is told in the same transaction: the helper in the ticket's topic, the
coordinators there and each alone, and the learner honestly. Also gives tickets their cards, where a flood held them
back.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from tutorbot.desk.audit import Act
from tutorbot.desk.ticket import Ticket, Timer
from tutorbot.errors import StoreUnavailable, kind_and_place
from tutorbot.runtime.desk.tools import Tools
from tutorbot.runtime.live import Live
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.queueing import deal_more, fresh, names, privately, watchers, wind
from tutorbot.runtime.turns import Done
from tutorbot.runtime.values import Owed
from tutorbot.tutor.events import HelperLeft, Left, NobodyAnswered

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=5)


class Timekeeper:
    """One for the whole desk. Several programs may each have one: a timer fires once all the same."""

    def __init__(
        self,
        store: Store,
        tools: Tools,
        live: Live,
        deliver: Callable[[Sequence[Owed]], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._store, self._tools, self._live = store, tools, live
        self._deliver, self._clock = deliver, clock

    async def run(self, stop: asyncio.Event, every: timedelta = EVERY) -> None:
        """Look, until stopped."""
        while not stop.is_set():
            try:
                await self.look()
            except StoreUnavailable:
                pass  # whoever has something to write down tells of it
            except Exception as bug:  # even a bug must not end the looking: no timer would ever fire again
                what = kind_and_place(bug)
                log.error("A timer could not be fired (%s).", what, extra={"action": "timer_failed"})
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), every.total_seconds())

    async def look(self) -> None:
        """Fire everything that is due now, and deal cards."""
        due, cards = await self._store.read(
            lambda tx: (tx.tickets.due(self._clock()), bool(tx.tickets.without_card(limit=1)))
        )
        for number in due:
            await self._carry_out(partial(self._fire, number))
        if cards:
            await self._carry_out(self._deal)

    async def _carry_out(self, work: Callable[[Transaction], Done]) -> None:
        done = await self._store.transact(work)
        self._deliver(done.owed)
        self._live.publish(*done.topics)

    def _fire(self, number: int, tx: Transaction) -> Done:
        now, seen = self._clock(), tx.tickets.get(number)
        if seen is None:
            return Done()
        tx.learners.get(seen.learner)  # locked before the ticket, as everywhere
        ticket = fresh(tx, seen)
        if ticket.timer is None or ticket.timer_at is None or ticket.timer_at > now or not tx.tickets.fired(ticket):
            return Done()
        match ticket.timer:
            case Timer.REMIND:
                return self._remind(tx, ticket, now)
            case Timer.RETURN:
                return self._return(tx, ticket, now)
            case Timer.TELL:
                return self._tell(tx, ticket, now)

    def _remind(self, tx: Transaction, ticket: Ticket, now: datetime) -> Done:
        """The helper who has it is asked to answer or give it back."""
        wind(tx, ticket, self._tools.turns.waits, now)
        tx.audit.add(Act.REMINDED, now, ticket.helper, ticket.id)
        what = "reminded_urgent" if ticket.urgent else "reminded"
        line = self._tools.entries.line(ticket, what, now, helper=_helper(ticket))
        return self._tools.write(tx, ticket, now, line)

    def _return(self, tx: Transaction, ticket: Ticket, now: datetime) -> Done:
        """It goes back to the queue, and the learner is told that somebody else was asked."""
        if ticket.helper is None or not tx.tickets.release(ticket.id, ticket.helper, now):
            return Done()
        self._tools.wind(tx, ticket, now)
        tx.audit.add(Act.RETURNED, now, ticket.helper, ticket.id)
        line = self._tools.entries.line(ticket, "returned", now, helper=_helper(ticket))
        return self._tools.tell(tx, ticket, HelperLeft(_helper(ticket), Left.SILENT), now, line, card=True)

    def _tell(self, tx: Transaction, ticket: Ticket, now: datetime) -> Done:
        """The coordinators are told, and so is the learner."""
        told = watchers(tx, ticket)
        tx.audit.add(Act.TOLD_COORDINATOR, now, ticket.helper, ticket.id)
        waited = now - ticket.since if ticket.helper is None else self._tools.turns.waits.back
        minutes = int(waited.total_seconds() // 60)
        line = self._tools.entries.line(ticket, "told", now, names=names(told), minutes=minutes)
        alone = privately(tx, self._tools.entries, told, ticket, "told", now, minutes=minutes)
        return self._tools.tell(tx, ticket, NobodyAnswered(_helper(ticket), bool(told)), now, line, *alone)

    def _deal(self, tx: Transaction) -> Done:
        now = self._clock()
        return Done(owed=self._tools.turns.write(tx, deal_more(tx, self._tools.entries, now), now))


def _helper(ticket: Ticket) -> str:
    return ticket.helper.name if ticket.helper else ""
