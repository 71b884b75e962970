"""SQLite: one file, one writer, some readers beside it. Knows the driver; knows no table.

Group commit: the writer takes what has queued up, runs each unit of work in its own savepoint and commits all of them
at once. A unit that raises is undone alone; when the commit is refused, all of them are undone and told so.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

from tutorbot.errors import StoreUnavailable
from tutorbot.store.crew import Outcome, Work
from tutorbot.store.query import Database
from tutorbot.store.transaction import SqlTransaction

PATIENCE: Final = 5.0  # seconds that we wait for another process to finish writing

# Of SQLite's codes, those that tell of the disk, the file or another process. All others are bugs of ours.
_UNAVAILABLE: Final = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}


class _Compiler(SQLiteCompiler):
    """SQLAlchemy's, but for hints, which it keeps from SQLite."""

    def get_from_hint_text(self, _table: object, text: str | None) -> str | None:
        """The hint as it stands behind the name of the table."""
        return text


DIALECT: Final = sqlite.dialect()
DIALECT.statement_compiler = _Compiler


def connect(path: Path) -> sqlite3.Connection:
    """A connection to a file that is there. In WAL mode readers and the writer do not wait for each other.

    `synchronous=FULL`: what is committed outlives a power cut too, for Telegram is told "received" on the strength of
    it. One flush to the disk for each commit, which many turns share when it is busy.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=PATIENCE,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    _use_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _use_wal(connection: sqlite3.Connection) -> None:
    """A file stays in WAL mode for ever. To begin it, nobody else may be at the file. SQLite does not wait; we do."""
    end = monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _primary(error) != sqlite3.SQLITE_BUSY or monotonic() > end:
                raise
            sleep(0.01)
        else:
            return


class Hand:
    """A connection, opened when there is work and again when it was lost. One thread at a time."""

    def __init__(self, path: Path, *, writing: bool) -> None:
        self._path = path
        self._writing = writing
        self._connection: sqlite3.Connection | None = None

    def run(self, works: Sequence[Work]) -> Sequence[Outcome]:
        """The outcome of each, in order: see `crew.Hand`."""
        try:
            if self._connection is None:
                self._connection = connect(self._path)
            return self._together(self._connection, works)
        except BaseException as error:  # what a unit of work raises never comes here: this is the database itself
            self.close()
            return [Outcome(error=_unavailable(error)) for _ in works]

    def close(self) -> None:
        """Let go of the connection; what is not committed is undone."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _together(self, connection: sqlite3.Connection, works: Sequence[Work]) -> Sequence[Outcome]:
        transaction = SqlTransaction(Database(connection, DIALECT, writing=self._writing))
        connection.execute("BEGIN IMMEDIATE" if self._writing else "BEGIN")
        outcomes = [_alone(connection, transaction, work) for work in works]
        connection.execute("COMMIT" if self._writing else "ROLLBACK")
        return outcomes


def _alone(connection: sqlite3.Connection, transaction: SqlTransaction, work: Work) -> Outcome:
    """Run one unit of work in its savepoint. Raises only when SQLite has given up the whole transaction."""
    connection.execute("SAVEPOINT unit")
    try:
        outcome = Outcome(work(transaction))
    except BaseException as error:
        if not connection.in_transaction:
            raise
        connection.execute("ROLLBACK TO unit")
        outcome = Outcome(error=_ours(error))
    connection.execute("RELEASE unit")
    return outcome


def _ours(error: BaseException) -> BaseException:
    """The error as callers know it."""
    if isinstance(error, sqlite3.Error) and _primary(error) in _UNAVAILABLE:
        return _unavailable(error)
    return error


def _unavailable(error: BaseException) -> StoreUnavailable:
    unavailable = StoreUnavailable(f"The database cannot be used now: {error}")
    unavailable.__cause__ = error
    return unavailable


def _primary(error: sqlite3.Error) -> int:
    """SQLite's code without its finer points, which stand above the first byte."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
