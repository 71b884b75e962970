"""Learners: their state, where they are reached, and what reports need of their progress."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from tutorbot.runtime.ports import Progressing
from tutorbot.runtime.values import Address, Haste, Learner
from tutorbot.store.query import Database, Query, add, given, put
from tutorbot.store.tables import AddressRow, AttemptRow, LearnerRow, LessonRow, SkillRow, table
from tutorbot.tutor.replies import FinishLesson, PractiseSkill, RecordAttempt, StartLesson
from tutorbot.tutor.state import LearnerState

LEARNERS = table(LearnerRow)
ADDRESSES = table(AddressRow)

_LEARNER = select(*(LEARNERS.c[name] for name in ("id", "address", "state", "fresh_at", "told_slow")))
_BY_ID = _LEARNER.where(LEARNERS.c.id == bindparam("id"))
_BY_ADDRESS = _LEARNER.join(ADDRESSES, ADDRESSES.c.learner == LEARNERS.c.id).where(
    ADDRESSES.c.address == bindparam("address")
)
_GET = Query(_BY_ID)
_AT = Query(_BY_ADDRESS)
# The row lock keeps two turns of one learner apart on PostgreSQL; SQLite has one writer anyway. `key_share`: rows that
# only point at the learner may be written meanwhile.
_GET_LOCKED = Query(_BY_ID.with_for_update(key_share=True))
_AT_LOCKED = Query(_BY_ADDRESS.with_for_update(of=LEARNERS, key_share=True))
_ADD = Query(add(LEARNERS, "address", "state", "created_at", "seen_at").returning(LEARNERS.c.id))
_ADD_ADDRESS = Query(add(ADDRESSES, "address", "learner", "reachable"))
_MOVE = Query(update(LEARNERS).where(LEARNERS.c.id == bindparam("id")).values(given("address")))
_SAVE = Query(
    update(LEARNERS).where(LEARNERS.c.id == bindparam("id")).values(given("state", "seen_at", "fresh_at", "told_slow"))
)
_REACHABLE = Query(update(ADDRESSES).where(ADDRESSES.c.address == bindparam("address")).values(given("reachable")))
_SET_GROUP = Query(update(LEARNERS).where(LEARNERS.c.id == bindparam("id")).values(given("group_id")))
_GROUP_OF = Query(select(LEARNERS.c.group_id).where(LEARNERS.c.id == bindparam("id")))
_BLOCK = Query(update(LEARNERS).where(LEARNERS.c.id == bindparam("id")).values(given("blocked_at", "blocked_why")))

_ATTEMPT = Query(
    add(
        table(AttemptRow),
        *("learner", "at", "lesson", "card", "edition", "kind", "answer", "was_right", "first_try", "hints"),
    )
)
_START = Query(put(table(LessonRow), "learner", "lesson", first=["started_at"], always=["edition"]))
_FINISH = Query(
    put(
        table(LessonRow),
        *("learner", "lesson"),
        first=["started_at"],
        always=["edition", "finished_at", "exercises", "got_right", "first_try", "mastered"],
    )
)
_PRACTISE = Query(put(table(SkillRow), "learner", "skill", always=["tries", "streak", "mastered", "at"]))


class SqlLearners:
    """See `ports.Learners`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def at(self, address: Address, language: str, now: datetime) -> Learner:
        """The learner of this address, locked; made, with this language, if there is none."""
        row = self._db.first(_AT_LOCKED if self._db.writing else _AT, address=str(address))
        if row is None:
            return self._make(address, LearnerState(language=language), now)
        if row.address != str(address):
            self._db.change(_MOVE, id=row.id, address=str(address))
        return Learner(row.id, address, row.state, Haste(row.fresh_at, row.told_slow))

    def _make(self, address: Address, state: LearnerState, now: datetime) -> Learner:
        """A new learner. Where somebody else is making them too, the address is refused and our work is run again."""
        learner = self._db.first(_ADD, address=str(address), state=state, created_at=now, seen_at=now).id
        self._db.change(_ADD_ADDRESS, address=str(address), learner=learner, reachable=True)
        return Learner(learner, address, state)

    def get(self, learner_id: int) -> Learner:
        """The learner of this id, with the address used last. KeyError if there is none."""
        row = self._db.first(_GET_LOCKED if self._db.writing else _GET, id=learner_id)
        if row is None:
            raise KeyError(learner_id)
        return Learner(row.id, Address.parse(row.address), row.state, Haste(row.fresh_at, row.told_slow))

    def save(self, learner: Learner, now: datetime) -> None:
        """Write the learner's state; `now` is when they were last seen."""
        haste = learner.haste
        values = {"state": learner.state, "fresh_at": haste.fresh_at, "told_slow": haste.told}
        self._db.change(_SAVE, id=learner.id, seen_at=now, **values)

    def known(self, address: Address) -> bool:
        """Whether anything is kept about whoever writes from this address."""
        return self._db.first(_AT, address=str(address)) is not None

    def note(self, learner_id: int, effect: Progressing, now: datetime) -> None:
        """Write an attempt, or how far the learner is with a lesson or a skill."""
        query, values = _noted(effect, now)
        self._db.change(query, learner=learner_id, **values)

    def mark_reachable(self, address: Address, reachable: bool) -> None:
        """Note that the channel cannot reach this address any more, or can again."""
        self._db.change(_REACHABLE, address=str(address), reachable=reachable)

    def set_group(self, learner_id: int, group_id: int) -> None:
        """They belong to this group from now on: its helpers get their questions."""
        self._db.change(_SET_GROUP, id=learner_id, group_id=group_id)

    def group_of(self, learner_id: int) -> int:
        """The group whose helpers get their questions; 0: the oldest."""
        return int(self._db.first(_GROUP_OF, id=learner_id).group_id or 0)

    def block(self, learner_id: int, why: str, now: datetime) -> None:
        """A helper stopped their questions."""
        self._db.change(_BLOCK, id=learner_id, blocked_at=now, blocked_why=why)

    def unblock(self, learner_id: int) -> None:
        """They may ask again."""
        self._db.change(_BLOCK, id=learner_id, blocked_at=None, blocked_why="")


def _noted(effect: Progressing, now: datetime) -> tuple[Query, dict[str, Any]]:
    match effect:
        case RecordAttempt():
            return _ATTEMPT, {
                "at": now,
                "lesson": effect.lesson,
                "card": effect.card,
                "edition": effect.edition,
                "kind": effect.kind.value,
                "answer": effect.answer,
                "was_right": effect.right,
                "first_try": effect.first_try,
                "hints": effect.hints,
            }
        case StartLesson():
            return _START, {"lesson": effect.lesson, "edition": effect.edition, "started_at": now}
        case FinishLesson():
            return _FINISH, {
                "lesson": effect.lesson,
                "edition": effect.edition,
                "started_at": now,
                "finished_at": now,
                "exercises": effect.asked,
                "got_right": effect.right,
                "first_try": effect.first_try,
                "mastered": effect.mastered,
            }
        case PractiseSkill():
            return _PRACTISE, {
                "skill": effect.skill,
                "tries": effect.tries,
                "streak": effect.streak,
                "mastered": effect.mastered,
                "at": now,
            }
