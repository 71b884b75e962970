"""Answers of helpers of which nobody knows whether they have arrived."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, false, select, update

from tutorbot.runtime.live import OUTBOX
from tutorbot.runtime.values import Entry
from tutorbot.store.among import among
from tutorbot.store.outbox import ENTRIES, IS_ANSWER
from tutorbot.store.query import Database, Query, given
from tutorbot.store.record import SHOWN, entry_of

# Whoever sent it may be late, and say in the end that it arrived: then there is no doubt.
_IN_DOUBT = and_(IS_ANSWER, ENTRIES.c.unsure, ENTRIES.c.given_up_at.is_not(None), ENTRIES.c.sent_at.is_(None))
_READ = select(*(ENTRIES.c[name] for name in SHOWN)).where(_IN_DOUBT).order_by(ENTRIES.c.id)
_GET = Query(_READ.where(ENTRIES.c.id == bindparam("id")))
_OF_TICKET = Query(_READ.where(ENTRIES.c.ticket == bindparam("ticket")))
_DOUBTFUL = update(ENTRIES).where(among(ENTRIES.c.id), _IN_DOUBT)
_SEND_AGAIN = Query(_DOUBTFUL.values(given("due_at", "error")).values(unsure=false(), given_up_at=None))
_SETTLE = Query(_DOUBTFUL.values(given("sent_at")).values(unsure=false(), given_up_at=None))


class SqlDoubts:
    """See `ports.Doubts`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, entry_id: int) -> Entry | None:
        """The answer of this number, if it is in doubt."""
        row = self._db.first(_GET, id=entry_id)
        return None if row is None else entry_of(row)

    def of_ticket(self, ticket_id: int) -> Sequence[Entry]:
        """Those of a ticket, oldest first."""
        return [entry_of(row) for row in self._db.all(_OF_TICKET, ticket=ticket_id)]

    def send_again(self, entry_ids: Sequence[int], now: datetime) -> None:
        """They are owed once more, and in doubt no longer."""
        self._db.change(_SEND_AGAIN, ids=entry_ids, due_at=now, error="")
        self._db.tell({OUTBOX})

    def settle(self, entry_ids: Sequence[int], now: datetime) -> None:
        """They have arrived, or it does not matter any more."""
        self._db.change(_SETTLE, ids=entry_ids, sent_at=now)
