"""PostgreSQL: connections that are lost and found, and transactions in each other's way."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.conftest import Server
from tests.integration.store.sample import ANN, BOB, NOW, learner, owed, rows
from tutorbot.curriculum.lesson import ExerciseKind
from tutorbot.errors import StoreUnavailable
from tutorbot.runtime.ports import Transaction
from tutorbot.store import database
from tutorbot.store import postgres as postgres_hand
from tutorbot.store.database import SqlStore
from tutorbot.store.schema import migrate
from tutorbot.store.tables import EntryRow, SettingRow
from tutorbot.store.urls import parse
from tutorbot.tutor.replies import RecordAttempt

pytestmark = pytest.mark.postgres
ATTEMPT = RecordAttempt("fake-email", "sender", "e1", ExerciseKind.ONE, "A", right=True, first_try=True, hints=0)
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = "


@pytest.fixture
def store(postgres_url: str, open_stores: Callable[[str], SqlStore]) -> SqlStore:
    return open_stores(postgres_url)


def cut(server: Server) -> None:
    """End every connection to the database at head."""
    server.run(CUT + "current_database()", on=server.at_head)


def test_connection_notices_a_server_that_is_gone(postgres_url: str) -> None:
    with postgres_hand.connect(make_url(postgres_url)) as connection:
        given = connection.info.get_parameters()
    seconds = int(given["keepalives_idle"]) + int(given["keepalives_interval"]) * int(given["keepalives_count"])
    assert seconds <= 20


ODD = "p a+ss/w:o@rd%20?#'é"


@pytest.fixture
def odd_url(postgres: Server, postgres_url: str) -> Iterator[str]:
    """The address of a role whose name and password hold odd letters, with options for TLS, as somebody writes it."""
    quoted = ODD.replace("'", "''")
    postgres.run(f"CREATE ROLE \"odd one\" LOGIN SUPERUSER PASSWORD '{quoted}'")
    url = make_url(postgres_url).update_query_dict({"sslmode": "allow", "sslrootcert": "/no/such file"})
    where = url.render_as_string(hide_password=False).rpartition("@")[2]
    yield f"postgres://{quote('odd one')}:{quote(ODD, safe='')}@{where}"
    postgres.run('DROP ROLE "odd one"')


def test_odd_letters_and_options_of_the_address_reach_the_server(odd_url: str) -> None:
    with postgres_hand.connect(parse(odd_url)) as connection:
        given, info = connection.info.get_parameters(), connection.info
        assert (info.user, info.password) == ("odd one", ODD)
        assert (given["sslmode"], given["sslrootcert"]) == ("allow", "/no/such file")
        assert connection.execute("SELECT current_user").fetchone() == ("odd one",)


async def test_store_and_migration_open_an_address_with_odd_letters(
    odd_url: str, open_stores: Callable[[str], SqlStore]
) -> None:
    assert migrate(odd_url) == []
    assert (await learner(open_stores(odd_url))).address == ANN


async def test_connection_lost_between_two_works_is_not_noticed(store: SqlStore, postgres: Server) -> None:
    before = [await learner(store) for _ in range(database.WRITERS)]
    cut(postgres)
    assert [await learner(store) for _ in range(database.WRITERS)] == before


async def test_connection_lost_in_the_middle_leaves_nothing(store: SqlStore, postgres: Server) -> None:
    def half(tx: Transaction) -> None:
        tx.record.write([owed("never said")])
        cut(postgres)
        tx.record.write([owed("never said either")])

    with pytest.raises(StoreUnavailable):
        await store.transact(half)
    assert rows(postgres.at_head, EntryRow) == []
    assert (await learner(store)).address == ANN


async def test_connection_lost_before_the_commit_leaves_nothing(store: SqlStore, postgres: Server) -> None:
    def last(tx: Transaction) -> None:
        tx.remember("offset", "1")
        cut(postgres)

    with pytest.raises(StoreUnavailable):
        await store.transact(last)
    assert rows(postgres.at_head, SettingRow) == []


async def test_work_that_hides_an_error_of_the_database_is_not_taken_for_done(
    store: SqlStore, postgres_url: str
) -> None:
    def hide(tx: Transaction) -> None:
        tx.remember("offset", "1")
        with suppress(psycopg.Error):
            tx.learners.note(404, ATTEMPT, NOW)

    with pytest.raises(RuntimeError, match="hid an error"):
        await store.transact(hide)
    assert rows(postgres_url, SettingRow) == []


async def test_of_two_works_that_block_each_other_one_is_run_again(store: SqlStore) -> None:
    ann, bob = await learner(store, ANN), await learner(store, BOB)
    both_have_one, tries = Barrier(2), list[int]()

    def lock(first: int, second: int) -> Callable[[Transaction], Any]:
        def work(tx: Transaction) -> None:
            tries.append(first)
            tx.learners.get(first)
            with suppress(BrokenBarrierError):  # the second try meets nobody here
                both_have_one.wait(0.2)
            tx.learners.get(second)

        return work

    await asyncio.gather(store.transact(lock(ann.id, bob.id)), store.transact(lock(bob.id, ann.id)))
    assert len(tries) > 2
