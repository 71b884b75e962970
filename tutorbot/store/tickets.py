"""Tickets. Each step changes the row only if it still is as the step expects, so of two who try at once one wins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Update, and_, bindparam, false, func, or_, select, true, update

from tutorbot.desk.helper import Helper
from tutorbot.desk.overview import Spell
from tutorbot.desk.ticket import Outcome, Status, Ticket, Timer
from tutorbot.desk.timers import Next
from tutorbot.store.groups import GROUPS, OLDEST
from tutorbot.store.query import Database, Query, add, given
from tutorbot.store.tables import HelperRow, LearnerRow, TicketRow, table
from tutorbot.tutor.replies import OpenTicket, Rating

TICKETS = table(TicketRow)
LEARNERS = table(LearnerRow)
HELPERS = table(HelperRow)
LAST = HELPERS.alias("last")

_GROUP = func.coalesce(TICKETS.c.group_id, OLDEST)
_SINCE = func.coalesce(TICKETS.c.waiting_since, TICKETS.c.opened_at)
_READ = select(
    TICKETS,
    GROUPS.c.id.label("in_group"),
    GROUPS.c.chat,
    HELPERS.c.name.label("helper_name"),
    LAST.c.name.label("last_name"),
).select_from(
    TICKETS.join(GROUPS, GROUPS.c.id == _GROUP)
    .outerjoin(HELPERS, TICKETS.c.helper == HELPERS.c.id)
    .outerjoin(LAST, TICKETS.c.last_helper == LAST.c.id)
)
_IS_OPEN = TICKETS.c.closed_at.is_(None)
_IS_WAITING = and_(_IS_OPEN, TICKETS.c.status == Status.WAITING.value)
_IS_CLAIMED = and_(TICKETS.c.status == Status.CLAIMED.value, TICKETS.c.helper == bindparam("by"))
_BY_URGENCY = (TICKETS.c.urgent.desc(), _SINCE, TICKETS.c.id)
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
_GET = Query(_READ.where(TICKETS.c.id == bindparam("id")))
_OPEN_OF = Query(_READ.where(TICKETS.c.learner == bindparam("learner"), _IS_OPEN))
_CLOSED_OF = Query(
    _READ.where(TICKETS.c.learner == bindparam("learner"), ~_IS_OPEN)
    .order_by(TICKETS.c.closed_at.desc(), TICKETS.c.id.desc())
    .limit(bindparam("limit"))
)
_OF_THREAD = Query(
    _READ.where(TICKETS.c.thread == bindparam("thread"), GROUPS.c.chat == bindparam("chat"))
    .order_by(TICKETS.c.id.desc())
    .limit(bindparam("limit"))
)
_OF_HELPER = Query(_READ.where(_IS_CLAIMED).order_by(TICKETS.c.learner))
_IN_GROUP = _READ.where(or_(bindparam("group", type_=GROUPS.c.id.type) == 0, GROUPS.c.id == bindparam("group")))
_LIST_OPEN = Query(_IN_GROUP.where(_IS_OPEN).order_by(*_BY_URGENCY).limit(bindparam("limit")))
_LIST_CLOSED = Query(
    _IN_GROUP.where(~_IS_OPEN).order_by(TICKETS.c.closed_at.desc(), TICKETS.c.id.desc()).limit(bindparam("limit"))
)
_URGENT = bindparam("urgent", type_=TICKETS.c.urgent.type)
_WAITING_BEFORE = Query(
    select(func.count().label("count"))
    .select_from(TICKETS)
    .where(
        _IS_WAITING,
        bindparam("group") == _GROUP,
        or_(
            and_(TICKETS.c.urgent, ~_URGENT),
            and_(
                TICKETS.c.urgent == _URGENT,
                or_(bindparam("since") > _SINCE, and_(bindparam("since") == _SINCE, TICKETS.c.id < bindparam("id"))),
            ),
        ),
    )
)
_WITHOUT_CARD = Query(
    _READ.where(_IS_WAITING, ~TICKETS.c.carded).order_by(GROUPS.c.id, *_BY_URGENCY).limit(bindparam("limit"))
)
_CARDS = Query(
    select(func.count().label("count"))
    .select_from(TICKETS)
    .where(_IS_WAITING, TICKETS.c.carded, bindparam("group") == _GROUP)
)
_SPELLS = Query(
    select(
        *(TICKETS.c[name] for name in ("status", "urgent", "opened_at", "waiting_since", "first_reply_at")),
        *(TICKETS.c[name] for name in ("closed_at", "outcome", "rating", "returned", "reopened", "opening")),
    )
    .where(bindparam("group") == _GROUP, or_(_IS_OPEN, TICKETS.c.opened_at >= bindparam("moment")))
    .order_by(TICKETS.c.id)
)
_DUE = Query(
    select(TICKETS.c.id)
    .where(TICKETS.c.timer_at.is_not(None), TICKETS.c.timer_at <= bindparam("now"))
    .order_by(TICKETS.c.timer_at)
    .limit(bindparam("limit"))
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
    .where(_IS_CLAIMED)
    .values(given("waiting_since") | {"last_helper": bindparam("by"), "returned": TICKETS.c.returned + 1} | _IN_QUEUE)
)
_TRANSFER = Query(
    _one().where(_IS_CLAIMED).values(given("helper", "claimed_at") | {"last_helper": bindparam("by"), **_NO_TIMER})
)
_HAND_OVER = Query(
    _one()
    .where(_IS_OPEN, bindparam("group_id") != _GROUP)
    .values(given("group_id", "waiting_since") | {"thread": "", "card_ref": ""} | _IN_QUEUE)
    .values(last_helper=func.coalesce(TICKETS.c.helper, TICKETS.c.last_helper))
)
_CLOSE = Query(
    _one().where(_IS_OPEN).values(given("outcome", "closed_at") | {"status": Status.CLOSED.value} | _NO_TIMER)
)
_REOPEN = Query(
    _one()
    .where(TICKETS.c.learner == bindparam("by"), TICKETS.c.closed_at > bindparam("after"))
    .values(given("opening", "waiting_since") | {"closed_at": None, "outcome": ""} | _IN_QUEUE)
    .values(last_helper=func.coalesce(TICKETS.c.helper, TICKETS.c.last_helper), reopened=TICKETS.c.reopened + 1)
)
_REPLIED = Query(
    _one()
    .where(_IS_OPEN)
    .values(first_reply_at=func.coalesce(TICKETS.c.first_reply_at, bindparam("now", type_=_MOMENT)), **_NO_TIMER)
)
_SET_URGENT = Query(_one().where(_IS_OPEN, TICKETS.c.urgent == false()).values(urgent=true()))
_SET_TIMER = Query(_one().where(_IS_OPEN).values(given("timer", "timer_at")))
_FIRED = Query(
    _one()
    .where(_IS_OPEN, TICKETS.c.timer == bindparam("was"), TICKETS.c.timer_at == bindparam("was_at"))
    .values(_NO_TIMER)
)
_RATE = Query(_one().where(TICKETS.c.learner == bindparam("by")).values(given("rating")))
_SET_THREAD = Query(_one().values(given("thread")))
_SET_CARD_REF = Query(_one().values(given("card_ref")))
_SET_CARDED = Query(_one().values(given("carded")))


class SqlTickets:
    """See `ports.Tickets`."""

    def __init__(self, db: Database) -> None:
        self._db = db

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

    # --- Looking ----------------------------------------------------------------------------------------------------

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
        """What is counted of a group's tickets: those opened since, and all that are open."""
        return [_spell(row) for row in self._db.all(_SPELLS, group=group_id, moment=since)]

    # --- Steps ------------------------------------------------------------------------------------------------------

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

    def set_carded(self, ticket_id: int, carded: bool) -> None:
        """Note whether the ticket's card was written into its group's chat."""
        self._db.change(_SET_CARDED, id=ticket_id, carded=carded)


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
