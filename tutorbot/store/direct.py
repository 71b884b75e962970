"""A connection of SQLAlchemy's own, to either database, for what is seldom done. Knows no schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from tutorbot.errors import StoreUnavailable
from tutorbot.store import sqlite
from tutorbot.store.query import put
from tutorbot.store.tables import SettingRow, table
from tutorbot.store.urls import path_of

PATIENCE: Final = 5  # seconds for a connection to a server to come about
_NOTE: Final = put(table(SettingRow), "key", always=["value"])


@contextmanager
def connected(url: URL) -> Iterator[Connection]:
    """A connection of SQLAlchemy's own, closed behind it. Whoever uses it commits. StoreUnavailable."""
    path = path_of(url)
    how = {"creator": lambda: sqlite.connect(path)} if path else {"connect_args": {"connect_timeout": PATIENCE}}
    engine = create_engine(url, poolclass=NullPool, **how)
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise StoreUnavailable(f"The database cannot be used now: {error.orig}") from error


def note(connection: Connection, key: str, value: str) -> None:
    """Remember something in the table `settings`. Whoever calls commits."""
    connection.execute(_NOTE, {"key": key, "value": value})
