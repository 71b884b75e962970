"""Counts of what was removed: how often something happened, and nobody's name."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, or_, select

from tutorbot.desk.tally import Counted, Tally, day_of, spell_of, tallies
from tutorbot.desk.ticket import Ticket
from tutorbot.runtime.facts import LONDON
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
    select(COUNTS.c.day, COUNTS.c.what, COUNTS.c.about, COUNTS.c.number).where(
        COUNTS.c.day >= bindparam("day"),
        or_(COUNTS.c.group_id == bindparam("group"), bindparam("group", type_=COUNTS.c.group_id.type).is_(None)),
    )
)


class SqlCounts:
    """See `rights.ports.Counts`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, day: date, group: int, what: Counted, about: str = "", number: int = 1) -> None:
        """It happened so many times more on this day."""
        self._db.change(_ADD, day=day, group_id=group, what=what.value, about=about, number=number)

    def since(self, day: date, group: int | None = None) -> Sequence[Tally]:
        """All of them since this day, this one too; of one group, or of all."""
        rows = self._db.all(_SINCE, day=day, group=group)
        return [Tally(row.day, Counted(row.what), row.about, row.number) for row in rows]

    def answers(self, group: int, rows: Iterable[Any]) -> None:
        """Answers that are removed."""
        for row in rows:
            self._one(row.at, group, Counted.RIGHT if row.was_right else Counted.WRONG, f"{row.lesson}/{row.card}")

    def lessons(self, group: int, rows: Iterable[Any]) -> None:
        """How far somebody came with lessons, which is removed."""
        for row in rows:
            self._one(row.started_at, group, Counted.STARTED, row.lesson)
            if row.finished_at:
                self._one(row.finished_at, group, Counted.FINISHED, row.lesson)
            if row.finished_at and row.mastered:
                self._one(row.finished_at, group, Counted.MASTERED, row.lesson)

    def skills(self, group: int, rows: Iterable[Any]) -> None:
        """How far somebody is with skills, which is removed."""
        for row in rows:
            if row.mastered:
                self._one(row.at, group, Counted.SKILLS, row.skill)

    def ticket(self, ticket: Ticket) -> None:
        """A ticket that is removed; it is closed by then."""
        for one in tallies(spell_of(ticket), ticket.closed_at or ticket.opened_at, LONDON):
            self.add(one.day, ticket.group, one.what, one.about, one.number)

    def _one(self, at: datetime, group: int, what: Counted, about: str) -> None:
        self.add(day_of(at, LONDON), group, what, about)
