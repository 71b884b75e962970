"""What every act at the desk needs: words for the helper, a turn for the learner, and a card brought up to date."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tutorbot.curriculum.library import Curriculum
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Status, Ticket
from tutorbot.runtime.entries import DESK_LANGUAGE, Entries, Passing
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.queueing import bring_up_to_date, fresh, wind
from tutorbot.runtime.turns import Done, Turns
from tutorbot.runtime.values import Address, NewEntry
from tutorbot.tutor.engine import advance
from tutorbot.tutor.events import HelpersEvent
from tutorbot.tutor.replies import Md, Reply, Value
from tutorbot.tutor.turn import Turn

Caution = Callable[[str], Sequence[object]]
"""What an answer should not hold, as far as it does: see `desk.caution`. Such an answer is held."""


@dataclass(frozen=True, slots=True)
class Who:
    """A helper, as a channel knows them."""

    address: Address
    name: str  # first name


@dataclass(frozen=True, slots=True)
class Tools:
    """Handed to every act."""

    curriculum: Callable[[], Curriculum]
    turns: Turns
    caution: Caution = lambda _: ()

    @property
    def entries(self) -> Entries:
        """Makes what is written down."""
        return self.turns.entries

    def words(self, what: str, **values: Value) -> str:
        """Words for the helper; `what` names them in the template."""
        about = {"what": Md(what), "helper": "", **values}
        return self.entries.renderer.words(Reply("desk_notice", about), DESK_LANGUAGE)

    def done(self, what: str, **values: Value) -> Done:
        """Words for the helper are all there is to it."""
        return Done(self.words(what, **values))

    def wind(self, tx: Transaction, ticket: Ticket, now: datetime) -> None:
        """Set the timer of a ticket as it is now."""
        wind(tx, fresh(tx, ticket), self.turns.waits, now)

    def turn(self, tx: Transaction, ticket: Ticket, event: HelpersEvent, now: datetime) -> Turn:
        """What the event leads to for the learner."""
        return advance(tx.learners.get(ticket.learner).state, event, self.curriculum(), now)

    def tell(
        self,
        tx: Transaction,
        ticket: Ticket,
        event: HelpersEvent,
        now: datetime,
        *more: NewEntry,
        card: bool = False,
        passing: Passing | None = None,
    ) -> Done:
        """A turn of the learner, caused by a helper. `card`: bring the ticket's card up to date."""
        ticket = fresh(tx, ticket)
        turn = self.turn(tx, ticket, event, now)
        brought = (bring_up_to_date(self.entries, ticket, now),) if card else ()
        learner = tx.learners.get(ticket.learner)
        return self.turns.carry_out(tx, learner, turn, now, ticket=ticket, more=(*more, *brought), passing=passing)

    def write(self, tx: Transaction, ticket: Ticket, now: datetime, *entries: NewEntry, words: str = "") -> Done:
        """Write entries of which the learner hears nothing."""
        topics = ("desk", f"ticket:{ticket.id}")
        if not entries:
            tx.tell(*topics)
        return Done(words, self.turns.write(tx, entries, now), topics)

    def taken(self, tx: Transaction, helper: Helper, ticket: Ticket) -> Done:
        """Why this helper cannot do that: somebody has it, perhaps they themselves, or nobody."""
        now = fresh(tx, ticket)
        if now.status is Status.CLOSED:
            return self.done("closed")
        if now.helper is None:
            return self.done("unclaimed")
        return self.done("yours" if now.belongs_to(helper) else "taken", helper=now.helper.name)
