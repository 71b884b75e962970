"""Tickets. Each step changes the row only if it still is as the step expects, so of two who try at once one wins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Update, bindparam, func, select, update

from tutorbot.desk.ticket import Helper, Outcome, Status, Ticket
from tutorbot.store.query import Database, Query, add, given
from tutorbot.store.tables import HelperRow, TicketRow, table
from tutorbot.tutor.replies import OpenTicket, Rating

TICKETS = table(TicketRow)
HELPERS = table(HelperRow)

_READ = select(TICKETS, HELPERS.c.name.label("helper_name")).select_from(
    TICKETS.outerjoin(HELPERS, TICKETS.c.helper == HELPERS.c.id)
)
_IS_OPEN = TICKETS.c.closed_at.is_(None)

_ADD = Query(
    add(
        TICKETS,
        *("learner", "status", "opening", "opened_at", "outcome", "rating", "thread", "card_ref"),
    )
    .on_conflict_do_nothing()  # with the index that lets a learner have one open ticket
    .returning(TICKETS.c.id)
)
_GET = Query(_READ.where(TICKETS.c.id == bindparam("id")))
_OPEN_OF = Query(_READ.where(TICKETS.c.learner == bindparam("learner"), _IS_OPEN))
_OF_THREAD = Query(
    _READ.where(TICKETS.c.thread == bindparam("thread")).order_by(TICKETS.c.id.desc()).limit(bindparam("limit"))
)
_LIST_OPEN = Query(_READ.where(_IS_OPEN).order_by(TICKETS.c.opened_at, TICKETS.c.id).limit(bindparam("limit")))
_LIST_CLOSED = Query(
    _READ.where(~_IS_OPEN).order_by(TICKETS.c.closed_at.desc(), TICKETS.c.id.desc()).limit(bindparam("limit"))
)
_WAITING_BEFORE = Query(
    select(func.count().label("count"))
    .select_from(TICKETS)
    .where(_IS_OPEN, TICKETS.c.status == Status.WAITING.value, TICKETS.c.id < bindparam("id"))
)


def _one() -> Update:
    return update(TICKETS).where(TICKETS.c.id == bindparam("id"))


_CLAIM = Query(
    _one()
    .where(TICKETS.c.status == Status.WAITING.value)
    .values(given("helper", "claimed_at") | {"status": Status.CLAIMED.value})
)
_RELEASE = Query(
    _one()
    .where(TICKETS.c.status == Status.CLAIMED.value, TICKETS.c.helper == bindparam("by"))
    .values(status=Status.WAITING.value, helper=None, claimed_at=None)
)
_CLOSE = Query(_one().where(_IS_OPEN).values(given("outcome", "closed_at") | {"status": Status.CLOSED.value}))
_RATE = Query(_one().where(TICKETS.c.learner == bindparam("by")).values(given("rating")))
_SET_THREAD = Query(_one().values(given("thread")))
_SET_CARD_REF = Query(_one().values(given("card_ref")))


class SqlTickets:
    """See `ports.Tickets`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def open(self, learner_id: int, opening: OpenTicket, now: datetime) -> Ticket:
        """A new waiting ticket; the open one if the learner already has one."""
        row = self._db.first(
            _ADD,
            learner=learner_id,
            status=Status.WAITING.value,
            opening=opening,
            opened_at=now,
            outcome="",
            rating="",
            thread="",
            card_ref="",
        )
        if row is not None:
            return Ticket(row.id, learner_id, Status.WAITING, opening, now)
        ticket = self.open_of(learner_id)
        return ticket or self.open(learner_id, opening, now)  # nobody's: closed in this very moment

    def get(self, ticket_id: int) -> Ticket | None:
        """The ticket of this id."""
        return _ticket(self._db.first(_GET, id=ticket_id))

    def open_of(self, learner_id: int) -> Ticket | None:
        """The learner's ticket that is not closed."""
        return _ticket(self._db.first(_OPEN_OF, learner=learner_id))

    def of_thread(self, thread: str) -> Ticket | None:
        """The newest ticket of this topic of the helpers' group."""
        return _ticket(self._db.first(_OF_THREAD, thread=thread, limit=1)) if thread else None

    def list(self, *, closed: bool = False, limit: int = 100) -> Sequence[Ticket]:
        """Open tickets, longest waiting first; or closed ones, newest first."""
        return [_made(row) for row in self._db.all(_LIST_CLOSED if closed else _LIST_OPEN, limit=limit)]

    def waiting_before(self, ticket: Ticket) -> int:
        """How many waiting tickets are older."""
        return int(self._db.first(_WAITING_BEFORE, id=ticket.id).count)

    def claim(self, ticket_id: int, helper: Helper, now: datetime) -> bool:
        """Give a waiting ticket to a helper. False if it was not waiting: somebody else was first."""
        return self._db.change(_CLAIM, id=ticket_id, helper=helper.id, claimed_at=now) == 1

    def release(self, ticket_id: int, helper: Helper) -> bool:
        """Put a ticket back in the queue. False if this helper did not have it."""
        return self._db.change(_RELEASE, id=ticket_id, by=helper.id) == 1

    def close(self, ticket_id: int, outcome: Outcome, now: datetime) -> bool:
        """Close an open ticket. False if it was closed already."""
        return self._db.change(_CLOSE, id=ticket_id, outcome=outcome.value, closed_at=now) == 1

    def rate(self, ticket_id: int, learner_id: int, rating: Rating) -> None:
        """Keep the learner's rating of their own ticket."""
        self._db.change(_RATE, id=ticket_id, by=learner_id, rating=rating.value)

    def set_thread(self, ticket_id: int, thread: str) -> None:
        """Keep (or with "" forget) the ticket's topic in the helpers' group."""
        self._db.change(_SET_THREAD, id=ticket_id, thread=thread)

    def set_card_ref(self, ticket_id: int, ref: str) -> None:
        """Keep the id of the ticket's briefing in the helpers' group."""
        self._db.change(_SET_CARD_REF, id=ticket_id, card_ref=ref)


def _ticket(row: Any) -> Ticket | None:
    return None if row is None else _made(row)


def _made(row: Any) -> Ticket:
    return Ticket(
        id=row.id,
        learner=row.learner,
        status=Status(row.status),
        opening=row.opening,
        opened_at=row.opened_at,
        helper=None if row.helper is None else Helper(row.helper, row.helper_name),
        claimed_at=row.claimed_at,
        closed_at=row.closed_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        rating=row.rating,
        thread=row.thread,
        card_ref=row.card_ref,
    )
