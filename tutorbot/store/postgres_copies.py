"""Copies of a PostgreSQL database: dumps made and read by PostgreSQL's own tools, found on PATH. See `copies`.

A password never stands on a command line, where every user of the machine could read it.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL

from tutorbot.errors import StoreError, StoreUnavailable
from tutorbot.store.copies import Contents, Told
from tutorbot.store.postgres import parts_of

PATIENCE: Final = 5  # seconds for a connection to come about
_OURS: Final = "tutorbot"  # what a running tutor calls itself there
_TABLES: Final = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
_INSTALL: Final = (
    "Install PostgreSQL's client programs, of the server's version or newer. "
    "On Debian and Ubuntu: sudo apt install postgresql-client."
)
_AT_IT: Final = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND application_name = %s AND pid <> pg_backend_pid()"
)


class PostgresCopies:
    """See `copies.Copies`."""

    kind = "postgresql"
    keeps_old = False

    def __init__(self, url: URL) -> None:
        given = parts_of(url)
        self._password = str(given.pop("password", ""))
        self._where = make_conninfo(**{name: str(value) for name, value in given.items()}, connect_timeout=PATIENCE)

    def contents(self) -> Contents:
        """What is in the database now."""
        with self._connected() as connection:
            return _contents(connection)

    def in_use(self) -> bool:
        """Whether a tutor is connected."""
        with self._connected() as connection:
            return bool(_one(connection, _AT_IT, [_OURS]))

    def copy_to(self, file: Path, told: Told) -> Contents:
        """Dump the database into a new file, readable to its owner alone, and look through the dump."""
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        told(0, 1)
        with self._connected() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            moment = _one(connection, "SELECT pg_export_snapshot()")  # what is counted is what is dumped
            schema = _one(connection, "SELECT current_schema()")
            contents = _contents(connection)
            self._tool(
                "pg_dump",
                *("--format=custom", "--no-owner", "--no-privileges"),
                *(f"--schema={schema}", f"--snapshot={moment}", f"--file={file}", f"--dbname={self._where}"),
            )
        told(1, 1)
        self.examine(file)
        return contents

    def examine(self, file: Path) -> None:
        """Look through a dump. StoreError if it is damaged."""
        self._tool("pg_restore", "--file", os.devnull, str(file))

    @contextmanager
    def replaced_by(self, file: Path, stamp: str) -> Iterator[str]:
        """Put the dump in the place of our tables, which wait in a schema of their own until all is well."""
        aside = f"before_{stamp.replace('-', '_')}"
        with self._connected() as connection:
            schema = str(_one(connection, "SELECT current_schema()"))
            with connection.transaction():
                connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(aside)))
                _move(connection, schema, aside)
            try:
                self._tool(
                    "pg_restore",
                    *("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"),
                    *(f"--schema={schema}", f"--dbname={self._where}", str(file)),
                )
                yield ""
            except BaseException:
                with connection.transaction():
                    for name in _tables(connection):
                        connection.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier(schema, name)))
                    _move(connection, aside, schema)
                    _drop(connection, aside)
                raise
            _drop(connection, aside)

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        try:
            with psycopg.connect(self._where, password=self._password, autocommit=True) as connection:
                yield connection
        except psycopg.Error as error:
            raise StoreUnavailable(f"The database cannot be used now: {error}") from error

    def _tool(self, name: str, *words: str) -> None:
        """Run one of PostgreSQL's tools. StoreError with what it said, if it is not there or does not succeed."""
        found = shutil.which(name)
        if not found:
            raise StoreError(f"{name} was not found. {_INSTALL}")
        secret = {"PGPASSWORD": self._password} if self._password else {}
        done = subprocess.run(  # noqa: S603 (the words are ours, and no shell reads them)
            [found, *words], env={**os.environ, **secret}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            said = "; ".join(done.stderr.splitlines()[:4])
            todo = " Install the client programs of the server's version." if "version" in said else ""
            raise StoreError(f"{name} stopped: {said}.{todo}")


def _contents(connection: psycopg.Connection) -> Contents:
    names = _tables(connection)
    version = ""
    if "alembic_version" in names:
        names.remove("alembic_version")
        version = str(_one(connection, "SELECT version_num FROM alembic_version") or "")
    count = sql.SQL("SELECT count(*) FROM {}")
    return Contents(version, {name: int(_one(connection, count.format(sql.Identifier(name)))) for name in names})


def _tables(connection: psycopg.Connection) -> list[str]:
    return [str(name) for (name,) in connection.execute(_TABLES)]


def _one(connection: psycopg.Connection, question: Any, values: Sequence[str] = ()) -> Any:
    row = connection.execute(question, values).fetchone()
    return row[0] if row else None


def _move(connection: psycopg.Connection, old: str, new: str) -> None:
    """Take every table along, with its indexes and its counters."""
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [old]).fetchall()
    for (name,) in found:
        words = sql.SQL("ALTER TABLE {} SET SCHEMA {}").format(sql.Identifier(old, name), sql.Identifier(new))
        connection.execute(words)


def _drop(connection: psycopg.Connection, schema: str) -> None:
    connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))
