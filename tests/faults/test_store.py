"""The database is locked, full, slow, read-only or gone: nothing is acknowledged or half done, and it mends alone."""

import asyncio
import resource
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.conftest import Server
from tests.fake_bot_api import FakeBotApi
from tests.faults.conftest import opened
from tests.faults.town import PATIENCE, Town, Walker, called_by, company, settings

LEARNERS = 3


@pytest.fixture
async def asking(fake: FakeBotApi, tmp_path: Path, sqlite_url: str) -> AsyncIterator[Town]:
    """The program asks Telegram, and has SQLite."""
    async for town in opened(fake, tmp_path, sqlite_url):
        yield town


@pytest.fixture
async def called(fake: FakeBotApi, tmp_path: Path, sqlite_url: str) -> AsyncIterator[Town]:
    """Telegram calls the program, which has SQLite."""
    async for town in opened(fake, tmp_path, sqlite_url, called=True):
        yield town


@pytest.fixture
async def served(fake: FakeBotApi, tmp_path: Path, postgres_url: str) -> AsyncIterator[Town]:
    """Telegram calls the program, which has PostgreSQL."""
    async for town in opened(fake, tmp_path, postgres_url, called=True):
        yield town


@pytest.fixture
async def crowd(fake: FakeBotApi, tmp_path: Path, postgres_url: str) -> AsyncIterator[Town]:
    """Telegram calls two webs, and two workers do the rest."""
    programs = company(settings(fake, tmp_path, postgres_url))
    await asyncio.gather(*(program.start() for program in programs))
    await called_by(fake, programs)
    yield Town(fake, programs[0], postgres_url, tmp_path / "lessons")
    codes = await asyncio.gather(*(program.end(signal.SIGTERM) for program in programs))
    assert set(codes) == {0}
    assert "Traceback" not in "\n".join(line for program in programs for line in program.written)


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Somebody else writes into the SQLite file, and takes their time."""
    held = sqlite3.connect(str(make_url(url).database), isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    yield
    held.close()


@contextmanager
def full(pid: int) -> Iterator[None]:
    """No file of this process may grow: as on a full disk."""
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, before[1]))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def gone(server: Server, url: str) -> Iterator[None]:
    """PostgreSQL ends every connection of this database and takes no new one."""
    name = make_url(url).database
    server.run(
        f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false',
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
    )
    yield
    server.run(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


@contextmanager
def read_only(server: Server, url: str) -> Iterator[None]:
    """PostgreSQL takes nothing that is written, of whoever connects from now on; and all have to."""
    name = make_url(url).database
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    server.run(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on', cut)
    yield
    server.run(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')


SLOW = """
CREATE FUNCTION wait_at_the_gate() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_advisory_xact_lock_shared(27); RETURN NULL; END';
CREATE CONSTRAINT TRIGGER gate AFTER INSERT ON attempts DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION wait_at_the_gate();
"""


@contextmanager
def slow(url: str) -> Iterator[Callable[[], Any]]:
    """No commit of an answer comes to its end. Gives whether one has begun, as far as can be known."""
    if url.startswith("sqlite"):
        with locked(url):
            yield lambda: True
        return
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as held:
        held.execute(SLOW)
        held.execute("SELECT pg_advisory_lock(27)")
        waits = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        yield lambda: held.execute(waits).fetchone()
        held.execute("SELECT pg_advisory_unlock(27)")
        held.execute("DROP TRIGGER gate ON attempts; DROP FUNCTION wait_at_the_gate")


async def health(town: Town, path: str) -> tuple[int, str]:
    """The status and the words of one of the pages about our health."""
    url = f"http://127.0.0.1:{town.program.environment['PORT']}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def all_wait(town: Town, walkers: list[Walker]) -> None:
    """Everybody answers, and the program says that it cannot write it down."""
    for walker in walkers:
        walker.presses("A")
    told = "The database does not answer"
    await town.until(lambda: any(told in line for line in town.program.said))
    assert len(town.fake.waiting) == len(walkers)


async def test_sqlite_locked_by_another_moves_no_offset(asking: Town) -> None:
    walkers = await asking.on_first_quiz(LEARNERS)
    with locked(asking.database_url):
        await all_wait(asking, walkers)
    await asking.check()


async def test_disk_that_takes_no_more_is_told_with_503(called: Town) -> None:
    walkers = await called.on_first_quiz(LEARNERS)
    assert called.program.process
    with full(called.program.process.pid):
        await all_wait(called, walkers)
        await called.fake.wait_for(lambda: 503 in called.fake.webhook.statuses, PATIENCE)
    await called.check()
    assert set(called.fake.webhook.statuses) == {200, 503}


@pytest.mark.postgres
async def test_postgres_that_went_away_is_told_with_503(served: Town, postgres: Server) -> None:
    walkers = await served.on_first_quiz(LEARNERS)
    with gone(postgres, served.database_url):
        await all_wait(served, walkers)
        await served.fake.wait_for(lambda: 503 in served.fake.webhook.statuses, PATIENCE)
    await served.check()
    assert set(served.fake.webhook.statuses) == {200, 503}


@pytest.mark.postgres
async def test_postgres_that_only_reads_is_told_with_503_and_is_left_as_soon_as_it_writes(
    served: Town, postgres: Server
) -> None:
    walkers = await served.on_first_quiz(LEARNERS)
    with read_only(postgres, served.database_url):
        await all_wait(served, walkers)
        assert await health(served, "/healthz") == (200, '{"status":"ok"}')
        assert (await health(served, "/readyz"))[0] == 503
    await served.check()
    assert set(served.fake.webhook.statuses) == {200, 503}


async def test_slow_database_makes_turns_wait_and_loses_none(town: Town) -> None:
    walkers = await town.on_first_quiz(LEARNERS)
    with slow(town.database_url) as one_waits:
        for walker in walkers:
            walker.presses("A")
        await town.until(one_waits)
        assert await health(town, "/healthz") == (200, '{"status":"ok"}')
        if town.database_url.startswith("sqlite"):  # one writer: nothing else can be kept meanwhile
            status, words = await health(town, "/readyz")
            assert status == 503
            assert "the database" in words
        assert len(town.fake.waiting) == LEARNERS
    await town.check()


@pytest.mark.postgres
async def test_stop_that_waits_no_longer_for_a_slow_database_is_no_bug_and_loses_nothing(served: Town) -> None:
    walkers = await served.on_first_quiz(LEARNERS)
    assert served.program.process
    with slow(served.database_url) as one_waits:
        for walker in walkers:
            walker.presses("A")
        await served.until(one_waits)
        served.program.process.send_signal(signal.SIGTERM)
        await served.until(lambda: any("graceful shutdown exceeded" in line for line in served.program.said))
    await served.buried()
    assert served.program.process.returncode == 0
    await served.back()
    await served.check()


@pytest.mark.postgres
async def test_postgres_that_went_away_from_many_processes_is_led_again_and_loses_nothing(
    crowd: Town, postgres: Server
) -> None:
    walkers = await crowd.on_first_quiz(4 * LEARNERS)
    for walker in walkers:
        walker.says("menu")
    with gone(postgres, crowd.database_url):
        for walker in walkers:
            walker.presses("A")
        await crowd.fake.wait_for(lambda: 503 in crowd.fake.webhook.statuses, PATIENCE)
    crowd.kills = 1  # what was on its way when the connections ended may have been sent, and not marked
    await crowd.check()
