"""SQLite: many units of work in one commit, each of them alone in its savepoint."""

import asyncio
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.integration.store.sample import ANN, learner, owed, rows, write
from tutorbot.errors import StoreUnavailable
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.values import Address
from tutorbot.store import audit, held, learners, outbox, record, sqlite, ticket_views, tickets
from tutorbot.store.database import SqlStore
from tutorbot.store.query import Query
from tutorbot.store.tables import EntryRow, LearnerRow, Row
from tutorbot.store.urls import parse, path_of

Work = Callable[[Transaction], Any]


@pytest.fixture
def store(sqlite_url: str, open_stores: Callable[[str], SqlStore]) -> SqlStore:
    return open_stores(sqlite_url)


def say(text: str) -> Work:
    return lambda tx: tx.record.write([owed(text)])


def said(url: str) -> list[str]:
    return [row.message.text for row in rows(url, EntryRow)]


def fail(tx: Transaction) -> None:
    tx.record.write([owed("never said")])
    raise LookupError


def hold(busy: Event, free: Event) -> Work:
    """Work that keeps the writer busy until it is set free."""

    def work(tx: Transaction) -> None:
        busy.set()
        free.wait()

    return work


async def together(store: SqlStore, *works: Work) -> list[Any]:
    """Hand in all of these while the writer is busy, so that it takes them at once; what came of each."""
    busy, free = Event(), Event()
    first = asyncio.create_task(store.transact(hold(busy, free)))
    await asyncio.to_thread(busy.wait)
    others = asyncio.gather(*(store.transact(work) for work in works), return_exceptions=True)
    await asyncio.sleep(0)
    free.set()
    await first
    return list(await others)


class Refusing(sqlite3.Connection):
    """A connection that can be told to refuse a statement, as on a full disk."""

    refused = ""
    code = sqlite3.SQLITE_FULL

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if self.refused and sql.startswith(self.refused):
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = self.code
            raise error
        return super().execute(sql, *values)


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> type[Refusing]:
    """What the store connects with from now on."""

    class Connection(Refusing):
        pass

    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **more: real(*args, **more, factory=Connection))
    return Connection


async def test_work_that_raises_undoes_nothing_of_its_neighbours(store: SqlStore, sqlite_url: str) -> None:
    results = await together(store, say("1"), fail, say("2"))
    assert [type(result) for result in results] == [list, LookupError, list]
    assert said(sqlite_url) == ["1", "2"]


async def test_transaction_that_sqlite_gave_up_is_told_to_all(store: SqlStore, sqlite_url: str) -> None:
    def give_up(tx: Any) -> None:  # as SQLite does by itself on some faults of the disk
        tx._db._driver.execute("ROLLBACK")
        raise LookupError

    results = await together(store, say("1"), give_up, say("2"))
    assert [type(result) for result in results] == [StoreUnavailable] * 3
    await write(store, owed("after"))
    assert said(sqlite_url) == ["after"]


async def test_what_queued_up_is_committed_at_once(refusing: type[Refusing], store: SqlStore, sqlite_url: str) -> None:
    begun: list[str] = []

    def execute(self: Refusing, sql: str, *values: Any) -> sqlite3.Cursor:
        begun.extend([sql] if sql.startswith("BEGIN") else [])
        return super(Refusing, self).execute(sql, *values)

    refusing.execute = execute  # type: ignore[method-assign]
    await together(store, *(say(str(number)) for number in range(20)))
    assert begun == ["BEGIN IMMEDIATE"] * 2


@pytest.mark.parametrize("statement", ["COMMIT", "BEGIN", "RELEASE"])
async def test_refused_commit_is_told_to_all_and_leaves_nothing(
    refusing: type[Refusing], store: SqlStore, sqlite_url: str, statement: str
) -> None:
    await write(store, owed("before"))
    results = []
    async with asyncio.TaskGroup() as group:
        refusing.refused = statement
        tasks = [group.create_task(_outcome(store, work)) for work in (say("1"), say("2"), say("3"))]
    results = [task.result() for task in tasks]
    assert [type(result) for result in results] == [StoreUnavailable] * 3
    refusing.refused = ""
    await write(store, owed("after"))
    assert said(sqlite_url) == ["before", "after"]


async def test_bug_in_the_sql_is_not_taken_for_a_full_disk(refusing: type[Refusing], store: SqlStore) -> None:
    refusing.refused, refusing.code = "INSERT", sqlite3.SQLITE_ERROR
    with pytest.raises(sqlite3.OperationalError):
        await store.transact(say("1"))


