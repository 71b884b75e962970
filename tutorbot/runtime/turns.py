"""Carries out a turn inside a transaction: state, progress, tickets, the record and the outbox, all or nothing.

What was done comes back as `Done`; only after the commit may it be sent and pages be woken.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tutorbot.desk.audit import Act
from tutorbot.desk.ticket import Outcome, Status, Ticket
from tutorbot.desk.timers import Waits
from tutorbot.runtime.entries import Entries, Passing
from tutorbot.runtime.facts import facts
from tutorbot.runtime.ports import Progressing, Transaction
from tutorbot.runtime.queueing import come_back, deal, fresh, show_urgent, sound_alarm, tell_watchers, wind
from tutorbot.runtime.values import Kind, Learner, Lease, NewEntry, Owed
from tutorbot.tutor.replies import (
    AskedForWord,
    Effect,
    EndTicket,
    ForgetMe,
    JoinGroup,
    Leaving,
    OpenTicket,
    RaiseAlarm,
    RateTicket,
    ReopenTicket,
    TellHelper,
)
from tutorbot.tutor.state import Stage
from tutorbot.tutor.turn import Turn

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
    worker: Callable[[], str]  # who sends what is written here, now; "": it is left to another process
    waits: Waits = field(default_factory=Waits)

    def carry_out(
        self,
        tx: Transaction,
        learner: Learner,
        turn: Turn,
        now: datetime,
        came_in: NewEntry | None = None,
        ticket: Ticket | None = None,
        more: Sequence[NewEntry] = (),
        passing: Passing | None = None,
    ) -> Done:
        """Everything that one act changes.

        `came_in`: what the learner said, to be kept. `ticket`: the one a helper acted on. `more`: what else to write.
        `passing`: a helper's message that is passed on.
        """
        before = ticket or (tx.tickets.open_of(learner.id) if _about_a_ticket(turn) else None)
        passed_on = any(isinstance(effect, TellHelper) for effect in turn.effects)
        heard = [came_in] if came_in and (came_in.message.said or passed_on) else []
        desk = [entry for effect in turn.effects for entry in self._effect(tx, learner, before, effect, now, heard)]
        ticket = before or (tx.tickets.open_of(learner.id) if desk or _opens(turn) else None)
        if ticket and passed_on:
            heard = [_or_edited(tx, replace(entry, ticket=ticket.id)) for entry in heard]
        else:
            heard = [replace(entry, source="") for entry in heard]
        pressed = came_in.ref if came_in else ""
        told = facts(tx, learner, turn, ticket, now)
        said = self.entries.replies(learner, turn, now, told, pressed, ticket, passing)
        tx.learners.save(replace(learner, state=turn.state), now)
        owed = self.write(tx, [*heard, *said, *desk, *more], now)
        words = self.entries.renderer.words(turn.notice, turn.state.language) if turn.notice else ""
        return Done(words, owed, topics(learner, ticket))

    def write(self, tx: Transaction, entries: Sequence[NewEntry], now: datetime) -> Sequence[Owed]:
        """Write entries; what is owed of them is ours to send, if there is somebody here who does."""
        worker = self.worker()
        return tx.record.write(entries, Lease(worker, now + LEASE) if worker else None) if entries else ()

    def _effect(
        self,
        tx: Transaction,
        learner: Learner,
        ticket: Ticket | None,
        effect: Effect,
        now: datetime,
        heard: Sequence[NewEntry],
    ) -> list[NewEntry]:
        """Carry out one effect; what the helpers' chat is to be told of it."""
        match effect:
            case OpenTicket():
                last = tx.tickets.closed_of(learner.id)
                return self._open(tx, learner, last if last and last.comes_back(effect, now) else None, effect, now)
            case ReopenTicket(number, opening):
                return self._open(tx, learner, tx.tickets.get(number), opening, now)
            case TellHelper(text):
                return self._tell(tx, ticket, text, heard, now) if ticket else []
            case RaiseAlarm():
                return self._alarm(tx, ticket, now) if ticket else []
            case EndTicket(how):
                return self._end(tx, ticket, how, now) if ticket else []
            case RateTicket(number, rating):
                tx.tickets.rate(number, learner.id, rating)
            case _:
                _note(tx, learner, effect, now)
        return []

    def _open(
        self, tx: Transaction, learner: Learner, last: Ticket | None, opening: OpenTicket, now: datetime
    ) -> list[NewEntry]:
        """A question comes into the queue: with the ticket it was closed under, or a new one."""
        again = come_back(tx, self.entries, last, opening, now) if last and last.learner == learner.id else None
        ticket = fresh(tx, last) if last and again is not None else tx.tickets.open(learner.id, opening, now)
        if again is not None:
            tx.audit.add(Act.REOPENED, now, None, ticket.id)
        if opening.urgent:
            sound_alarm(tx, ticket, now)
        ticket = fresh(tx, ticket)
        wind(tx, ticket, self.waits, now)
        shown = deal(tx, self.entries, ticket, now) if again is None else again
        return [*shown, *(tell_watchers(tx, self.entries, ticket, "alarm", now) if opening.urgent else ())]

    def _alarm(self, tx: Transaction, ticket: Ticket, now: datetime) -> list[NewEntry]:
        """Whoever has the ticket, and who watches over the group, must look at once."""
        sound_alarm(tx, ticket, now)
        shown = show_urgent(tx, self.entries, ticket, now)
        return [*shown, *tell_watchers(tx, self.entries, ticket, "alarm", now)]

    def _tell(
        self, tx: Transaction, ticket: Ticket, text: str, heard: Sequence[NewEntry], now: datetime
    ) -> list[NewEntry]:
        """The learner's words reach the helper, who is waited for from now on."""
        if ticket.status is Status.CLAIMED and ticket.timer is None:
            wind(tx, ticket, self.waits, now)
        media, source = (heard[0].message.media, heard[0].source) if heard else (None, "")
        line = self.entries.line(ticket, "learner" if text else "learner_sent", now, text, media)
        return [_or_edited(tx, replace(line, source=source))]

    def _end(self, tx: Transaction, ticket: Ticket, how: Leaving, now: datetime) -> list[NewEntry]:
        if not tx.tickets.close(ticket.id, _OUTCOMES[how], now):
            return []
        tx.audit.add(Act.CLOSED, now, None, ticket.id, _OUTCOMES[how].value)
        closed = fresh(tx, ticket)
        return [self.entries.line(closed, how, now), *self.entries.closing(closed, now)]


