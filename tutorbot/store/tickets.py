"""Tickets. Each step changes the row only if it still is as the step expects, so of two who try at once one wins."""

from datetime import datetime

from sqlalchemy import Update, bindparam, case, false, func, select, true, update

from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Outcome, Status, Ticket, Timer
from tutorbot.desk.timers import Next
from tutorbot.store.query import Query, add, given
from tutorbot.store.tables import LearnerRow, table
from tutorbot.store.ticket_views import GROUP, IS_CLAIMED, IS_OPEN, TICKETS, TicketViews
from tutorbot.tutor.replies import OpenTicket, Rating

LEARNERS = table(LearnerRow)

_MOMENT = TICKETS.c.opened_at.type
_NO_TIMER = {"timer": "", "timer_at": None}
_IN_QUEUE = {"status": Status.WAITING.value, "helper": None, "claimed_at": None, **_NO_TIMER}
_ADD = Query(
    add(
        TICKETS,
        *("learner", "status", "opening", "opened_at", "waiting_since", "outcome", "rating", "thread", "card_ref"),
    )
    .values(group_id=select(LEARNERS.c.group_id).where(LEARNERS.c.id == bindparam("learner")).scalar_subquery())
    .on_conflict_do_nothing()  # with the index that lets a learner have one open ticket
    .returning(TICKETS.c.id)
)


def _one() -> Update:
    return update(TICKETS).where(TICKETS.c.id == bindparam("id"))


_CLAIM = Query(
    _one()
    .where(TICKETS.c.status == Status.WAITING.value)
    .values(given("helper", "claimed_at") | {"status": Status.CLAIMED.value, **_NO_TIMER})
)
_RELEASE = Query(
    _one()
    .where(IS_CLAIMED)
    .values(given("waiting_since") | {"last_helper": bindparam("by"), "returned": TICKETS.c.returned + 1} | _IN_QUEUE)
)
_TRANSFER = Query(
    _one().where(IS_CLAIMED).values(given("helper", "claimed_at") | {"last_helper": bindparam("by"), **_NO_TIMER})
)
_HAND_OVER = Query(
    _one()
    .where(IS_OPEN, bindparam("group_id") != GROUP)
    .values(given("group_id", "waiting_since") | {"thread": "", "card_ref": ""} | _IN_QUEUE)
    .values(last_helper=func.coalesce(TICKETS.c.helper, TICKETS.c.last_helper))
)
_CLOSE = Query(
    _one().where(IS_OPEN).values(given("outcome", "closed_at") | {"status": Status.CLOSED.value} | _NO_TIMER)
)
_REOPEN = Query(
    _one()
    .where(TICKETS.c.learner == bindparam("by"), TICKETS.c.closed_at > bindparam("after"))
    .values(given("opening", "waiting_since") | {"closed_at": None, "outcome": ""} | _IN_QUEUE)
    .values(last_helper=func.coalesce(TICKETS.c.helper, TICKETS.c.last_helper), reopened=TICKETS.c.reopened + 1)
)
_REPLIED = Query(
    _one()
    .where(IS_OPEN)
    .values(first_reply_at=func.coalesce(TICKETS.c.first_reply_at, bindparam("now", type_=_MOMENT)), **_NO_TIMER)
)
# an urgent ticket is never taken from a helper, see `desk.timers`
_TIMER_OF_URGENT = case((TICKETS.c.timer == Timer.RETURN.value, Timer.TELL.value), else_=TICKETS.c.timer)
_SET_URGENT = Query(_one().where(IS_OPEN, TICKETS.c.urgent == false()).values(urgent=true(), timer=_TIMER_OF_URGENT))
_SET_TIMER = Query(_one().where(IS_OPEN).values(given("timer", "timer_at")))
_FIRED = Query(
    _one()
    .where(IS_OPEN, TICKETS.c.timer == bindparam("was"), TICKETS.c.timer_at == bindparam("was_at"))
    .values(_NO_TIMER)
)
_RATE = Query(_one().where(TICKETS.c.learner == bindparam("by")).values(given("rating")))
_SET_THREAD = Query(_one().values(given("thread")))
_SET_CARD_REF = Query(_one().values(given("card_ref")))
_SET_CARDED = Query(_one().where(TICKETS.c.carded != bindparam("carded")).values(given("carded")))


