"""Counts of what was removed: how often something happened, and nobody's name."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from tutorbot.desk.ticket import Ticket
from tutorbot.runtime.rights.values import Counted
from tutorbot.store.query import Database, Query, add
from tutorbot.store.rights_tables import CountRow
from tutorbot.store.tables import table

COUNTS = table(CountRow)

_NEW = add(COUNTS, "day", "group_id", "what", "about", "number")
_ADD = Query(
    _NEW.on_conflict_do_update(
        index_elements=["day", "group_id", "what", "about"],
        set_={"number": COUNTS.c.number + _NEW.excluded.number},
    )
)
_SINCE = Query(
    select(COUNTS.c.what, COUNTS.c.about, func.sum(COUNTS.c.number).label("number"))
    .where(
        COUNTS.c.day >= bindparam("day"),
        or_(COUNTS.c.group_id == bindparam("group"), bindparam("group", type_=COUNTS.c.group_id.type).is_(None)),
    )
    .group_by(COUNTS.c.what, COUNTS.c.about)
)


class SqlCounts:
    """See `rights.ports.Counts`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, day: date, group: int, what: Counted, about: str = "", number: int = 1) -> None:
        """It happened so many times more on this day (UTC)."""
        self._db.change(_ADD, day=day, group_id=group, what=what.value, about=about, number=number)

    def since(self, day: date, group: int | None = None) -> Mapping[tuple[Counted, str], int]:
        """All of them since this day, this one too; of one group, or of all."""
        return {(Counted(row.what), row.about): int(row.number) for row in self._db.all(_SINCE, day=day, group=group)}

    def answers(self, group: int, rows: Iterable[Any]) -> None:
        """Answers that are removed."""
        for row in rows:
            self.add(
                row.at.date(), group, Counted.RIGHT if row.was_right else Counted.WRONG, f"{row.lesson}/{row.card}"
            )

    def lessons(self, group: int, rows: Iterable[Any]) -> None:
        """How far somebody came with lessons, which is removed."""
        for row in rows:
            self.add(row.started_at.date(), group, Counted.STARTED, row.lesson)
            if row.finished_at:
                self.add(row.finished_at.date(), group, Counted.FINISHED, row.lesson)
            if row.finished_at and row.mastered:
                self.add(row.finished_at.date(), group, Counted.MASTERED, row.lesson)

    def skills(self, group: int, rows: Iterable[Any]) -> None:
        """How far somebody is with skills, which is removed."""
        for row in rows:
            if row.mastered:
                self.add(row.at.date(), group, Counted.SKILLS, row.skill)

    def ticket(self, ticket: Ticket) -> None:
        """A ticket that is removed."""
        opened, opening, group = ticket.opened_at.date(), ticket.opening, ticket.group
        self.add(opened, group, Counted.ASKED, f"{opening.lesson}/{opening.card}" if opening.lesson else "")
        if ticket.closed_at:
            self.add(ticket.closed_at.date(), group, Counted.ENDED, ticket.outcome or "")
            self.add(opened, group, Counted.SOLVE_MINUTES, _minutes(ticket.opened_at, ticket.closed_at))
        if ticket.first_reply_at:
            self.add(opened, group, Counted.REPLY_MINUTES, _minutes(ticket.opened_at, ticket.first_reply_at))
        if ticket.returned:
            self.add(opened, group, Counted.RETURNED, number=ticket.returned)
        if ticket.rating:
            self.add(opened, group, Counted.RATED, ticket.rating)


def _minutes(start: datetime, end: datetime) -> str:
    return str(max(0, int((end - start).total_seconds() // 60)))
