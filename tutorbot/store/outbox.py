"""The messages owed, from the sender's side.

An entry is owed while it has a `due_at`. It is *held* while somebody's lease on it lasts, and *free* otherwise. Within
a chat, only the first entry that is not held by the asking worker can be claimed, and what follows it without a gap.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice, takewhile
from typing import Any

from sqlalchemy import Update, bindparam, case, exists, func, or_, select, true, update

from tutorbot.runtime.values import Address, Author, Kind, Lease, Owed
from tutorbot.store.query import Database, Query, given
from tutorbot.store.record import about_of
from tutorbot.store.tables import EntryRow, table

ENTRIES = table(EntryRow)
OLDER = ENTRIES.alias("older")

_IS_OWED = ENTRIES.c.due_at.is_not(None)
_IS_FREE = or_(ENTRIES.c.leased_until.is_(None), ENTRIES.c.leased_until <= bindparam("now"))
_ON_CHANNEL = ENTRIES.c.address.startswith(bindparam("start"))
_OLDER_OWED = (
    OLDER.c.address == ENTRIES.c.address,
    OLDER.c.id < ENTRIES.c.id,
    OLDER.c.due_at.is_not(None),
)
_OLDER_NOT_MINE = or_(
    OLDER.c.leased_until.is_(None),
    OLDER.c.leased_until <= bindparam("now"),
    OLDER.c.worker != bindparam("worker"),
)

_FIRST_OF_CHATS = Query(
    select(ENTRIES.c.id, ENTRIES.c.address)
    .where(_ON_CHANNEL, _IS_OWED, _IS_FREE, ENTRIES.c.due_at <= bindparam("now"))
    .where(~exists().where(*_OLDER_OWED, _OLDER_NOT_MINE))
    .order_by(ENTRIES.c.due_at)  # not by id: SQLite would then walk through all entries instead of the few owed
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_FROM_HERE = Query(
    select(ENTRIES)
    .where(ENTRIES.c.address == bindparam("address"), _IS_OWED, ENTRIES.c.id >= bindparam("id"))
    .order_by(ENTRIES.c.id)
    .limit(bindparam("limit"))
)
_NEXT = Query(
    select(
        func.min(
            case((ENTRIES.c.leased_until > ENTRIES.c.due_at, ENTRIES.c.leased_until), else_=ENTRIES.c.due_at)
        ).label("due")
    ).where(_ON_CHANNEL, _IS_OWED, ~exists().where(*_OLDER_OWED))
)

_FREED = {"worker": None, "leased_until": None}
_DONE = {"due_at": None, **_FREED}


def _one() -> Update:
    return update(ENTRIES).where(ENTRIES.c.id == bindparam("id"))


_LEASE = Query(_one().values(given("worker", "leased_until")))
_SENT = Query(_one().values(given("ref", "sent_at") | _DONE))
_PUT_OFF = Query(
    _one()
    .where(_IS_OWED)
    .values(given("due_at", "error") | _FREED)
    .values(
        tries=ENTRIES.c.tries + 1,
        unsure=case((bindparam("maybe", type_=ENTRIES.c.unsure.type), true()), else_=ENTRIES.c.unsure),
    )
)
_LET_GO = Query(_one().where(_IS_OWED).values(_FREED))
_GIVE_UP = Query(_one().where(_IS_OWED).values(given("error", "given_up_at") | _DONE))
_FREE_ALL = Query(update(ENTRIES).where(_IS_OWED).values(_FREED))


class SqlOutbox:
    """See `ports.Outbox`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def claim(self, channels: Sequence[str], lease: Lease, now: datetime, limit: int = 100) -> Sequence[Owed]:
        """Lease what is due and not leased, in order; nothing of a chat whose older message must wait."""
        rows = list(islice(self._claimable(channels, lease, now, limit), limit))
        for row in rows:
            self._db.change(_LEASE, id=row.id, worker=lease.worker, leased_until=lease.until)
        return [_owed(row, lease) for row in sorted(rows, key=lambda row: row.id)]

    def _claimable(self, channels: Sequence[str], lease: Lease, now: datetime, limit: int) -> Iterator[Any]:
        for channel in channels:
            start = f"{channel}:"
            firsts = self._db.all(_FIRST_OF_CHATS, start=start, worker=lease.worker, now=now, limit=limit)
            for first in firsts:
                chat = self._db.all(_FROM_HERE, address=first.address, id=first.id, limit=limit)
                yield from takewhile(lambda row: _is_due(row, now), chat)

    def sent(self, entry_ids: Sequence[int], ref: str, now: datetime) -> None:
        """They were delivered as one message; `ref` is the channel's own id for it."""
        for entry_id in entry_ids:
            self._db.change(_SENT, id=entry_id, ref=ref, sent_at=now)

    def put_off(self, entry_id: int, due: datetime, error: str, *, unsure: bool) -> None:
        """It was not delivered; free to be leased again when due."""
        self._db.change(_PUT_OFF, id=entry_id, due_at=due, error=error, maybe=unsure)

    def let_go(self, entry_ids: Sequence[int]) -> None:
        """Give leases back unused."""
        for entry_id in entry_ids:
            self._db.change(_LET_GO, id=entry_id)

    def give_up(self, entry_id: int, error: str, now: datetime) -> None:
        """It will never be delivered."""
        self._db.change(_GIVE_UP, id=entry_id, error=error, given_up_at=now)

    def free_all(self) -> None:
        """Take back every lease: only when no other sender can be running."""
        self._db.change(_FREE_ALL)

    def next_due(self, channels: Sequence[str]) -> datetime | None:
        """When the first message of some chat is due, or its lease ends; None if nothing is owed."""
        dues = [self._db.first(_NEXT, start=f"{channel}:").due for channel in channels]
        return min((due for due in dues if due is not None), default=None)


def _is_due(row: Any, now: datetime) -> bool:
    """Whether it may be claimed now, as far as its own row tells."""
    return row.due_at <= now and (row.leased_until is None or row.leased_until <= now)


def _owed(row: Any, lease: Lease) -> Owed:
    return Owed(
        id=row.id,
        to=Address.parse(row.address),
        kind=Kind(row.kind),
        message=row.message,
        until=lease.until,
        author=Author(row.author),
        ref=row.ref,
        ticket=row.ticket,
        tries=row.tries,
        unsure=row.unsure,
        of=about_of(row.source),
    )
