"""The versions of the schema that this program knows. Knows Alembic's files; asks no database.

They are named by numbers that grow, "0001" and on, so of two the later is the greater text.
"""

from functools import cache
from pathlib import Path
from typing import Final

from alembic.script import ScriptDirectory

MIGRATIONS: Final = Path(__file__).parent / "migrations"


@cache
def head() -> str:
    """The version this program works with."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


def is_known(version: str) -> bool:
    """Whether this program can bring a database of this version to its own. "" is of an empty one."""
    return version in {"", *(known.revision for known in ScriptDirectory(str(MIGRATIONS)).walk_revisions())}
