"""Every act at the desk: who, what, when. Rows are only added here; never what was said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, func, or_, select

from tutorbot.desk.audit import Act, Audited
from tutorbot.desk.helper import Helper
from tutorbot.store.groups import OLDEST
from tutorbot.store.query import Database, Query, add
from tutorbot.store.tables import AuditRow, HelperRow, TicketRow, table

AUDIT, HELPERS, TICKETS = table(AuditRow), table(HelperRow), table(TicketRow)

_NUMBER = AUDIT.c.group_id.type
_OF_THE_TICKET = (
    select(func.coalesce(TICKETS.c.group_id, OLDEST)).where(TICKETS.c.id == bindparam("ticket")).scalar_subquery()
)
_ADD = Query(
    add(AUDIT, "at", "helper", "name", "act", "ticket", "detail").values(
        group_id=func.coalesce(func.nullif(bindparam("group", type_=_NUMBER), 0), _OF_THE_TICKET)
    )
)
_OF_TICKET = Query(select(AUDIT).where(AUDIT.c.ticket == bindparam("ticket")).order_by(AUDIT.c.id))
# What a program wrote that knew no groups is of the group that ticket or helper belong to now.
_THEIRS = case(
    (TICKETS.c.id.is_not(None), func.coalesce(TICKETS.c.group_id, OLDEST)),
    (HELPERS.c.id.is_not(None), func.coalesce(HELPERS.c.group_id, OLDEST)),
)
_SINCE = Query(
    select(AUDIT)
    .select_from(
        AUDIT.outerjoin(TICKETS, and_(AUDIT.c.group_id.is_(None), TICKETS.c.id == AUDIT.c.ticket)).outerjoin(
            HELPERS, and_(AUDIT.c.group_id.is_(None), HELPERS.c.id == AUDIT.c.helper)
        )
    )
    .where(
        AUDIT.c.at >= bindparam("since"),
        or_(
            bindparam("group", type_=_NUMBER).is_(None),
            func.coalesce(AUDIT.c.group_id, _THEIRS) == bindparam("group", type_=_NUMBER),
        ),
    )
    .order_by(AUDIT.c.at, AUDIT.c.id)
)


class SqlAudit:
    """See `ports.Audit`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, act: Act, now: datetime, helper: Helper | None, ticket: int | None = None, detail: str = "") -> None:
        """Write an act down. `helper`: None for the learner; `detail`: a word of ours."""
        what = {"at": now, "act": act.value, "ticket": ticket, "detail": detail}
        if helper:
            self._db.change(_ADD, helper=helper.id, name=helper.name, group=helper.group, **what)
        else:
            self._db.change(_ADD, helper=None, name="", group=None, **what)

    def of_ticket(self, ticket_id: int) -> Sequence[Audited]:
        """What was done about a ticket, oldest first."""
        return [_made(row) for row in self._db.all(_OF_TICKET, ticket=ticket_id)]

    def since(self, moment: datetime, group: int | None = None) -> Sequence[Audited]:
        """What was done since then in this group, or in all; oldest first."""
        return [_made(row) for row in self._db.all(_SINCE, since=moment, group=group)]


def _made(row: Any) -> Audited:
    return Audited(row.at, Act(row.act), row.name, row.helper, row.ticket, row.detail)
