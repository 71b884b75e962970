"""The version of the schema: bring a database to it, and check that it is there. Knows Alembic.

migrate("sqlite:///data/tutorbot.db")           # before a program starts, and again after each change of it
draft(url_of_a_database_at_head, "why")         # for developers: a new version from what changed in `tables`
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from tutorbot.errors import SchemaMismatch, StoreUnavailable
from tutorbot.store import sqlite
from tutorbot.store.urls import parse, path_of

_LOCK: Final = 0x7475746F72  # "tutor": PostgreSQL's advisory locks have numbers for names
PATIENCE: Final = 5  # seconds for a connection to a server to come about
MIGRATIONS: Final = Path(__file__).parent / "migrations"


def migrate(url: str) -> list[str]:
    """Bring the database to the version this program knows; what was applied, oldest first, as "0001 The first schema".

    Makes the SQLite file if there is none, readable to its owner alone. All or nothing. Two at once: the second waits,
    and finds the work done. StoreUnavailable if the database does not answer.
    """
    parsed = parse(url)
    if path := path_of(parsed):
        _make_file(path)
    applied: list[str] = []
    with _connection(parsed) as connection:
        _take_turn(connection)
        config = _config(connection)
        config.attributes["on_version_apply"] = lambda *, step, **_: applied.append(_words(step.up_revision))
        command.upgrade(config, "head")
        connection.commit()
    return applied


def check_schema(url: str) -> None:
    """SchemaMismatch unless the database is at the version this program knows; StoreUnavailable if it is not there."""
    parsed = parse(url)
    path = path_of(parsed)
    if path and not path.exists():
        raise SchemaMismatch(f"There is no database at {path} yet. Run `tutorbot migrate`.")
    with _connection(parsed) as connection:
        found = MigrationContext.configure(connection).get_current_heads()
        known = ScriptDirectory.from_config(_config(connection)).get_heads()
    if set(found) != set(known):
        raise SchemaMismatch


def draft(url: str, why: str) -> None:
    """Write a new version into `migrations/versions`: what `tables` has and this database at head has not."""
    with _connection(parse(url)) as connection:
        command.revision(_config(connection), message=why, autogenerate=True)


def _words(version: Script) -> str:
    return f"{version.revision} {version.doc.rstrip('.')}"


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _connection(url: URL) -> Iterator[Connection]:
    path = path_of(url)
    how = {"creator": lambda: sqlite.connect(path)} if path else {"connect_args": {"connect_timeout": PATIENCE}}
    engine = create_engine(url, poolclass=NullPool, **how)
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise StoreUnavailable(f"The database cannot be used now: {error.orig}") from error


def _take_turn(connection: Connection) -> None:
    """Begin the transaction that keeps every other migration, and on SQLite every other writer, waiting."""
    if connection.dialect.name == "sqlite":
        # To change a table SQLite copies it and drops the old one, which must not drop what points at it.
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreUnavailable(f"The database {path} cannot be made: {error.strerror}.") from error
