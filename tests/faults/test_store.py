"""The database is locked, full or gone: nothing is acknowledged or half done, and it mends without a restart."""

import resource
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.conftest import Server
from tests.fake_bot_api import FakeBotApi
from tests.faults.conftest import opened
from tests.faults.town import PATIENCE, Town, Walker

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
