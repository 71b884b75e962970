"""What helpers do: claim, answer, note, give back, close. The same for the web desk and the helpers' chat.

Every act is one transaction over ticket and learner, and is told to the learner by a turn of the engine.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from tutorbot.curriculum.library import Curriculum
from tutorbot.desk.briefing import briefing
from tutorbot.desk.ticket import Helper, Outcome, Status, Ticket
from tutorbot.messages.markup import clean
from tutorbot.messages.message import Message
from tutorbot.runtime.entries import DESK_LANGUAGE
from tutorbot.runtime.live import Live
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.trail import following
from tutorbot.runtime.turns import Done, Turns
from tutorbot.runtime.values import Address, Entry, Kind, NewEntry, Owed
from tutorbot.tutor.engine import advance
from tutorbot.tutor.events import Event, HelperJoined, HelperLeft, HelperReplied, TicketClosed
from tutorbot.tutor.replies import Md, Reply


@dataclass(frozen=True, slots=True)
class Who:
    """A helper, as a channel knows them."""

    address: Address
    name: str  # first name


@dataclass(frozen=True, slots=True)
class Case:
    """A ticket with all that a helper may see of it."""

    ticket: Ticket
    briefing: Message
    entries: Sequence[Entry]


Act = Callable[[Transaction, Helper, Ticket, datetime], Done]


class Desk:
    """The helpers' side. Every act returns words to show to the helper at once, or ""."""

    def __init__(
        self,
        store: Store,
        curriculum: Callable[[], Curriculum],
        turns: Turns,
        live: Live,
        deliver: Callable[[Sequence[Owed]], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._store, self._curriculum, self._turns = store, curriculum, turns
        self._live, self._deliver, self._clock = live, deliver, clock

    async def claim(self, key: str, who: Who, ticket: int) -> str:
        """Take a waiting ticket. Of two who claim at once one gets it, and the other is told who."""
        return await self._act(key, who, ticket, self._claim)

    async def release(self, key: str, who: Who, ticket: int) -> str:
        """Give one's own ticket back to the queue."""
        return await self._act(key, who, ticket, self._release)

    async def close(self, key: str, who: Who, ticket: int) -> str:
        """Close one's own ticket, or one that nobody has."""
        return await self._act(key, who, ticket, self._close)

    async def reply(self, key: str, who: Who, ticket: int, text: str, ref: str = "") -> str:
        """Answer the learner. Words of anybody but the one who has the ticket stay inside, as a note.

        `ref`: the channel's id of the message, where it stands in the helpers' chat already.
        """
        return await self._act(key, who, ticket, partial(self._reply, text=clean(text), ref=ref), closed_too=True)

    async def note(self, key: str, who: Who, ticket: int, text: str, ref: str = "") -> str:
        """Keep a note for helpers. The learner never sees it."""
        return await self._act(key, who, ticket, partial(self._note, text=clean(text), ref=ref), closed_too=True)

    async def ticket_of(self, address: Address, thread: str = "", ref: str = "") -> int | None:
        """The ticket of a topic of the helpers' chat, or else of the message that was replied to."""

        def look(tx: Transaction) -> int | None:
            ticket = tx.tickets.of_thread(thread) if thread else None
            return ticket.id if ticket else tx.record.ticket_of_ref(address, ref) if ref else None

        return await self._store.read(look)

    async def queue(self, *, closed: bool = False) -> Sequence[Ticket]:
        """Open tickets, longest waiting first; or the ones closed last."""
        return await self._store.read(lambda tx: tx.tickets.list(closed=closed))

    async def case(self, ticket: int) -> Case | None:
        """Everything a helper may see of a ticket."""

        def look(tx: Transaction) -> Case | None:
            found = tx.tickets.get(ticket)
            if found is None:
                return None
            card = self._turns.entries.renderer.message(briefing(found, self._clock()), DESK_LANGUAGE)
            return Case(found, card, tx.record.of_ticket(ticket))

        return await self._store.read(look)

    async def arrive(self, who: Who) -> Helper:
        """Note that a helper is about."""
        return await self._store.transact(lambda tx: tx.helpers.at(who.address, who.name, self._clock()))

    async def _act(self, key: str, who: Who, number: int, act: Act, *, closed_too: bool = False) -> str:
        with following(key):
            done = await self._store.transact(lambda tx: self._take(tx, key, who, number, act, closed_too))
        self._deliver(done.owed)
        self._live.publish(*done.topics)
        return done.words

    def _take(self, tx: Transaction, key: str, who: Who, number: int, act: Act, closed_too: bool) -> Done:
        now = self._clock()
        if not tx.first_time(key, now):
            return Done()
        helper, ticket = tx.helpers.at(who.address, clean(who.name), now), tx.tickets.get(number)
        if ticket is None:
            return self._refused("gone")
        tx.learners.get(ticket.learner)  # locked before the ticket, as everywhere: two orders could block each other
        ticket = tx.tickets.get(number) or ticket
        if ticket.status is Status.CLOSED and not closed_too:
            return self._refused("closed")
        return act(tx, helper, ticket, now)

    def _claim(self, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime) -> Done:
        if not tx.tickets.claim(ticket.id, helper, now):
            return self._taken(tx, helper, ticket)
        return self._tell(tx, ticket, HelperJoined(helper.name), now, card=True)

    def _release(self, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime) -> Done:
        if not tx.tickets.release(ticket.id, helper):
            return self._taken(tx, helper, ticket)
        line = self._turns.entries.line(ticket, "released", now, helper=helper.name)
        return self._tell(tx, ticket, HelperLeft(helper.name), now, line, card=True)

    def _close(self, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime) -> Done:
        if ticket.status is Status.CLAIMED and not ticket.belongs_to(helper):
            return self._taken(tx, helper, ticket)
        if ticket.status is Status.WAITING:
            tx.tickets.claim(ticket.id, helper, now)
        tx.tickets.close(ticket.id, Outcome.SOLVED, now)
        closed = tx.tickets.get(ticket.id) or ticket
        closing = self._turns.entries.closing(closed, now)
        return self._tell(tx, closed, TicketClosed(ticket.id, helper.name), now, *closing)

    def _reply(self, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, text: str, ref: str) -> Done:
        if not ticket.belongs_to(helper):
            kept = self._note(tx, helper, ticket, now, text, ref)
            closed = ticket.status is Status.CLOSED
            name = ticket.helper.name if ticket.helper else ""
            what = "closed_kept" if closed else "kept" if name else "unclaimed"
            return replace(kept, words=self._words(what, name))
        mirror = () if ref else (self._turns.entries.line(ticket, "helper", now, text, helper=helper.name),)
        return self._tell(tx, ticket, HelperReplied(helper.name, text), now, *mirror)

    def _note(self, tx: Transaction, helper: Helper, ticket: Ticket, now: datetime, text: str, ref: str) -> Done:
        entries = self._turns.entries
        mirror = () if ref else (entries.line(ticket, "note", now, text, helper=helper.name),)
        owed = self._turns.write(tx, [entries.note(ticket, helper.name, text, now, ref), *mirror], now)
        return Done(owed=owed, topics=("desk", f"ticket:{ticket.id}"))

    def _tell(
        self,
        tx: Transaction,
        ticket: Ticket,
        event: Event,
        now: datetime,
        *more: NewEntry,
        card: bool = False,
    ) -> Done:
        """A turn of the learner, caused by a helper. `card`: bring the ticket's card up to date."""
        ticket = tx.tickets.get(ticket.id) or ticket
        learner = tx.learners.get(ticket.learner)
        turn = advance(learner.state, event, self._curriculum(), now)
        brought = (self._turns.entries.card(ticket, now, Kind.REPLACE),) if card else ()
        return self._turns.carry_out(tx, learner, turn, now, ticket=ticket, more=(*more, *brought))

    def _taken(self, tx: Transaction, helper: Helper, ticket: Ticket) -> Done:
        """Why this helper cannot do that: somebody has it, perhaps they themselves, or nobody."""
        now = tx.tickets.get(ticket.id) or ticket
        if now.status is Status.CLOSED:
            return self._refused("closed")
        if now.helper is None:
            return self._refused("unclaimed")
        return self._refused("yours" if now.belongs_to(helper) else "taken", now.helper.name)

    def _refused(self, what: str, helper: str = "") -> Done:
        return Done(self._words(what, helper))

    def _words(self, what: str, helper: str = "") -> str:
        reply = Reply("desk_notice", {"what": Md(what), "helper": helper})
        return self._turns.entries.renderer.words(reply, DESK_LANGUAGE)