class SqlTickets(TicketViews):
    """See `ports.Tickets`."""

    def open(self, learner_id: int, opening: OpenTicket, now: datetime) -> Ticket:
        """A new waiting ticket of the learner's group; the open one if the learner already has one."""
        self._db.first(
            _ADD,
            learner=learner_id,
            status=Status.WAITING.value,
            opening=opening,
            opened_at=now,
            waiting_since=now,
            outcome="",
            rating="",
            thread="",
            card_ref="",
        )
        ticket = self.open_of(learner_id)
        return ticket or self.open(learner_id, opening, now)  # nobody's: closed in this very moment

    def claim(self, ticket_id: int, helper: Helper, now: datetime) -> bool:
        """Give a waiting ticket to a helper. False if it was not waiting: somebody else was first."""
        return self._db.change(_CLAIM, id=ticket_id, helper=helper.id, claimed_at=now) == 1

    def release(self, ticket_id: int, helper: Helper, now: datetime) -> bool:
        """Put a ticket back in the queue. False if this helper did not have it."""
        return self._db.change(_RELEASE, id=ticket_id, by=helper.id, waiting_since=now) == 1

    def transfer(self, ticket_id: int, helper: Helper, to: Helper, now: datetime) -> bool:
        """Give a ticket from one helper to another. False if the first did not have it."""
        return self._db.change(_TRANSFER, id=ticket_id, by=helper.id, helper=to.id, claimed_at=now) == 1

    def hand_over(self, ticket_id: int, group_id: int, now: datetime) -> bool:
        """Put an open ticket in another group's queue, without a topic. False if it is closed, or there already."""
        return self._db.change(_HAND_OVER, id=ticket_id, group_id=group_id, waiting_since=now) == 1

    def close(self, ticket_id: int, outcome: Outcome, now: datetime) -> bool:
        """Close an open ticket. False if it was closed already."""
        return self._db.change(_CLOSE, id=ticket_id, outcome=outcome.value, closed_at=now) == 1

    def reopen(self, ticket_id: int, learner_id: int, opening: OpenTicket, after: datetime, now: datetime) -> bool:
        """Put the learner's closed ticket in the queue again. False if it is open, or was closed before `after`."""
        values = {"id": ticket_id, "by": learner_id, "opening": opening, "after": after, "waiting_since": now}
        return self._db.change(_REOPEN, **values) == 1

    def replied(self, ticket_id: int, now: datetime) -> None:
        """The learner got an answer: nothing runs against the helper now."""
        self._db.change(_REPLIED, id=ticket_id, now=now)

    def set_urgent(self, ticket_id: int) -> bool:
        """Put an open ticket before all others. False if it was urgent already."""
        return self._db.change(_SET_URGENT, id=ticket_id) == 1

    def set_timer(self, ticket_id: int, timer: Next | None) -> None:
        """What happens next to an open ticket if nobody acts, and when."""
        kind, at = timer or ("", None)
        self._db.change(_SET_TIMER, id=ticket_id, timer=str(kind), timer_at=at)

    def fired(self, ticket: Ticket) -> bool:
        """Take a ticket's timer off. False if it is not the one that was seen: it fired already, or somebody acted."""
        timer = ticket.timer.value if ticket.timer else ""
        return self._db.change(_FIRED, id=ticket.id, was=timer, was_at=ticket.timer_at) == 1

    def rate(self, ticket_id: int, learner_id: int, rating: Rating) -> None:
        """Keep the learner's rating of their own ticket."""
        self._db.change(_RATE, id=ticket_id, by=learner_id, rating=rating.value)

    def set_thread(self, ticket_id: int, thread: str) -> None:
        """Keep (or with "" forget) the ticket's topic in the helpers' group."""
        self._db.change(_SET_THREAD, id=ticket_id, thread=thread)

    def set_card_ref(self, ticket_id: int, ref: str) -> None:
        """Keep the id of the ticket's briefing in the helpers' group."""
        self._db.change(_SET_CARD_REF, id=ticket_id, card_ref=ref)

    def set_carded(self, ticket_id: int, carded: bool) -> bool:
        """Note whether the ticket's card was written into its group's chat. False if that was noted already."""
        return self._db.change(_SET_CARDED, id=ticket_id, carded=carded) == 1
