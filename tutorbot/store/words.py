"""Words that learners asked for and nobody has explained yet: how often, and when last. Never who."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from tutorbot.runtime.values import AskedWord
from tutorbot.store.query import Database, Query, add
from tutorbot.store.tables import AskedWordRow, table
from tutorbot.tutor.replies import AskedForWord

ASKED = table(AskedWordRow)

_FIRST = add(ASKED, "word", "language", "times", "last_at")
_COUNT = Query(
    _FIRST.on_conflict_do_update(
        index_elements=["word", "language"],
        set_={"times": ASKED.c.times + 1, "last_at": _FIRST.excluded.last_at},
    )
)
_ASKED = Query(
    select(ASKED.c.word, ASKED.c.language, ASKED.c.times, ASKED.c.last_at)
    .where(ASKED.c.times >= bindparam("least"))
    .order_by(ASKED.c.times.desc(), ASKED.c.word, ASKED.c.language)
)
_FORGET = Query(delete(ASKED).where(ASKED.c.last_at < bindparam("before")))


class SqlWords:
    """See `ports.Words`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def count(self, asked: AskedForWord, now: datetime) -> None:
        """Somebody asked for this word."""
        self._db.change(_COUNT, word=asked.word, language=asked.language, times=1, last_at=now)

    def asked(self, least: int) -> Sequence[AskedWord]:
        """The words that were asked for so often or more, those asked for most first."""
        return [AskedWord(row.word, row.language, row.times, row.last_at) for row in self._db.all(_ASKED, least=least)]

    def forget(self, before: datetime) -> int:
        """Forget words that nobody has asked for since; how many."""
        return self._db.change(_FORGET, before=before)
