"""What was kept for as long as we say, and goes: a piece at a time, so that nobody waits for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, delete, func, or_, select

from tutorbot.desk.ticket import Ticket
from tutorbot.runtime.rights.values import Old, Outside
from tutorbot.runtime.values import Address, Author, Kind
from tutorbot.store.counts import SqlCounts
from tutorbot.store.query import Database, Query
from tutorbot.store.rights_tables import ErasureRow
from tutorbot.store.tables import AuditRow, EntryRow, LearnerRow, TicketRow, table
from tutorbot.store.tickets import SqlTickets
from tutorbot.tutor.keep import Keep

AUDIT, ENTRIES, ERASURES = table(AuditRow), table(EntryRow), table(ErasureRow)
LEARNERS, TICKETS = table(LearnerRow), table(TicketRow)
SEEN = (Author.LEARNER.value, Author.TUTOR.value, Author.HELPER.value)  # what learners know of

_OLD_TICKET = (
    TICKETS.c.closed_at < bindparam("closed_before"),
    or_(~TICKETS.c.urgent, TICKETS.c.closed_at < bindparam("alarm_before")),
)
_OLD_TALK = and_(ENTRIES.c.at < bindparam("said_before"), ENTRIES.c.due_at.is_(None), ENTRIES.c.ticket.is_(None))
_OLD_LEARNER = (
    LEARNERS.c.seen_at < bindparam("seen_before"),
    LEARNERS.c.id.not_in(select(ERASURES.c.learner).where(ERASURES.c.learner.is_not(None))),
)
_OLD_ACT = AUDIT.c.at < bindparam("done_before")

_SOME_TICKETS = Query(select(TICKETS.c.id).where(*_OLD_TICKET).order_by(TICKETS.c.closed_at).limit(bindparam("limit")))
_OUTSIDE = Query(  # a ticket that was handed over has left a closed topic behind
    select(ENTRIES.c.address, ENTRIES.c.ref, ENTRIES.c.kind).where(
        ENTRIES.c.ticket == bindparam("ticket"),
        ENTRIES.c.author == Author.DESK.value,
        ENTRIES.c.ref != "",
        or_(ENTRIES.c.kind == Kind.CLOSE_THREAD.value, ENTRIES.c.sent_at.is_not(None)),
    )
)
_SEEN = Query(
    select(func.count().label("count")).where(
        ENTRIES.c.ticket == bindparam("ticket"), or_(*(ENTRIES.c.author == author for author in SEEN))
    )
)
_DROP_TICKET = Query(delete(TICKETS).where(TICKETS.c.id == bindparam("id")))
_SOME_ENTRIES = Query(
    select(ENTRIES.c.id, ENTRIES.c.at)
    .where(ENTRIES.c.id > bindparam("after"))
    .order_by(ENTRIES.c.id)  # which is the order of time
    .limit(bindparam("limit"))
)
_DROP_TALK = Query(
    delete(ENTRIES).where(_OLD_TALK, ENTRIES.c.id > bindparam("after"), ENTRIES.c.id <= bindparam("last"))
)
_DROP_GOODBYES = Query(
    delete(ENTRIES).where(
        ENTRIES.c.id.in_(
            select(ENTRIES.c.id)
            .where(ENTRIES.c.learner.is_(None), ENTRIES.c.author == Author.TUTOR.value)
            .where(ENTRIES.c.at < bindparam("before"), ENTRIES.c.due_at.is_(None))
            .limit(bindparam("limit"))
        )
    )
)
_SOME_LEARNERS = Query(select(LEARNERS.c.id).where(*_OLD_LEARNER).order_by(LEARNERS.c.id).limit(bindparam("limit")))
_DROP_ACTS = Query(
    delete(AUDIT).where(
        AUDIT.c.id.in_(select(AUDIT.c.id).where(_OLD_ACT).order_by(AUDIT.c.at).limit(bindparam("limit")))
    )
)
_HOW_MANY = select(func.count().label("count"))
_TICKETS = Query(_HOW_MANY.select_from(TICKETS).where(*_OLD_TICKET))
_TALK = Query(_HOW_MANY.select_from(ENTRIES).where(_OLD_TALK))
_LEARNERS = Query(_HOW_MANY.select_from(LEARNERS).where(*_OLD_LEARNER))
_ACTS = Query(_HOW_MANY.select_from(AUDIT).where(_OLD_ACT))


class SqlRetention:
    """See `rights.ports.Retention`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._counts = SqlCounts(db)
        self._tickets = SqlTickets(db)

    def tickets(self, keep: Keep, now: datetime, limit: int) -> Sequence[Ticket]:
        """Closed tickets that are old enough."""
        rows = self._db.all(_SOME_TICKETS, **_ticket_dates(keep, now), limit=limit)
        return [ticket for row in rows if (ticket := self._tickets.get(row.id))]

    def outside(self, ticket: Ticket) -> Outside:
        """What stands of a ticket in helpers' chats, of groups that had it before, too."""
        rows = self._db.all(_OUTSIDE, ticket=ticket.id)
        threads = {(row.address, row.ref) for row in rows if row.kind == Kind.CLOSE_THREAD.value}
        threads |= {(ticket.chat, ticket.thread)} if ticket.thread else set()
        covered = {chat for chat, _ in threads}
        messages = {(row.address, row.ref) for row in rows if row.address not in covered}
        return Outside(*([(Address.parse(chat), ref) for chat, ref in sorted(some)] for some in (threads, messages)))

    def drop_ticket(self, ticket: Ticket) -> int:
        """Remove a ticket and all that was said under it; how many messages of those that the learner has seen."""
        self._counts.ticket(ticket)
        seen = self._db.first(_SEEN, ticket=ticket.id).count
        self._db.change(_DROP_TICKET, id=ticket.id)
        return int(seen)

    def drop_talk(self, keep: Keep, now: datetime, after: int, limit: int) -> tuple[int, int | None]:
        """Remove old entries without a ticket, looking at `limit` of them above the id `after`."""
        before = _days_before(now, keep.talk)
        rows = self._db.all(_SOME_ENTRIES, after=after, limit=limit)
        if not rows:
            return 0, None
        removed = self._db.change(_DROP_TALK, after=after, last=rows[-1].id, said_before=before)
        return removed, rows[-1].id if rows[-1].at < before else None

    def drop_goodbyes(self, before: datetime, limit: int) -> int:
        """Remove the last words to learners who were forgotten before this; how many."""
        return self._db.change(_DROP_GOODBYES, before=before, limit=limit)

    def learners(self, keep: Keep, now: datetime, limit: int) -> Sequence[int]:
        """Learners who have not come back for so long."""
        rows = self._db.all(_SOME_LEARNERS, seen_before=_days_before(now, keep.learners), limit=limit)
        return [row.id for row in rows]

    def drop_acts(self, keep: Keep, now: datetime, limit: int) -> int:
        """Remove old acts of the audit; how many."""
        return self._db.change(_DROP_ACTS, done_before=_days_before(now, keep.audit), limit=limit)

    def old(self, keep: Keep, now: datetime) -> Old:
        """How much would be removed now."""
        return Old(
            messages=self._db.first(_TALK, said_before=_days_before(now, keep.talk)).count,
            tickets=self._db.first(_TICKETS, **_ticket_dates(keep, now)).count,
            learners=self._db.first(_LEARNERS, seen_before=_days_before(now, keep.learners)).count,
            acts=self._db.first(_ACTS, done_before=_days_before(now, keep.audit)).count,
        )


def _ticket_dates(keep: Keep, now: datetime) -> dict[str, datetime]:
    return {"closed_before": _days_before(now, keep.tickets), "alarm_before": _days_before(now, keep.alarms)}


def _days_before(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)
