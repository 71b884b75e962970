"""What the tests of the store write: made-up people and plain words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, create_engine, select
from sqlalchemy.pool import NullPool

from tutorbot.messages.message import Message
from tutorbot.runtime.ports import Store
from tutorbot.runtime.values import Address, Author, Learner, Lease, NewEntry
from tutorbot.store.tables import Row, table
from tutorbot.store.urls import parse
from tutorbot.tutor.replies import OpenTicket, Reason

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ANN, BOB = Address("telegram", "1001"), Address("telegram", "1002")
AMIR, DANA = Address("telegram", "2001"), Address("desk", "dana")
ME, OTHER = Lease("me", NOW + MINUTE), Lease("other", NOW + MINUTE)
QUESTION = OpenTicket(Reason.ASKED, "Ann", "en", lesson="fake-email", title="Spot a fake email", tried=("A",))


async def learner(store: Store, address: Address = ANN) -> Learner:
    """The learner of this address."""
    return await store.transact(lambda tx: tx.learners.at(address, "en", NOW))


def owed(text: str, to: Address = ANN, **more: Any) -> NewEntry:
    """A message of ours that has to be sent."""
    return NewEntry(to, Author.TUTOR, Message(text), NOW, owed=True, **more)


async def write(store: Store, *entries: NewEntry, lease: Lease | None = None) -> list[str]:
    """Write entries; the texts of those that may be sent at once."""
    return texts(await store.transact(lambda tx: tx.record.write(entries, lease)))


async def claim(store: Store, lease: Lease = ME, now: datetime = NOW, limit: int = 100) -> list[str]:
    """Claim what is owed; its texts."""
    return texts(await store.transact(lambda tx: tx.outbox.claim(["telegram"], lease, now, limit)))


async def ids(store: Store, address: Address = ANN) -> list[int]:
    """The ids of a chat's entries, oldest first."""
    return [entry.id for entry in await store.read(lambda tx: tx.record.of_chat(address))]


def texts(messages: Any) -> list[str]:
    """What they say."""
    return [one.message.text for one in messages]


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """The database itself, beside the store; committed at the end."""
    with create_engine(parse(url), poolclass=NullPool).begin() as connection:
        yield connection


def rows(url: str, row: type[Row]) -> list[Any]:
    """A table as it is in the database, in the order of its key."""
    with connected(url) as connection:
        return list(connection.execute(select(table(row)).order_by(*table(row).primary_key)))
