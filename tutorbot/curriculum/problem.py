"""A fault in what an author wrote: a value, never an exception, so that all faults are told at once."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad a problem is. An error keeps the lesson out; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault, with where it is and what to do."""

    path: str
    line: int  # from 1
    code: str  # stable, as "missing-alt": what `tutorbot check --json` reports
    text: str  # what, and what to do
    level: Level = Level.ERROR

    def __str__(self) -> str:
        """As a compiler would say it: `path:line: what, and what to do`."""
        note = "" if self.level is Level.ERROR else "warning: "
        return f"{self.path}:{self.line}: {note}{self.text}"
