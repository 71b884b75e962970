"""Whether a database is ready for this program: at which version its schema is. Changes nothing; needs no Alembic."""

from typing import Final

from sqlalchemy import Connection, inspect, text

from tutorbot.errors import SchemaMismatch
from tutorbot.store import versions
from tutorbot.store.direct import connected
from tutorbot.store.urls import parse, path_of

_TABLE: Final = "alembic_version"  # Alembic's own: one row, once there is a schema


def is_ready(url: str) -> bool:
    """Whether there is nothing to do to this database: it is there, at our version. StoreUnavailable."""
    try:
        return found_version(url) == versions.head()
    except SchemaMismatch:
        return False


def check_schema(url: str) -> None:
    """SchemaMismatch unless the database is at the version this program knows; StoreUnavailable if it is not there."""
    if found_version(url) != versions.head():
        raise SchemaMismatch


def found_version(url: str) -> str:
    """The version the database is at; "" if it is empty.

    SchemaMismatch if there is no file, or a newer program made it; StoreUnavailable if it does not answer.
    """
    parsed = parse(url)
    path = path_of(parsed)
    if path and not path.exists():
        raise SchemaMismatch(f"There is no database at {path} yet. Run `tutorbot migrate`.")
    with connected(parsed) as connection:
        found = version_of(connection)
    check_known(found)
    return found


def version_of(connection: Connection) -> str:
    """The version of the database at the other end; "" if it is empty."""
    if not inspect(connection).has_table(_TABLE):
        return ""
    return connection.scalar(text(f"SELECT version_num FROM {_TABLE}")) or ""  # noqa: S608 (a name of ours)


def check_known(found: str) -> None:
    """SchemaMismatch if a newer program made a database of this version."""
    if not versions.is_known(found):
        raise SchemaMismatch(
            f"The database is at version {found}, and this program knows none after {versions.head()}: a newer program "
            "used it. Update the program, or restore the backup that was made before the update."
        )
