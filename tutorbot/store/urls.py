"""What `TUTORBOT_DATABASE_URL` may look like, and which database it means."""

from importlib.util import find_spec
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from tutorbot.errors import SettingError

_HOW = "Write sqlite:///data/tutorbot.db for a file, or postgresql://name:password@host/database for a server."
_DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",  # as many hosting services write it
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def parse(url: str) -> URL:
    """The URL with the driver that we use. SettingError if it is none of ours; it never shows the password."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise SettingError(f"The database URL cannot be read. {_HOW}") from None
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        raise SettingError(f"The database URL begins with {parsed.drivername}, which is not known. {_HOW}")
    if driver != "sqlite" and find_spec("psycopg") is None:
        raise SettingError("PostgreSQL needs one more package. Run `pip install tutorbot[postgres]`.")
    if driver == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise SettingError(f"The database URL names no file, so nothing would be kept. {_HOW}")
    return parsed.set(drivername=driver)


def path_of(url: URL) -> Path | None:
    """The file of a SQLite database; None for a server."""
    return Path(url.database).expanduser() if url.drivername == "sqlite" and url.database else None
