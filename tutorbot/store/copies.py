"""A database copied into a file, and put back from it: what is the same for both kinds. Knows no archive and no key.

The database may be in use while it is copied: the copy is of one moment. It may not while it is put back.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Told = Callable[[int, int], None]
"""Is told how far a copy is: so many parts of so many."""


def untold(_done: int, _of: int) -> None:
    """Nobody waits to be told."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a database, for people to compare."""

    version: str  # of the schema; "" if there is none
    rows: Mapping[str, int]  # in each table of ours

    @property
    def people(self) -> int:
        """Learners and helpers. Where there is nobody, nothing is lost by replacing it."""
        return self.rows.get("learners", 0) + self.rows.get("helpers", 0)


class Copies(Protocol):
    """One database and its copies. Every method raises StoreError."""

    kind: str  # "sqlite" or "postgresql": a copy of one cannot be put back into the other
    keeps_old: bool  # whether what is replaced is kept beside the new

    def contents(self) -> Contents:
        """What is in the database now."""
        ...

    def in_use(self) -> bool:
        """Whether a tutor is at it."""
        ...

    def copy_to(self, file: Path, told: Told) -> Contents:
        """Copy the database into a new file, readable to its owner alone, and look through the copy."""
        ...

    def examine(self, file: Path) -> None:
        """Look through a copy. StoreError if it is damaged."""
        ...

    def replaced_by(self, file: Path, stamp: str) -> AbstractContextManager[str]:
        """Put the copy in the place of the database; where the old one is kept now, or "".

        Should what is done inside raise anything, the old one is put back. `file` is used up.
        """
        ...
