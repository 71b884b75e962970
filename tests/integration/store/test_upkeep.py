"""How much is owed, who waits, and whether the database takes what we write."""

from collections.abc import Callable
from dataclasses import replace

import psycopg
import pytest

from tests.conftest import Server
from tests.integration.store.sample import AMIR, ANN, MINUTE, NOW, QUESTION, claim, learner, owed, write
from tutorbot.errors import StoreUnavailable
from tutorbot.runtime.values import Pile
from tutorbot.store.database import SqlStore
from tutorbot.store.schema import head


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


async def test_version_is_told_where_we_can_write(store: SqlStore) -> None:
    assert await store.transact(lambda tx: tx.upkeep.version()) == head()


@pytest.mark.postgres
async def test_server_that_only_reads_is_unavailable(
    postgres: Server, postgres_url: str, open_stores: Callable[[str], SqlStore]
) -> None:
    name = psycopg.conninfo.conninfo_to_dict(postgres_url.replace("+psycopg", ""))["dbname"]
    postgres.run(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    try:
        with pytest.raises(StoreUnavailable):
            await open_stores(postgres_url).transact(lambda tx: tx.upkeep.version())
    finally:
        postgres.run(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
