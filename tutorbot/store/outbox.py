"""The messages owed, from the sender's side.

An entry is owed while it has a `due_at`. It is *held* while somebody's lease on it lasts, and *free* otherwise. Of
a chat, only the first entry that is not held by the asking worker can be claimed, and what follows it without a gap.
"""

from collections.abc import Container, Iterator, Sequence
from datetime import datetime
from itertools import groupby, takewhile
from typing import Any

from sqlalchemy import Update, and_, bindparam, case, false, func, or_, select, true, update

from tutorbot.runtime.values import Address, Author, Kind, Lease, Owed
from tutorbot.store.among import among
from tutorbot.store.query import Database, Query, given
from tutorbot.store.record import about_of
from tutorbot.store.tables import EntryRow, table

ENTRIES = table(EntryRow)

IS_ANSWER = and_(ENTRIES.c.author == Author.HELPER.value, ENTRIES.c.kind == Kind.SAY.value)
_IS_OWED = ENTRIES.c.due_at.is_not(None)
_IS_FREE = or_(ENTRIES.c.leased_until.is_(None), ENTRIES.c.leased_until <= bindparam("now"))
_IS_OURS = and_(ENTRIES.c.worker == bindparam("worker"), ~_IS_FREE)
_ON_CHANNEL = ENTRIES.c.address.startswith(bindparam("start"))
_IN_ITS_CHAT: Any = {"partition_by": ENTRIES.c.address, "order_by": ENTRIES.c.id}

# Each is one walk through what is owed, however much that is. To look for something older beside each entry took
# minutes for 20,000: PostgreSQL believes that next to nothing is owed, for so it is nearly always, and plans for that.
_WAITING = (
    select(
        ENTRIES.c.id,
        ENTRIES.c.address,
        func.first_value(ENTRIES.c.due_at).over(**_IN_ITS_CHAT).label("since"),
        # 1: neither this entry nor any before it in its chat has to wait
        func.min(case((and_(_IS_FREE, ENTRIES.c.due_at <= bindparam("now")), 1), else_=0))
        .over(**_IN_ITS_CHAT)
        .label("may_go"),
    )
    .where(_ON_CHANNEL, _IS_OWED, ~_IS_OURS)
    .subquery()
)
_CLAIMABLE = Query(
    select(_WAITING.c.id, _WAITING.c.address)
    .where(_WAITING.c.may_go == 1)
    .order_by(_WAITING.c.since, _WAITING.c.address, _WAITING.c.id)
    .limit(bindparam("limit"))
)
_LOCKED = Query(select(ENTRIES).where(among(ENTRIES.c.id), _IS_OWED, _IS_FREE).with_for_update(skip_locked=True))
_FIRSTS = (
    select(
        case((ENTRIES.c.leased_until > ENTRIES.c.due_at, ENTRIES.c.leased_until), else_=ENTRIES.c.due_at).label("due"),
        func.row_number().over(**_IN_ITS_CHAT).label("place"),
    )
    .where(_ON_CHANNEL, _IS_OWED)
    .subquery()
)
_NEXT = Query(select(func.min(_FIRSTS.c.due).label("due")).where(_FIRSTS.c.place == 1))

_FREED = {"worker": None, "leased_until": None}
_DONE = {"due_at": None, **_FREED}


def _one() -> Update:
    return update(ENTRIES).where(ENTRIES.c.id == bindparam("id"))


def _some() -> Update:
    return update(ENTRIES).where(among(ENTRIES.c.id))


_LEASE = Query(_some().values(given("worker", "leased_until")))
_SENT = Query(_some().values(given("ref", "sent_at") | _DONE))
_PUT_OFF = Query(
    _one()
    .where(_IS_OWED)
    .values(given("due_at", "error") | _FREED)
    .values(
        tries=ENTRIES.c.tries + 1,
        # of other messages the doubt stays; an answer is marked before each try, and by what became of it
        unsure=case(
            (bindparam("maybe", type_=ENTRIES.c.unsure.type), true()), (IS_ANSWER, false()), else_=ENTRIES.c.unsure
        ),
    )
)
_BEGIN = Query(_some().where(_IS_OWED, ENTRIES.c.worker == bindparam("mine")).values(unsure=true()))
_LET_GO = Query(_some().where(_IS_OWED).values(_FREED))
_GIVE_UP = Query(_one().where(_IS_OWED).values(given("error", "given_up_at") | _DONE))
_FREE_OTHERS = Query(update(ENTRIES).where(_IS_OWED, ENTRIES.c.worker != bindparam("mine")).values(_FREED))


class SqlOutbox:
    """See `ports.Outbox`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def claim(self, channels: Sequence[str], lease: Lease, now: datetime, limit: int = 100) -> Sequence[Owed]:
        """Lease what is due and not leased, in order; nothing of a chat whose older message must wait."""
        rows: list[Any] = []
        for channel in channels:
            wanted = self._db.all(
                _CLAIMABLE, start=f"{channel}:", worker=lease.worker, now=now, limit=limit - len(rows)
            )
            if wanted:
                got = {row.id: row for row in self._db.all(_LOCKED, ids=[row.id for row in wanted], now=now)}
                rows += [got[id_] for id_ in _without_gaps(wanted, got)]
        if rows:
            self._db.change(_LEASE, ids=[row.id for row in rows], worker=lease.worker, leased_until=lease.until)
        return [_owed(row, lease) for row in sorted(rows, key=lambda row: row.id)]

    def begin(self, entry_ids: Sequence[int], worker: str) -> bool:
        """They are being sent, and until more is known may have arrived. False if not all are leased to this worker."""
        return self._db.change(_BEGIN, ids=entry_ids, mine=worker) == len(entry_ids)

    def sent(self, entry_ids: Sequence[int], ref: str, now: datetime) -> None:
        """They were delivered as one message; `ref` is the channel's own id for it."""
        self._db.change(_SENT, ids=entry_ids, ref=ref, sent_at=now)

    def put_off(self, entry_id: int, due: datetime, error: str, *, unsure: bool) -> None:
        """It was not delivered; free to be leased again when due."""
        self._db.change(_PUT_OFF, id=entry_id, due_at=due, error=error, maybe=unsure)

    def let_go(self, entry_ids: Sequence[int]) -> None:
        """Give leases back unused."""
        self._db.change(_LET_GO, ids=entry_ids)

    def give_up(self, entry_id: int, error: str, now: datetime) -> None:
        """It will never be delivered."""
        self._db.change(_GIVE_UP, id=entry_id, error=error, given_up_at=now)

    def free_others(self, worker: str) -> None:
        """Take back every lease but this worker's, which alone may send now."""
        self._db.change(_FREE_OTHERS, mine=worker)

    def next_due(self, channels: Sequence[str]) -> datetime | None:
        """When the first message of some chat is due, or its lease ends; None if nothing is owed."""
        dues = [self._db.first(_NEXT, start=f"{channel}:").due for channel in channels]
        return min((due for due in dues if due is not None), default=None)


def _without_gaps(wanted: Sequence[Any], got: Container[int]) -> Iterator[int]:
    """Of each chat what we got, up to the first that somebody else is just claiming or sending."""
    for _, chat in groupby(wanted, key=lambda row: row.address):
        yield from takewhile(got.__contains__, (row.id for row in chat))


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
