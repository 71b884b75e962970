"""What those who look after the house ask: how much is owed, who waits, and whether the database takes our writes."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, bindparam, column, func, select, update
from sqlalchemy import table as named

from tutorbot.desk.ticket import Status
from tutorbot.errors import SchemaMismatch
from tutorbot.runtime.values import Pile
from tutorbot.store.query import Database, Query
from tutorbot.store.tables import EntryRow, LearnerRow, TicketRow, table
from tutorbot.store.versions import head

ENTRIES = table(EntryRow)
LEARNERS = table(LearnerRow)
TICKETS = table(TicketRow)
VERSIONS = named("alembic_version", column("version_num", Text))  # the migrations' own


def _pile(since: ColumnElement[datetime]) -> Select[Any]:
    columns: list[ColumnElement[Any]] = [func.count().label("count"), func.min(since).label("oldest")]
    return select(*columns)


_OLD = (ENTRIES.c.due_at.is_not(None), ENTRIES.c.at < bindparam("before"))
_OWED = Query(_pile(ENTRIES.c.at).where(*_OLD))
_SET_ASIDE = Query(
    update(ENTRIES)
    .where(*_OLD)
    .values(error=bindparam("why"), given_up_at=bindparam("now"), due_at=None, worker=None, leased_until=None)
)
_WAITING = Query(
    _pile(func.coalesce(TICKETS.c.waiting_since, TICKETS.c.opened_at)).where(
        TICKETS.c.closed_at.is_(None), TICKETS.c.status == Status.WAITING.value
    )
)
_VERSION = Query(select(VERSIONS.c.version_num))
# What every turn writes. These change nothing, for there is no such row; yet a database that takes no writes refuses
# them, and one whose schema is just being changed lets them wait.
_TOUCHES = (
    Query(update(LEARNERS).where(LEARNERS.c.id == bindparam("none")).values(seen_at=LEARNERS.c.seen_at)),
    Query(update(ENTRIES).where(ENTRIES.c.id == bindparam("none")).values(error=ENTRIES.c.error)),
)


class SqlUpkeep:
    """See `ports.Upkeep`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def owed(self, before: datetime) -> Pile:
        """The messages owed that were written before this moment."""
        row = self._db.first(_OWED, before=before)
        return Pile(row.count, row.oldest)

    def set_aside(self, before: datetime, why: str, now: datetime) -> int:
        """Never send what was written before this moment and is still owed; how many messages that are."""
        return self._db.change(_SET_ASIDE, before=before, why=why, now=now)

    def waiting(self) -> Pile:
        """The tickets that nobody has taken."""
        row = self._db.first(_WAITING)
        return Pile(row.count, row.oldest)

    def check(self) -> None:
        """Make sure that a turn could be kept now. SchemaMismatch if the database is older than this program."""
        for touch in _TOUCHES:
            self._db.change(touch, none=-1)
        row = self._db.first(_VERSION)
        if row is None or row.version_num < head():
            raise SchemaMismatch
