"""The tables about people's rights: who is being forgotten, and the counts that stay. See `tables`."""

from datetime import date, datetime

from sqlmodel import Field

from tutorbot.store.columns import Id
from tutorbot.store.fields import key, partial, words
from tutorbot.store.tables import Row


class ErasureRow(Row, table=True):
    """A learner who is being forgotten, or was: then only the counts are left."""

    __tablename__ = "erasures"
    __table_args__ = (partial("uq_erasures_learner", "learner", where="learner IS NOT NULL", unique=True),)

    id: int = key()
    why: str = words()  # Why
    step: str = words()  # Step: what is done next
    learner: int | None = Field(default=None, sa_type=Id)  # no link: it goes before this row; NULL: finished
    addresses: str = words()  # where they were reached, with blanks between, the last one first
    language: str = words()  # of the goodbye
    group_id: int = Field(sa_type=Id)  # for the counts
    begun_at: datetime
    finished_at: datetime | None = None
    messages: int  # removed so far; this and the next three
    answers: int
    lessons: int
    tickets: int


class CountRow(Row, table=True):
    """What is left of what was removed: how often something happened on a day, and nobody's name."""

    __tablename__ = "counts"

    day: date = Field(primary_key=True)  # by the clock on the wall
    group_id: int = Field(primary_key=True, sa_type=Id)
    what: str = words(primary_key=True)  # Counted
    about: str = words(primary_key=True)  # a lesson, a card as lesson/card, an outcome, minutes: see `Counted`
    number: int