def _note(
    tx: Transaction, learner: Learner, effect: JoinGroup | AskedForWord | ForgetMe | Progressing, now: datetime
) -> None:
    """Carry out an effect of which helpers hear nothing."""
    match effect:
        case JoinGroup(invite):
            if group := tx.groups.of_invite(invite):
                tx.learners.set_group(learner.id, group.id)
        case AskedForWord():
            tx.words.count(effect, now)
        case ForgetMe():  # a task of its own: see `runtime.rights.erasure`
            pass
        case _:
            tx.learners.note(learner.id, effect, now)


def topics(learner: Learner, ticket: Ticket | None) -> tuple[str, ...]:
    """Which open pages this concerns: see `tutorbot.runtime.live`."""
    return (str(learner.address), *(("desk", f"ticket:{ticket.id}") if ticket else ()))


def _or_edited(tx: Transaction, entry: NewEntry) -> NewEntry:
    """The entry; an edit, if the message that it passes on was passed on before and reads differently now."""
    before = tx.record.of_source(entry.source, entry.author)
    if before is None or before.ticket != entry.ticket:
        return entry
    return replace(entry, kind=Kind.EDIT, of=before.id)


def _opens(turn: Turn) -> bool:
    return any(isinstance(effect, OpenTicket | ReopenTicket) for effect in turn.effects)


def _about_a_ticket(turn: Turn) -> bool:
    return turn.state.stage is Stage.WAITING or any(
        isinstance(effect, TellHelper | RaiseAlarm | EndTicket | RateTicket) for effect in turn.effects
    )
