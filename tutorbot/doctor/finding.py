"""What a check of the doctor gives."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Health(StrEnum):
    """How a finding is to be taken."""

    GOOD = "good"
    NOTE = "note"  # works, and could be better
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found."""

    about: str
    health: Health
    says: str
    todo: str = ""  # what to do; "" where all is well


def count(number: int, what: str) -> str:
    """So many of something, in words."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def span(time: timedelta) -> str:
    """A time in words, by its greatest unit: "3 days"."""
    seconds = max(int(time.total_seconds()), 0)
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return count(seconds // size, unit)
    return count(seconds, "second")
