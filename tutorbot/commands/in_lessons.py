"""What the commands of the author's workshop share: the lesson that was named, and today."""

from datetime import UTC, date, datetime
from pathlib import Path

from tutorbot.config import load_settings
from tutorbot.curriculum.named import Named, find


def named(word: str) -> Named:
    """What was named. Settings are only read where they are needed: for an id, or if nothing was named."""
    return find(word, Path() if word and Path(word).exists() else load_settings().lessons)


def today() -> date:
    """The day by which reviews are counted."""
    return datetime.now(UTC).date()
