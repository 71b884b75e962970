"""Carries out a turn inside a transaction: state, progress, tickets, the record and the outbox, all or nothing.

What was done comes back as `Done`; only after the commit may it be sent and pages be woken.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tutorbot.desk.ticket import Outcome, Ticket
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.values import Learner, Lease, NewEntry, Owed
from tutorbot.tutor.replies import (
    AskedForWord,
    Effect,
    EndTicket,
    Leaving,
    OpenTicket,
    RaiseAlarm,
    RateTicket,
    TellHelper,
    Value,
)
from tutorbot.tutor.state import Stage
from tutorbot.tutor.turn import Turn

ABOUT = timedelta(minutes=30)  # a helper who did something this recently is taken to be about
LEASE = timedelta(seconds=45)  # how long what was written is left to its writer; should it die, others wait as long
_OUTCOMES = {Leaving.CANCELLED: Outcome.CANCELLED, Leaving.WENT_ON: Outcome.WENT_ON}


@dataclass(frozen=True, slots=True)
class Done:
    """What a transaction did that the world must hear of once it is committed."""

    words: str = ""  # for the one who acted: at the pressed button, or as a line
    owed: Sequence[Owed] = ()
    topics: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Turns:
    """How turns are carried out, whoever caused them."""

    entries: Entries
    worker: str  # who sends what is written here

    def carry_out(
        self,
        tx: Transaction,
        learner: Learner,
        turn: Turn,
        now: datetime,
        came_in: NewEntry | None = None,
        ticket: Ticket | None = None,
        more: Sequence[NewEntry] = (),
    ) -> Done:
        """Everything that one act changes.

        `came_in`: what the learner said, to be kept. `ticket`: the one a helper acted on. `more`: what else to write.
        """
        before = ticket or (tx.tickets.open_of(learner.id) if _about_a_ticket(turn) else None)
        desk = [entry for effect in turn.effects for entry in self._effect(tx, learner, before, effect, now)]
        ticket = before or (tx.tickets.open_of(learner.id) if desk else None)
        if came_in and ticket and any(isinstance(effect, TellHelper) for effect in turn.effects):
            came_in = replace(came_in, ticket=ticket.id)
        pressed = came_in.ref if came_in else ""
        said = self.entries.replies(learner, turn, now, _queue(tx, turn, ticket, now), pressed, ticket)
        tx.learners.save(replace(learner, state=turn.state), now)
        heard = [came_in] if came_in and came_in.message.said else []
        owed = self.write(tx, [*heard, *said, *desk, *more], now)
        words = self.entries.renderer.words(turn.notice, turn.state.language) if turn.notice else ""
        return Done(words, owed, topics(learner, ticket))

    def write(self, tx: Transaction, entries: Sequence[NewEntry], now: datetime) -> Sequence[Owed]:
        """Write entries; what is owed of them is ours to send."""
        return tx.record.write(entries, Lease(self.worker, now + LEASE)) if entries else ()

    def _effect(
        self, tx: Transaction, learner: Learner, ticket: Ticket | None, effect: Effect, now: datetime
    ) -> list[NewEntry]:
        """Carry out one effect; what the helpers' chat is to be told of it."""
        match effect:
            case OpenTicket():
                return [self.entries.card(tx.tickets.open(learner.id, effect, now), now)]
            case TellHelper(text):
                return [self.entries.line(ticket, "learner", now, text)] if ticket else []
            case RaiseAlarm():
                return [self.entries.line(ticket, "alarm", now)] if ticket else []
            case EndTicket(how):
                return self._end(tx, ticket, how, now) if ticket else []
            case RateTicket(number, rating):
                tx.tickets.rate(number, learner.id, rating)
            case AskedForWord():
                tx.words.count(effect, now)
            case _:
                tx.learners.note(learner.id, effect, now)
        return []

    def _end(self, tx: Transaction, ticket: Ticket, how: Leaving, now: datetime) -> list[NewEntry]:
        if not tx.tickets.close(ticket.id, _OUTCOMES[how], now):
            return []
        closed = tx.tickets.get(ticket.id) or ticket
        return [self.entries.line(closed, how, now), *self.entries.closing(closed, now)]


def topics(learner: Learner, ticket: Ticket | None) -> tuple[str, ...]:
    """Which open pages this concerns: see `tutorbot.runtime.live`."""
    return (str(learner.address), *(("desk", f"ticket:{ticket.id}") if ticket else ()))


def _about_a_ticket(turn: Turn) -> bool:
    return turn.state.stage is Stage.WAITING or any(
        isinstance(effect, TellHelper | RaiseAlarm | EndTicket | RateTicket) for effect in turn.effects
    )


def _queue(tx: Transaction, turn: Turn, ticket: Ticket | None, now: datetime) -> dict[str, Value]:
    """What the waiting screen says of the queue, which the engine cannot know."""
    if ticket is None or turn.state.stage is not Stage.WAITING:
        return {"before": 0, "about": False}
    return {"before": tx.tickets.waiting_before(ticket), "about": tx.helpers.about(now - ABOUT) > 0}