async def test_full_database_is_unavailable_until_there_is_room(
    store: SqlStore, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, opened = sqlite.connect, list[sqlite3.Connection]()

    def tiny(path: Path) -> sqlite3.Connection:
        opened.append(real(path))
        opened[-1].execute("PRAGMA max_page_count = 1")  # no page more than there are
        return opened[-1]

    monkeypatch.setattr(sqlite, "connect", tiny)
    big = say("x" * 100_000)
    assert [type(result) for result in await together(store, big, big)] == [StoreUnavailable] * 2
    assert said(sqlite_url) == []
    opened[-1].execute("PRAGMA max_page_count = 100000")
    monkeypatch.setattr(sqlite, "connect", real)
    await store.transact(big)
    assert len(said(sqlite_url)) == 1


async def test_file_that_may_only_be_read_is_unavailable_until_it_may_be_written(
    store: SqlStore, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlite.connect

    def closed(path: Path) -> sqlite3.Connection:
        connection = real(path)
        connection.execute("PRAGMA query_only = ON")  # what is written is refused as in a file of somebody else's
        return connection

    monkeypatch.setattr(sqlite, "connect", closed)
    with pytest.raises(StoreUnavailable):
        await store.transact(say("a"))
    monkeypatch.setattr(sqlite, "connect", real)
    await store.transact(say("b"))
    assert said(sqlite_url) == ["b"]


async def test_file_locked_by_another_program_is_unavailable_for_now(
    store: SqlStore, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.01)
    path = path_of(parse(sqlite_url))
    assert path
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"):
        await learner(store)
    assert await store.read(lambda tx: tx.setting("offset")) is None
    other.execute("ROLLBACK")
    other.close()
    assert (await learner(store)).address == ANN


async def test_file_that_has_gone_is_unavailable(store: SqlStore, sqlite_url: str) -> None:
    path = path_of(parse(sqlite_url))
    assert path
    path.unlink()
    with pytest.raises(StoreUnavailable, match="unable to open"):
        await learner(store)


async def test_caller_who_goes_away_does_not_stop_the_work(store: SqlStore, sqlite_url: str) -> None:
    busy, free = Event(), Event()
    first = asyncio.create_task(store.transact(hold(busy, free)))
    await asyncio.to_thread(busy.wait)
    gone = asyncio.create_task(store.transact(say("heard")))
    await asyncio.sleep(0)
    gone.cancel()
    free.set()
    await first
    await store.close()
    assert said(sqlite_url) == ["heard"]


async def test_closing_finishes_what_was_asked_for(store: SqlStore, sqlite_url: str) -> None:
    works = [asyncio.create_task(store.transact(say(str(number)))) for number in range(150)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*works)
    assert len(said(sqlite_url)) == 150
    with pytest.raises(StoreUnavailable, match="closed"):
        await learner(store)


async def test_two_programs_on_one_file_lose_nothing(sqlite_url: str, open_stores: Callable[[str], SqlStore]) -> None:
    stores = [open_stores(sqlite_url) for _ in range(3)]
    chats = [Address("web", str(number)) for number in range(20)]
    await asyncio.gather(*(learner(store, chat) for store in stores for chat in chats))
    assert len(rows(sqlite_url, LearnerRow)) == 20


WALKS = re.compile(r"SCAN (\w+)(?!.* INDEX )|SEARCH (\w+) USING INTEGER PRIMARY KEY \(rowid>\?\)")
QUERIES = [
    pytest.param(query, id=f"{module.__name__.rpartition('.')[2]}{name}")
    for module in (audit, held, learners, outbox, record, ticket_views, tickets)
    for name, query in vars(module).items()
    if isinstance(query, Query) and not query.plan(sqlite.DIALECT).sql.startswith("INSERT")
]


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_walks_through_a_whole_table(query: Query, sqlite_at_head: Path) -> None:
    plan = query.plan(sqlite.DIALECT)
    connection = sqlite.connect(sqlite_at_head)
    steps = connection.execute(f"EXPLAIN QUERY PLAN {plan.sql}", [None] * len(plan.takes)).fetchall()
    connection.close()
    walked = [found for *_, step in steps if (found := WALKS.match(step))]
    assert not [found[0] for found in walked if (found[1] or found[2]) in Row.metadata.tables]


def test_what_waits_before_a_message_is_looked_for_among_what_is_owed(sqlite_at_head: Path) -> None:
    plan = record._BEFORE.plan(sqlite.DIALECT)
    connection = sqlite.connect(sqlite_at_head)
    ((*_, step),) = connection.execute(f"EXPLAIN QUERY PLAN {plan.sql}", [None] * len(plan.takes)).fetchall()
    connection.close()
    assert step == "SEARCH entries USING INDEX ix_entries_owed (address=?)"


async def _outcome(store: SqlStore, work: Work) -> Any:
    try:
        return await store.transact(work)
    except StoreUnavailable as error:
        return error
