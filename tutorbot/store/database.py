"""Opens the store that a URL means, or its copies. Knows which file speaks to which database."""

import asyncio
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from secrets import token_hex
from typing import Protocol, TypeVar

from sqlalchemy.engine import URL

from tutorbot.runtime.meters import NO_METERS, Meters
from tutorbot.runtime.ports import Duty, Transaction
from tutorbot.store import sqlite
from tutorbot.store.copies import Copies
from tutorbot.store.crew import Crew
from tutorbot.store.readiness import check_schema
from tutorbot.store.sqlite_copies import SqliteCopies
from tutorbot.store.urls import parse, path_of

T = TypeVar("T")

TOGETHER = 100  # units of work that SQLite's writer commits at once, if so many have queued up
WRITERS = 4  # connections to PostgreSQL that write
READERS = 2


class Company(Protocol):
    """The processes on one database."""

    async def lead(self, duty: Duty, stop: asyncio.Event) -> None: ...
    async def follow(self, heard: Callable[[Sequence[str]], None], stop: asyncio.Event) -> None: ...


class Alone:
    """A SQLite file is served by one process: it leads, and nobody tells it anything."""

    async def lead(self, duty: Duty, _stop: asyncio.Event) -> None:
        """At once."""
        await duty(False)

    async def follow(self, _heard: Callable[[Sequence[str]], None], _stop: asyncio.Event) -> None:
        """Nothing to hear."""


class SqlStore:
    """See `ports.Store`. One crew writes; one reads beside it."""

    def __init__(self, writers: Crew, readers: Crew, meters: Meters, company: Company) -> None:
        self._writers = writers
        self._readers = readers
        self._meters = meters
        self.lead = company.lead
        self.follow = company.follow

    async def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction, committed when this returns. StoreUnavailable if the store is down."""
        return await self._meters.transaction("write", self._writers.do(work))

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work`, which only reads, beside the writers."""
        return await self._meters.transaction("read", self._readers.do(work))

    async def close(self) -> None:
        """Finish what was asked for, then let go of the database."""
        await asyncio.gather(self._writers.close(), self._readers.close())


def open_store(url: str, meters: Meters = NO_METERS) -> SqlStore:
    """The store at this URL. SettingError, StoreUnavailable or SchemaMismatch if it cannot be used."""
    parsed = parse(url)
    check_schema(url)
    path = path_of(parsed)
    return _sqlite(path, meters) if path else _postgres(parsed, meters)


def _sqlite(path: Path, meters: Meters) -> SqlStore:
    return SqlStore(
        Crew("writer", [sqlite.Hand(path, writing=True)], TOGETHER),
        Crew("reader", [sqlite.Hand(path, writing=False) for _ in range(READERS)]),
        meters,
        Alone(),
    )


def _postgres(url: URL, meters: Meters) -> SqlStore:
    # only now: its driver is an extra that may be missing
    postgres, others = import_module("tutorbot.store.postgres"), import_module("tutorbot.store.others")
    name = token_hex(4)
    return SqlStore(
        Crew("writer", [postgres.Hand(url, name, writing=True) for _ in range(WRITERS)]),
        Crew("reader", [postgres.Hand(url, name, writing=False) for _ in range(READERS)]),
        meters,
        others.Others(url, name),
    )


def open_copies(url: str) -> Copies:
    """The database at this URL, to be copied or replaced. SettingError if there is no such kind."""
    parsed = parse(url)
    if path := path_of(parsed):
        return SqliteCopies(path)
    copies: Copies = import_module("tutorbot.store.postgres_copies").PostgresCopies(parsed)
    return copies
