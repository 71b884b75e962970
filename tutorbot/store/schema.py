"""Brings a database to the version of the schema that this program knows. The one room that knows Alembic.

A start that finds it there, see `readiness`, does not import this.

What was applied, when and by which program is kept in the table `settings`.

While a new version of the program is started, processes of the old one still run on the new schema. So a migration only
adds, and what it adds may be left out: a column has a default or may be NULL. What nothing uses any more is dropped one
release later.

migrate("sqlite:///data/tutorbot.db")           # before a program starts, and again after each change of it
draft(url_of_a_database_at_head, "why")         # for developers: a new version from what changed in `tables`
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import Script
from sqlalchemy import Connection

from tutorbot import __version__
from tutorbot.errors import StoreUnavailable
from tutorbot.store import versions
from tutorbot.store.direct import connected, note
from tutorbot.store.readiness import check_known, version_of
from tutorbot.store.urls import parse, path_of

_LOCK: Final = 0x7475746F72  # "tutor": PostgreSQL's advisory locks have numbers for names
APPLIED: Final = "migrated:"  # before the version, in `settings`: when it was applied, by which program, and its title


def migrate(url: str) -> list[str]:
    """Bring the database to the version this program knows; what was applied, oldest first, as "0001 The first schema".

    Makes the SQLite file if there is none, readable to its owner alone. All or nothing. Two at once: the second waits,
    and finds the work done. StoreUnavailable if the database does not answer; SchemaMismatch if it is newer than we.
    """
    parsed = parse(url)
    if path := path_of(parsed):
        _make_file(path)
    applied: list[Script] = []
    with connected(parsed) as connection:
        _take_turn(connection)
        check_known(version_of(connection))
        config = _config(connection)
        config.attributes["on_version_apply"] = lambda *, step, **_: applied.append(step.up_revision)
        command.upgrade(config, "head")
        for version in applied:
            note(connection, APPLIED + version.revision, f"{_moment()} by {__version__}: {_title(version)}")
        connection.commit()
    return [f"{version.revision} {_title(version)}" for version in applied]


def draft(url: str, why: str) -> None:
    """Write a new version into `migrations/versions`: what `tables` has and this database at head has not."""
    with connected(parse(url)) as connection:
        command.revision(_config(connection), message=why, autogenerate=True)


def _title(version: Script) -> str:
    return version.doc.partition("\n")[0].rstrip(".")


def _moment() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(versions.MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


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
