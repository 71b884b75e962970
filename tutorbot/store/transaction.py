"""A transaction: the parts of the store over one connection, and the two small tables that belong to none of them."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from tutorbot.runtime.live import bell
from tutorbot.store.audit import SqlAudit
from tutorbot.store.counts import SqlCounts
from tutorbot.store.doubts import SqlDoubts
from tutorbot.store.erasures import SqlErasures
from tutorbot.store.groups import SqlGroups
from tutorbot.store.held import SqlHeld
from tutorbot.store.helpers import SqlHelpers
from tutorbot.store.kept import SqlCopies
from tutorbot.store.learners import SqlLearners
from tutorbot.store.outbox import SqlOutbox
from tutorbot.store.query import Database, Query, add, put
from tutorbot.store.record import SqlRecord
from tutorbot.store.retention import SqlRetention
from tutorbot.store.signing import SqlSigning
from tutorbot.store.tables import EventRow, SettingRow, table
from tutorbot.store.tickets import SqlTickets
from tutorbot.store.upkeep import SqlUpkeep
from tutorbot.store.words import SqlWords

EVENTS = table(EventRow)
SETTINGS = table(SettingRow)

_FIRST_TIME = Query(add(EVENTS, "key", "at").on_conflict_do_nothing())
_FORGET = Query(delete(EVENTS).where(EVENTS.c.at < bindparam("before")))
_SETTING = Query(select(SETTINGS.c.value).where(SETTINGS.c.key == bindparam("key")))
_REMEMBER = Query(put(SETTINGS, "key", always=["value"]))


class SqlTransaction:
    """See `ports.Transaction`. Holds nothing of its own, so one serves all the units of work of a connection."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.learners = SqlLearners(db)
        self.record = SqlRecord(db)
        self.outbox = SqlOutbox(db)
        self.tickets = SqlTickets(db)
        self.helpers = SqlHelpers(db)
        self.words = SqlWords(db)
        self.upkeep = SqlUpkeep(db)
        self.groups = SqlGroups(db)
        self.signing = SqlSigning(db)
        self.held = SqlHeld(db)
        self.doubts = SqlDoubts(db)
        self.audit = SqlAudit(db)
        self.erasures = SqlErasures(db)
        self.retention = SqlRetention(db)
        self.counts = SqlCounts(db)
        self.copies = SqlCopies(db)

    def first_time(self, key: str, now: datetime) -> bool:
        """Whether this event is new; from now on it is not. Keys are unique over all channels."""
        return self._db.change(_FIRST_TIME, key=key, at=now) == 1

    def forget_events(self, before: datetime) -> int:
        """Forget events older than this, which no channel repeats any more; how many."""
        return self._db.change(_FORGET, before=before)

    def tell(self, *topics: str) -> None:
        """Something has changed that no entry tells of: pages of other processes look again after the commit."""
        self._db.tell({bell(topic) for topic in topics})

    def setting(self, key: str) -> str | None:
        """Something the program itself remembers, as the polling offset or a group's new id."""
        row = self._db.first(_SETTING, key=key)
        return None if row is None else str(row.value)

    def remember(self, key: str, value: str) -> None:
        """Remember it."""
        self._db.change(_REMEMBER, key=key, value=value)
