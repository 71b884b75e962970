"""Tickets, read: one, a queue, what is due, what is counted. Changes nothing; the steps are in `tickets`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from tutorbot.desk.helper import Helper
from tutorbot.desk.tally import Spell
from tutorbot.desk.ticket import Outcome, Status, Ticket, Timer
from tutorbot.store.groups import GROUPS, OLDEST
from tutorbot.store.query import Database, Query
from tutorbot.store.tables import HelperRow, TicketRow, table

TICKETS = table(TicketRow)
HELPERS = table(HelperRow)
LAST = HELPERS.alias("last")

GROUP = func.coalesce(TICKETS.c.group_id, OLDEST)
_SINCE = func.coalesce(TICKETS.c.waiting_since, TICKETS.c.opened_at)
_READ = select(
    TICKETS,
    GROUPS.c.id.label("in_group"),
    GROUPS.c.chat,
    func.coalesce(func.nullif(HELPERS.c.own_name, ""), HELPERS.c.name).label("helper_name"),
    func.coalesce(func.nullif(LAST.c.own_name, ""), LAST.c.name).label("last_name"),
).select_from(
    TICKETS.join(GROUPS, GROUPS.c.id == GROUP)
    .outerjoin(HELPERS, TICKETS.c.helper == HELPERS.c.id)
    .outerjoin(LAST, TICKETS.c.last_helper == LAST.c.id)
)
IS_OPEN = TICKETS.c.closed_at.is_(None)
_IS_WAITING = and_(IS_OPEN, TICKETS.c.status == Status.WAITING.value)
IS_CLAIMED = and_(TICKETS.c.status == Status.CLAIMED.value, TICKETS.c.helper == bindparam("by"))
_BY_URGENCY = (TICKETS.c.urgent.desc(), _SINCE, TICKETS.c.id)

_GET = Query(_READ.where(TICKETS.c.id == bindparam("id")))
_OPEN_OF = Query(_READ.where(TICKETS.c.learner == bindparam("learner"), IS_OPEN))
_CLOSED_OF = Query(
    _READ.where(TICKETS.c.learner == bindparam("learner"), ~IS_OPEN)
    .order_by(TICKETS.c.closed_at.desc(), TICKETS.c.id.desc())
    .limit(bindparam("limit"))
)
_OF_THREAD = Query(
    _READ.where(TICKETS.c.thread == bindparam("thread"), GROUPS.c.chat == bindparam("chat"))
    .order_by(TICKETS.c.id.desc())
    .limit(bindparam("limit"))
)
_OF_HELPER = Query(_READ.where(IS_OPEN, IS_CLAIMED).order_by(TICKETS.c.learner))
_IN_GROUP = _READ.where(or_(bindparam("group", type_=GROUPS.c.id.type) == 0, GROUPS.c.id == bindparam("group")))
_LIST_OPEN = Query(_IN_GROUP.where(IS_OPEN).order_by(*_BY_URGENCY).limit(bindparam("limit")))
_LIST_CLOSED = Query(
    _IN_GROUP.where(~IS_OPEN).order_by(TICKETS.c.closed_at.desc(), TICKETS.c.id.desc()).limit(bindparam("limit"))
)
_URGENT = bindparam("urgent", type_=TICKETS.c.urgent.type)
_THEN = bindparam("since", type_=TICKETS.c.opened_at.type)
_IS_BEFORE = or_(_SINCE < _THEN, and_(_SINCE == _THEN, TICKETS.c.id < bindparam("id")))
_WAITING_BEFORE = Query(
    select(func.count().label("count"))
    .select_from(TICKETS)
    .where(
        _IS_WAITING,
        bindparam("group") == GROUP,
        or_(and_(TICKETS.c.urgent, ~_URGENT), and_(TICKETS.c.urgent == _URGENT, _IS_BEFORE)),
    )
)
_WITHOUT_CARD = Query(
    _READ.where(_IS_WAITING, ~TICKETS.c.carded).order_by(GROUPS.c.id, *_BY_URGENCY).limit(bindparam("limit"))
)
_CARDS = Query(
    select(func.count().label("count"))
    .select_from(TICKETS)
    .where(_IS_WAITING, TICKETS.c.carded, bindparam("group") == GROUP)
)
_SPELLS = Query(
    select(
        *(TICKETS.c[name] for name in ("status", "urgent", "opened_at", "waiting_since", "first_reply_at")),
        *(TICKETS.c[name] for name in ("closed_at", "outcome", "rating", "returned", "reopened", "opening")),
    ).where(bindparam("group") == GROUP, or_(IS_OPEN, TICKETS.c.closed_at >= bindparam("moment")))
)
_DUE = Query(
    select(TICKETS.c.id)
    .where(TICKETS.c.timer_at.is_not(None), TICKETS.c.timer_at <= bindparam("now"))
    .order_by(TICKETS.c.timer_at)
    .limit(bindparam("limit"))
)


class TicketViews:
    """The reading half of `ports.Tickets`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, ticket_id: int) -> Ticket | None:
        """The ticket of this id."""
        return _ticket(self._db.first(_GET, id=ticket_id))

    def open_of(self, learner_id: int) -> Ticket | None:
        """The learner's ticket that is not closed."""
        return _ticket(self._db.first(_OPEN_OF, learner=learner_id))

    def closed_of(self, learner_id: int) -> Ticket | None:
        """The learner's ticket that was closed last."""
        return _ticket(self._db.first(_CLOSED_OF, learner=learner_id, limit=1))

    def of_thread(self, chat: str, thread: str) -> Ticket | None:
        """The newest ticket of this topic of a helpers' chat, as channel:id."""
        return _ticket(self._db.first(_OF_THREAD, thread=thread, chat=chat, limit=1)) if thread else None

    def of_helper(self, helper_id: int) -> Sequence[Ticket]:
        """Those that a helper has now."""
        return [_made(row) for row in self._db.all(_OF_HELPER, by=helper_id)]

    def list(self, group_id: int = 0, *, closed: bool = False, limit: int = 100) -> Sequence[Ticket]:
        """A group's (0: all) open tickets, urgent ones first, then longest waiting; or closed ones, newest first."""
        query = _LIST_CLOSED if closed else _LIST_OPEN
        return [_made(row) for row in self._db.all(query, group=group_id, limit=limit)]

    def waiting_before(self, ticket: Ticket) -> int:
        """How many waiting tickets of its group come before it."""
        values = {"group": ticket.group, "urgent": ticket.urgent, "since": ticket.since, "id": ticket.id}
        return int(self._db.first(_WAITING_BEFORE, **values).count)

    def without_card(self, limit: int = 100) -> Sequence[Ticket]:
        """Waiting tickets whose card is not in their group's chat: group by group, those to be dealt first first."""
        return [_made(row) for row in self._db.all(_WITHOUT_CARD, limit=limit)]

    def cards(self, group_id: int) -> int:
        """How many waiting tickets of a group have their card in its chat."""
        return int(self._db.first(_CARDS, group=group_id).count)

    def due(self, now: datetime, limit: int = 100) -> Sequence[int]:
        """The ids of tickets whose timer is to fire, the oldest timer first."""
        return [row.id for row in self._db.all(_DUE, now=now, limit=limit)]

    def spells(self, group_id: int, since: datetime) -> Sequence[Spell]:
        """What is counted of a group's tickets: those that are open, or were at some time since."""
        return [_spell(row) for row in self._db.all(_SPELLS, group=group_id, moment=since)]


def _spell(row: Any) -> Spell:
    return Spell(
        status=Status(row.status),
        urgent=row.urgent,
        opened_at=row.opened_at,
        since=row.waiting_since or row.opened_at,
        first_reply_at=row.first_reply_at,
        closed_at=row.closed_at,
        outcome=row.outcome,
        rating=row.rating,
        returned=row.returned,
        reopened=row.reopened,
        lesson=row.opening.lesson,
        title=row.opening.title,
        card=row.opening.card,
        question=row.opening.question,
    )


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
        group=row.in_group,
        chat=row.chat,
        carded=row.carded,
        urgent=row.urgent,
        returned=row.returned,
        reopened=row.reopened,
        last_helper=None if row.last_helper is None else Helper(row.last_helper, row.last_name),
        waiting_since=row.waiting_since,
        first_reply_at=row.first_reply_at,
        timer=Timer(row.timer) if row.timer else None,
        timer_at=row.timer_at,
    )
