"""PostgreSQL: a few connections, one transaction each. Knows the driver; knows no table.

Two turns of one learner are kept apart by the lock on the learner's row. Where two transactions block each other, or
both make the same new row, PostgreSQL ends one of them, and its work is run again.
"""

from collections.abc import Sequence
from typing import Any, Final

import psycopg
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import URL

from tutorbot.errors import StoreUnavailable
from tutorbot.store.crew import Outcome, Work
from tutorbot.store.query import Database
from tutorbot.store.transaction import SqlTransaction

TRIES: Final = 5  # of a unit of work that others get in the way of
PATIENCE: Final = 5  # seconds for a connection to come about

# With PostgreSQL's own marks for values the driver need not look for its own in each statement.
_DIALECT: Final = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
_IN_THE_WAY: Final = (
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
    psycopg.errors.UniqueViolation,
)
# A read-only transaction is PostgreSQL's answer from a standby that has not taken over yet.
_UNAVAILABLE: Final = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction)


def parts_of(url: URL) -> dict[str, Any]:
    """What the address says, part by part as PostgreSQL's library takes it, with `sslmode` and whatever else it names.

    Never as one address: each of the two libraries has its own way to write odd letters there.
    """
    given: dict[str, Any] = _DIALECT.create_connect_args(url)[1]  # type: ignore[no-untyped-call]
    return given


def connect(url: URL, silence: int = 10) -> psycopg.Connection:
    """A connection that gives up in time: when the server is silent, or when a lock is held for too long.

    `silence`: seconds, while something of ours is not confirmed.
    """
    ours: dict[str, Any] = {
        "connect_timeout": PATIENCE,
        "application_name": "tutorbot",
        "tcp_user_timeout": silence * 1000,
        # Who waits for an answer sends nothing, and would not notice for hours that the server's machine is gone.
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 2,
    }
    connection = psycopg.connect(autocommit=True, **(parts_of(url) | ours))
    connection.execute("SET lock_timeout = '10s'")
    return connection


class Hand:
    """A connection, opened when there is work and again when it was lost. One thread at a time.

    `name`: what its work tells to other processes is marked with.
    """

    def __init__(self, url: URL, name: str, *, writing: bool) -> None:
        self._url = url
        self._name = name
        self._writing = writing
        self._cursor: psycopg.RawCursor | None = None  # one for all statements: each is read to its end at once

    def run(self, works: Sequence[Work]) -> Sequence[Outcome]:
        """The outcome of each, in order: see `crew.Hand`."""
        return [self._surely(work) for work in works]

    def close(self) -> None:
        """Let go of the connection; what is not committed is undone."""
        if self._cursor is not None:
            self._cursor.connection.close()
            self._cursor = None

    def _surely(self, work: Work) -> Outcome:
        """Run one unit of work, again where others got in the way."""
        for tries_left in reversed(range(TRIES)):
            try:
                return Outcome(self._once(work))
            except _IN_THE_WAY as error:
                self._undo()
                if not tries_left:
                    return Outcome(error=_ours(error))
            except BaseException as error:  # for whatever it is, the caller waits for an answer
                self._undo()
                if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
                    self.close()  # a session that began while nobody might write stays so for ever
                return Outcome(error=_ours(error))
        raise AssertionError("the last try returns")

    def _once(self, work: Work) -> object:
        cursor = self._begun()
        result = work(SqlTransaction(Database(cursor, _DIALECT, writing=self._writing, name=self._name)))
        if cursor.execute("COMMIT").statusmessage != "COMMIT":
            raise RuntimeError("the work hid an error of the database, so nothing of it was kept")
        return result

    def _begun(self) -> psycopg.RawCursor:
        """A cursor with a transaction begun. A connection that was lost since its last use is replaced."""
        begin = "BEGIN" if self._writing else "BEGIN READ ONLY"
        if self._cursor is not None:
            try:
                return self._cursor.execute(begin)
            except _UNAVAILABLE:
                self.close()
        self._cursor = psycopg.RawCursor(connect(self._url))
        return self._cursor.execute(begin)

    def _undo(self) -> None:
        if self._cursor is None:
            return
        try:
            self._cursor.execute("ROLLBACK")
        except psycopg.Error:
            self.close()


def _ours(error: BaseException) -> BaseException:
    """The error as callers know it."""
    if isinstance(error, _UNAVAILABLE):
        unavailable = StoreUnavailable(f"The database cannot be used now: {error}")
        unavailable.__cause__ = error
        return unavailable
    return error
