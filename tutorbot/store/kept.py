"""All that is kept about a learner, for them to read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, bindparam, select

from tutorbot.runtime.rights.values import Kept, KeptAnswer, KeptLesson, KeptSkill
from tutorbot.runtime.values import Address, Author
from tutorbot.store.query import Database, Query
from tutorbot.store.record import entry_of
from tutorbot.store.tables import AddressRow, AttemptRow, EntryRow, LearnerRow, LessonRow, SkillRow, TicketRow, table
from tutorbot.store.tickets import SqlTickets

ADDRESSES, ATTEMPTS, ENTRIES = table(AddressRow), table(AttemptRow), table(EntryRow)
LEARNERS, LESSONS, SKILLS, TICKETS = table(LearnerRow), table(LessonRow), table(SkillRow), table(TicketRow)

_WHO = Query(
    select(LEARNERS.c.id, LEARNERS.c.state, LEARNERS.c.created_at, LEARNERS.c.seen_at, LEARNERS.c.blocked_why)
    .join(ADDRESSES, ADDRESSES.c.learner == LEARNERS.c.id)
    .where(ADDRESSES.c.address == bindparam("address"))
)


def _of(key: Column[Any], *columns: Column[Any], order: Column[Any]) -> Query:
    return Query(select(*columns).where(key == bindparam("learner")).order_by(order))


_ADDRESSES = _of(ADDRESSES.c.learner, ADDRESSES.c.address, order=ADDRESSES.c.address)
_ANSWERS = _of(
    ATTEMPTS.c.learner,
    *(ATTEMPTS.c[name] for name in ("at", "lesson", "card", "answer", "was_right", "hints")),
    order=ATTEMPTS.c.id,
)
_LESSONS = _of(
    LESSONS.c.learner,
    *(LESSONS.c[name] for name in ("lesson", "started_at", "finished_at", "mastered")),
    order=LESSONS.c.started_at,
)
_SKILLS = _of(
    SKILLS.c.learner, *(SKILLS.c[name] for name in ("skill", "tries", "streak", "mastered", "at")), order=SKILLS.c.skill
)
_TICKETS = _of(TICKETS.c.learner, TICKETS.c.id, order=TICKETS.c.id)
_TALK = Query(  # what is told to helpers repeats what stands there already
    select(*(ENTRIES.c[name] for name in ("id", "author", "message", "at", "name", "ticket", "kind", "source")))
    .where(ENTRIES.c.learner == bindparam("learner"), ENTRIES.c.author != Author.DESK.value)
    .order_by(ENTRIES.c.id)
)


class SqlCopies:
    """See `rights.ports.Copies`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._tickets = SqlTickets(db)

    def of(self, address: Address) -> Kept | None:
        """All that is kept about the learner of this address; None if that is nobody."""
        who = self._db.first(_WHO, address=str(address))
        if who is None:
            return None
        return Kept(
            state=who.state,
            first_at=who.created_at,
            last_at=who.seen_at,
            blocked_why=who.blocked_why,
            addresses=[Address.parse(row.address) for row in self._rows(_ADDRESSES, who.id)],
            answers=[KeptAnswer(*row) for row in self._rows(_ANSWERS, who.id)],
            lessons=[KeptLesson(*row) for row in self._rows(_LESSONS, who.id)],
            skills=[KeptSkill(*row) for row in self._rows(_SKILLS, who.id)],
            tickets=[ticket for row in self._rows(_TICKETS, who.id) if (ticket := self._tickets.get(row.id))],
            talk=[entry_of(row) for row in self._rows(_TALK, who.id)],
        )

    def _rows(self, query: Query, learner: int) -> Sequence[Any]:
        return self._db.all(query, learner=learner)
