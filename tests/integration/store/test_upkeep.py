"""How much is owed, who waits, and whether the database takes what we write."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace

import psycopg
import pytest
from sqlalchemy import text

from tests.conftest import Server
from tests.integration.store.sample import (
    AMIR,
    ANN,
    MINUTE,
    NOW,
    QUESTION,
    claim,
    connected,
    learner,
    owed,
    rows,
    write,
)
from tutorbot.errors import SchemaMismatch, StoreUnavailable
from tutorbot.runtime.values import Pile
from tutorbot.store.database import SqlStore
from tutorbot.store.tables import SettingRow
from tutorbot.store.versions import head


async def test_what_is_owed_is_counted_from_the_oldest(store: SqlStore) -> None:
    assert await store.read(lambda tx: tx.upkeep.owed(NOW)) == Pile(0, None)
    await write(store, replace(owed("old"), at=NOW - 2 * MINUTE), replace(owed("new"), at=NOW - MINUTE), owed("now"))
    assert await store.read(lambda tx: tx.upkeep.owed(NOW)) == Pile(2, NOW - 2 * MINUTE)
    await store.transact(lambda tx: tx.outbox.sent([1, 2, 3], "7", NOW))


async def test_what_is_set_aside_is_not_sent(store: SqlStore) -> None:
    await write(store, replace(owed("old"), at=NOW - 2 * MINUTE), owed("now"))
    assert await store.transact(lambda tx: tx.upkeep.set_aside(NOW - MINUTE, "too old", NOW)) == 1
    assert await claim(store) == ["now"]


async def test_who_waits_is_counted_and_who_is_helped_is_not(store: SqlStore) -> None:
    ann = await learner(store, ANN)
    assert await store.read(lambda tx: tx.upkeep.waiting()) == Pile(0, None)
    ticket = await store.transact(lambda tx: tx.tickets.open(ann.id, QUESTION, NOW))
    assert await store.read(lambda tx: tx.upkeep.waiting()) == Pile(1, NOW)
    amir = await store.transact(lambda tx: tx.helpers.at(AMIR, "Amir", NOW))
    await store.transact(lambda tx: tx.tickets.claim(ticket.id, amir, NOW))
    assert (await store.read(lambda tx: tx.upkeep.waiting())).count == 0


async def test_store_is_checked_without_a_trace(store: SqlStore, database_url: str) -> None:
    before = rows(database_url, SettingRow)
    await store.transact(lambda tx: tx.upkeep.check())
    assert rows(database_url, SettingRow) == before


@pytest.mark.parametrize(("version", "well"), [("0000", False), ("9999", True)])
async def test_older_database_is_not_ready_and_a_newer_one_is(
    store: SqlStore, database_url: str, version: str, well: bool
) -> None:
    with connected(database_url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    try:
        with nullcontext() if well else pytest.raises(SchemaMismatch):
            await store.transact(lambda tx: tx.upkeep.check())
    finally:
        with connected(database_url) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": head()})


@pytest.mark.postgres
async def test_server_that_only_reads_is_unavailable(
    postgres: Server, postgres_url: str, open_stores: Callable[[str], SqlStore]
) -> None:
    name = psycopg.conninfo.conninfo_to_dict(postgres_url.replace("+psycopg", ""))["dbname"]
    postgres.run(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    try:
        with pytest.raises(StoreUnavailable):
            await open_stores(postgres_url).transact(lambda tx: tx.upkeep.check())
    finally:
        postgres.run(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
