"""Forgets a learner, step by step. Each step is a transaction, and what it did is kept in it: after a crash at any
moment the next start goes on where it stopped, and comes to the same end.

From the first moment their addresses lead nowhere, so whoever writes from there meanwhile is somebody new, and nothing
old comes back. Topics in the helpers' chat are deleted by the outbox, like everything that is done outside.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from tutorbot.desk.audit import Act
from tutorbot.desk.tally import Counted, day_of
from tutorbot.desk.ticket import Outcome, Status, Ticket
from tutorbot.runtime.facts import LONDON
from tutorbot.runtime.live import Live
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.rights import words
from tutorbot.runtime.rights.values import Erasure, Removed, Step, Why
from tutorbot.runtime.turns import Done, Turns, topics
from tutorbot.runtime.values import Learner, Owed

log = logging.getLogger(__name__)

BATCH = 500  # rows removed in one transaction
TICKETS = 20  # tickets, each with what is left of what was said under it
_STEPS = tuple(Step)


class Eraser:
    """Forgets learners."""

    def __init__(
        self,
        store: Store,
        turns: Turns,
        live: Live,
        deliver: Callable[[Sequence[Owed]], None],
    ) -> None:
        self.store, self.turns, self.deliver = store, turns, deliver
        self._live = live

    async def finish(self, erasure_id: int, now: datetime) -> Removed:
        """Go on until nothing of them is left; how much was removed, by others before us too."""
        removed = Removed()
        while step := await self.store.transact(lambda tx: self._take(tx, erasure_id, now)):
            removed, done = step
            self.deliver(done.owed)
            self._live.publish(*done.topics)
        return removed

    async def finish_all(self, now: datetime) -> int:
        """Go on with all who are being forgotten; how many."""
        unfinished = await self.store.read(lambda tx: tx.erasures.unfinished())
        for erasure_id in unfinished:
            await self.finish(erasure_id, now)
        return len(unfinished)

    def _take(self, tx: Transaction, erasure_id: int, now: datetime) -> tuple[Removed, Done] | None:
        """One piece of the work; None if there is nothing left to do."""
        erasure = tx.erasures.get(erasure_id)
        if erasure is None:
            return None
        removed, more, done = _WORK[erasure.step](self.turns, tx, erasure, now)
        erasure = replace(erasure, removed=erasure.removed + removed)
        if erasure.step is not Step.GOODBYE:
            tx.erasures.keep(erasure if more else replace(erasure, step=_STEPS[_STEPS.index(erasure.step) + 1]))
        return erasure.removed, done


Worked = tuple[Removed, bool, Done]
"""What was removed, whether there is more of the same, and what the world must hear of it."""


def begin(tx: Transaction, turns: Turns, learner: Learner, why: Why, now: datetime) -> tuple[int, Done]:
    """Begin to forget somebody. A question that is open is closed: from now on nobody can answer it."""
    ticket = tx.tickets.open_of(learner.id)
    owed: Sequence[Owed] = ()
    if ticket:
        tx.tickets.close(ticket.id, _outcome(ticket), now)
        owed = turns.write(tx, words.told_to_helpers(turns.entries.renderer, ticket, now), now)
    tx.audit.add(Act.FORGOT, now, None, ticket.id if ticket else None, why)
    return tx.erasures.begin(learner, why, now), Done(owed=owed, topics=topics(learner, ticket))


def drop_tickets(turns: Turns, tx: Transaction, tickets: Sequence[Ticket], now: datetime) -> tuple[int, Sequence[Owed]]:
    """Remove tickets with all that was said under them, here and in the helpers' chats.

    How many messages that the learner has seen, and what is owed to those chats.
    """
    gone = [entry for ticket in tickets for entry in words.gone(tx.retention.outside(ticket), now)]
    seen = sum(tx.retention.drop_ticket(ticket) for ticket in tickets)
    return seen, turns.write(tx, gone, now)


def _outcome(ticket: Ticket) -> Outcome:
    return Outcome.WENT_ON if ticket.status is Status.CLAIMED else Outcome.CANCELLED


def _tickets(turns: Turns, tx: Transaction, erasure: Erasure, now: datetime) -> Worked:
    tickets = tx.erasures.tickets(erasure.learner, TICKETS)
    seen, owed = drop_tickets(turns, tx, tickets, now)
    return Removed(messages=seen, tickets=len(tickets)), len(tickets) == TICKETS, Done(owed=owed, topics=("desk",))


def _talk(_turns: Turns, tx: Transaction, erasure: Erasure, _now: datetime) -> Worked:
    removed, seen = tx.erasures.drop_talk(erasure.learner, BATCH)
    return Removed(messages=seen), removed == BATCH, Done()


def _answers(_turns: Turns, tx: Transaction, erasure: Erasure, _now: datetime) -> Worked:
    removed = tx.erasures.drop_answers(erasure, BATCH)
    return Removed(answers=removed), removed == BATCH, Done()


def _lessons(_turns: Turns, tx: Transaction, erasure: Erasure, _now: datetime) -> Worked:
    return Removed(lessons=tx.erasures.drop_lessons(erasure)), False, Done()


def _learner(_turns: Turns, tx: Transaction, erasure: Erasure, _now: datetime) -> Worked:
    tx.erasures.drop_learner(erasure.learner)
    return Removed(), False, Done()


def _goodbye(turns: Turns, tx: Transaction, erasure: Erasure, now: datetime) -> Worked:
    """The last words; not to those who have been away for years."""
    log.info("The learner %s is forgotten.", erasure.learner, extra={"action": "forgotten"})
    tx.counts.add(day_of(now, LONDON), erasure.group, Counted.FORGOTTEN, erasure.why)
    tx.erasures.finish(erasure, now)
    if erasure.why is Why.UNUSED:
        return Removed(), False, Done()
    to = erasure.addresses[0]
    entry = words.goodbye(turns.entries.renderer, to, erasure.language, erasure.removed, now)
    return Removed(), False, Done(owed=turns.write(tx, [entry], now), topics=(str(to),))


_WORK: dict[Step, Callable[[Turns, Transaction, Erasure, datetime], Worked]] = {
    Step.TICKETS: _tickets,
    Step.TALK: _talk,
    Step.ANSWERS: _answers,
    Step.LESSONS: _lessons,
    Step.LEARNER: _learner,
    Step.GOODBYE: _goodbye,
}
