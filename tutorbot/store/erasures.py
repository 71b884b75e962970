"""Learners who are being forgotten: what is removed of them, in pieces small enough that nobody waits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from tutorbot.desk.ticket import Ticket
from tutorbot.runtime.rights.values import Erasure, Removed, Step, Why
from tutorbot.runtime.values import Address, Learner
from tutorbot.store.counts import SqlCounts
from tutorbot.store.groups import OLDEST
from tutorbot.store.query import Database, Query, add, given
from tutorbot.store.retention import SEEN
from tutorbot.store.rights_tables import ErasureRow
from tutorbot.store.tables import AddressRow, AttemptRow, EntryRow, LearnerRow, LessonRow, SkillRow, TicketRow, table
from tutorbot.store.tickets import SqlTickets

ADDRESSES, ATTEMPTS, ENTRIES = table(AddressRow), table(AttemptRow), table(EntryRow)
ERASURES, LEARNERS, LESSONS = table(ErasureRow), table(LearnerRow), table(LessonRow)
SKILLS, TICKETS = table(SkillRow), table(TicketRow)

_COUNTS = ("messages", "answers", "lessons", "tickets")
_ABOUT = Query(
    select(func.coalesce(LEARNERS.c.group_id, OLDEST).label("in_group"), ADDRESSES.c.address)
    .outerjoin(ADDRESSES, ADDRESSES.c.learner == LEARNERS.c.id)
    .where(LEARNERS.c.id == bindparam("learner"))
)
_BEGIN = Query(
    add(ERASURES, "why", "step", "learner", "addresses", "language", "group_id", "begun_at", *_COUNTS)
    .on_conflict_do_nothing()
    .returning(ERASURES.c.id)
)
_OF_LEARNER = Query(select(ERASURES.c.id).where(ERASURES.c.learner == bindparam("learner")))
_UNFINISHED = Query(select(ERASURES.c.id).where(ERASURES.c.learner.is_not(None)).order_by(ERASURES.c.id))
_GET = Query(
    select(ERASURES).where(ERASURES.c.id == bindparam("id"), ERASURES.c.learner.is_not(None)).with_for_update()
)
_KEEP = Query(update(ERASURES).where(ERASURES.c.id == bindparam("id")).values(given("step", *_COUNTS)))
_FINISH = Query(
    update(ERASURES)
    .where(ERASURES.c.id == bindparam("id"))
    .values(given("finished_at") | {"learner": None, "addresses": "", "language": ""})
)
_NO_ADDRESS = Query(delete(ADDRESSES).where(ADDRESSES.c.learner == bindparam("learner")))

_SOME_ENTRIES = Query(
    select(ENTRIES.c.id, ENTRIES.c.author)
    .where(ENTRIES.c.learner == bindparam("learner"))
    .order_by(ENTRIES.c.id)
    .limit(bindparam("limit"))
)
_DROP_ENTRIES = Query(
    delete(ENTRIES).where(ENTRIES.c.learner == bindparam("learner"), ENTRIES.c.id <= bindparam("last"))
)
_SOME_TICKETS = Query(
    select(TICKETS.c.id)
    .where(TICKETS.c.learner == bindparam("learner"))
    .order_by(TICKETS.c.id)
    .limit(bindparam("limit"))
)
_SOME_ANSWERS = Query(
    select(ATTEMPTS.c.id, ATTEMPTS.c.at, ATTEMPTS.c.lesson, ATTEMPTS.c.card, ATTEMPTS.c.was_right)
    .where(ATTEMPTS.c.learner == bindparam("learner"))
    .order_by(ATTEMPTS.c.id)
    .limit(bindparam("limit"))
)
_DROP_ANSWERS = Query(
    delete(ATTEMPTS).where(ATTEMPTS.c.learner == bindparam("learner"), ATTEMPTS.c.id <= bindparam("last"))
)
_LESSONS = Query(select(LESSONS).where(LESSONS.c.learner == bindparam("learner")))
_DROP_LESSONS = Query(delete(LESSONS).where(LESSONS.c.learner == bindparam("learner")))
_SKILLS = Query(select(SKILLS).where(SKILLS.c.learner == bindparam("learner")))
_DROP_SKILLS = Query(delete(SKILLS).where(SKILLS.c.learner == bindparam("learner")))
_DROP_LEARNER = Query(delete(LEARNERS).where(LEARNERS.c.id == bindparam("learner")))


class SqlErasures:
    """See `rights.ports.Erasures`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._counts = SqlCounts(db)
        self._tickets = SqlTickets(db)

    def begin(self, learner: Learner, why: Why, now: datetime) -> int:
        """From now on their addresses lead nowhere: whoever writes from there is somebody new. The erasure's id."""
        about = self._db.all(_ABOUT, learner=learner.id)
        others = [row.address for row in about if row.address not in (None, str(learner.address))]
        values = {
            "why": why.value,
            "step": Step.TICKETS.value,
            "learner": learner.id,
            "addresses": " ".join((str(learner.address), *others)),
            "language": learner.state.language,
            "group_id": about[0].in_group,
            "begun_at": now,
        }
        row = self._db.first(_BEGIN, **values, **dict.fromkeys(_COUNTS, 0))
        self._db.change(_NO_ADDRESS, learner=learner.id)
        return int((row or self._db.first(_OF_LEARNER, learner=learner.id)).id)

    def unfinished(self) -> Sequence[int]:
        """The erasures that have not come to their end."""
        return [row.id for row in self._db.all(_UNFINISHED)]

    def get(self, erasure_id: int) -> Erasure | None:
        """The erasure, for us alone until the transaction ends; None if it has come to its end."""
        row = self._db.first(_GET, id=erasure_id)
        return None if row is None else _erasure(row)

    def keep(self, erasure: Erasure) -> None:
        """Keep how far it is."""
        removed = {name: getattr(erasure.removed, name) for name in _COUNTS}
        self._db.change(_KEEP, id=erasure.id, step=erasure.step.value, **removed)

    def finish(self, erasure: Erasure, now: datetime) -> None:
        """Forget who it was about; only the numbers stay."""
        self._db.change(_FINISH, id=erasure.id, finished_at=now)

    def drop_talk(self, learner_id: int, limit: int) -> tuple[int, int]:
        """Remove entries; how many, and how many of them the learner has seen."""
        rows = self._db.all(_SOME_ENTRIES, learner=learner_id, limit=limit)
        if rows:
            self._db.change(_DROP_ENTRIES, learner=learner_id, last=rows[-1].id)
        return len(rows), sum(row.author in SEEN for row in rows)

    def tickets(self, learner_id: int, limit: int) -> Sequence[Ticket]:
        """Tickets of theirs."""
        rows = self._db.all(_SOME_TICKETS, learner=learner_id, limit=limit)
        return [ticket for row in rows if (ticket := self._tickets.get(row.id))]

    def drop_answers(self, erasure: Erasure, limit: int) -> int:
        """Remove answers; how many."""
        rows = self._db.all(_SOME_ANSWERS, learner=erasure.learner, limit=limit)
        if rows:
            self._counts.answers(erasure.group, rows)
            self._db.change(_DROP_ANSWERS, learner=erasure.learner, last=rows[-1].id)
        return len(rows)

    def drop_lessons(self, erasure: Erasure) -> int:
        """Remove how far they came with lessons and skills; with how many lessons."""
        rows = self._db.all(_LESSONS, learner=erasure.learner)
        self._counts.lessons(erasure.group, rows)
        self._counts.skills(erasure.group, self._db.all(_SKILLS, learner=erasure.learner))
        self._db.change(_DROP_LESSONS, learner=erasure.learner)
        self._db.change(_DROP_SKILLS, learner=erasure.learner)
        return len(rows)

    def drop_learner(self, learner_id: int) -> None:
        """Remove the learner, and whatever is still kept about them."""
        self._db.change(_DROP_LEARNER, learner=learner_id)


def _erasure(row: Any) -> Erasure:
    return Erasure(
        id=row.id,
        why=Why(row.why),
        step=Step(row.step),
        learner=row.learner,
        addresses=tuple(map(Address.parse, row.addresses.split())),
        language=row.language,
        group=row.group_id,
        removed=Removed(*(getattr(row, name) for name in _COUNTS)),
    )
