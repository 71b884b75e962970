"""Copies of a SQLite database: one file each. Knows SQLite's way to copy what is in use; see `copies`."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from tutorbot.errors import StoreError, StoreUnavailable
from tutorbot.store import sqlite
from tutorbot.store.copies import Contents, Told

PAGES: Final = 1024  # copied between two words to whoever waits
_BESIDE: Final = (
    "",
    "-wal",
    "-shm",
)  # the files of one database; the last two only while it is in use, or after a crash
_TABLES: Final = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"


class SqliteCopies:
    """See `copies.Copies`."""

    kind = "sqlite"
    keeps_old = True

    def __init__(self, path: Path) -> None:
        self._path = path

    def contents(self) -> Contents:
        """What is in the database now."""
        if not self._path.exists():
            return Contents("", {})
        with _told(), closing(sqlite.connect(self._path)) as connection:
            return _contents(connection)

    def in_use(self) -> bool:
        """Whether another connection is open: while there is one, the file cannot leave WAL mode.

        Of a damaged file nobody can tell; that it may be replaced matters more.
        """
        if not self._path.exists():
            return False
        with _told(), closing(_plain(self._path, "rw")) as connection:
            try:
                connection.execute("PRAGMA journal_mode = DELETE")
            except sqlite3.DatabaseError as error:
                return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
        return False

    def copy_to(self, file: Path, told: Told) -> Contents:
        """Copy the database into a new file, readable to its owner alone, and look through the copy."""
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with _told(), closing(sqlite.connect(self._path)) as source, closing(_plain(file, "rw")) as copy:
            # SQLite begins anew whenever somebody writes, unless we hold on to one moment. Nobody has to wait for us.
            source.execute("BEGIN")
            source.execute(_TABLES).fetchall()
            source.backup(copy, pages=PAGES, progress=lambda _, left, of: told(of - left, of))
            copy.execute("PRAGMA journal_mode = DELETE")  # else its readers would leave files beside it
        self.examine(file)
        with _told(), closing(_plain(file, "ro")) as copy:
            return _contents(copy)

    def examine(self, file: Path) -> None:
        """Look through a copy. StoreError if it is damaged."""
        with _told(), closing(_plain(file, "ro")) as copy:
            found = [str(row[0]) for row in copy.execute("PRAGMA integrity_check(1)")]
        if found != ["ok"]:
            raise StoreError(f"The copy is damaged: {found[0]}.")

    @contextmanager
    def replaced_by(self, file: Path, stamp: str) -> Iterator[str]:
        """Put the copy in the place of the database; where the old one is kept now, or ""."""
        old = Path(f"{self._path}.before-{stamp}")
        there = [end for end in _BESIDE if Path(f"{self._path}{end}").exists()]
        for end in there:
            Path(f"{self._path}{end}").replace(f"{old}{end}")
        try:
            file.replace(self._path)
            _keep(self._path.parent)
            yield str(old) if there else ""
        except BaseException:
            for end in _BESIDE:
                Path(f"{self._path}{end}").unlink(missing_ok=True)
            for end in there:
                Path(f"{old}{end}").replace(f"{self._path}{end}")
            raise


def _contents(connection: sqlite3.Connection) -> Contents:
    names = [str(name) for (name,) in connection.execute(_TABLES)]
    version = ""
    if "alembic_version" in names:
        names.remove("alembic_version")
        version = "".join(found for (found,) in connection.execute("SELECT version_num FROM alembic_version"))
    counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608
    return Contents(version, counts)


def _plain(file: Path, mode: str) -> sqlite3.Connection:
    """A connection that changes nothing by being made."""
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=sqlite.PATIENCE, isolation_level=None
    )


@contextmanager
def _told() -> Iterator[None]:
    """SQLite's errors as callers know them."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreUnavailable(f"The database cannot be used now: {error}") from error


def _keep(folder: Path) -> None:
    """Make the new name of a file outlive a power cut, where the system can."""
    with suppress(OSError):
        entry = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(entry)
        finally:
            os.close(entry)
