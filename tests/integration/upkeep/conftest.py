"""A house with somebody in it, of each kind of database, and PostgreSQL's own tools where they are."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import Server
from tests.integration.store.sample import ANN, BOB, learner, owed
from tutorbot.store.database import SqlStore, open_store
from tutorbot.upkeep.place import Place

NOW = datetime(2026, 11, 22, 12, 5, tzinfo=UTC)
KEY = "a-key-of-a-test-that-nobody-guesses-27"
OLD, NEW = NOW - timedelta(days=2), NOW - timedelta(hours=1)


@pytest.fixture
def empty_place(empty_url: str, tmp_path: Path, tools: None) -> Place:
    """A machine on which nothing has been yet."""
    return Place(empty_url, tmp_path / "new")


@pytest.fixture
async def place(database_url: str, tmp_path: Path, tools: None) -> Place:
    """A house with two learners, to whom an old and a new message is owed."""
    store = open_store(database_url)
    await fill(store)
    await store.close()
    data = tmp_path / "house"
    data.mkdir()
    (data / "secret_key").write_text(KEY)
    return Place(database_url, data)


async def fill(store: SqlStore) -> None:
    """Two learners, and what is owed to them."""
    for address in (ANN, BOB):
        await learner(store, address)
    await store.transact(lambda tx: tx.record.write([replace(owed("old news"), at=OLD), replace(owed("news"), at=NEW)]))


@pytest.fixture
def elsewhere(place: Place, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A new machine, for a database of the same kind."""
    if place.url.startswith("sqlite"):
        yield Place(f"sqlite:///{tmp_path}/new/tutorbot.db", tmp_path / "new")
        return
    server: Server = request.getfixturevalue("postgres")
    url = server.make()
    yield Place(url, tmp_path / "new")
    server.drop(url)
