"""The versions of the schema that this program knows. Knows their files; asks no database, and needs no Alembic.

Each is a file of `migrations/versions`, named by a number that grows, as "0001_first.py". So of two versions the later
is the greater text.
"""

from pathlib import Path
from typing import Final

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def head() -> str:
    """The version this program works with."""
    return max(known())


def is_known(version: str) -> bool:
    """Whether this program can bring a database of this version to its own. "" is of an empty one."""
    return version in {"", *known()}


def known() -> list[str]:
    """All of them, in no order."""
    return [file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py")]
