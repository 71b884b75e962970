"""Every act at the desk: who, what, when. Rows are only added here; never what was said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from tutorbot.desk.audit import Act, Audited
from tutorbot.desk.helper import Helper
from tutorbot.store.query import Database, Query, add
from tutorbot.store.tables import AuditRow, table

AUDIT = table(AuditRow)

_ADD = Query(add(AUDIT, "at", "helper", "name", "act", "ticket", "detail"))
_OF_TICKET = Query(select(AUDIT).where(AUDIT.c.ticket == bindparam("ticket")).order_by(AUDIT.c.id))
_SINCE = Query(select(AUDIT).where(AUDIT.c.at >= bindparam("since")).order_by(AUDIT.c.at, AUDIT.c.id))


class SqlAudit:
    """See `ports.Audit`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, act: Act, now: datetime, helper: Helper | None, ticket: int | None = None, detail: str = "") -> None:
        """Write an act down. `helper`: None for the learner; `detail`: a word of ours."""
        who = {"helper": helper.id, "name": helper.name} if helper else {"helper": None, "name": ""}
        self._db.change(_ADD, at=now, act=act.value, ticket=ticket, detail=detail, **who)

    def of_ticket(self, ticket_id: int) -> Sequence[Audited]:
        """What was done about a ticket, oldest first."""
        return [_made(row) for row in self._db.all(_OF_TICKET, ticket=ticket_id)]

    def since(self, moment: datetime) -> Sequence[Audited]:
        """What was done since then, oldest first."""
        return [_made(row) for row in self._db.all(_SINCE, since=moment)]


def _made(row: Any) -> Audited:
    return Audited(row.at, Act(row.act), row.name, row.helper, row.ticket, row.detail)
