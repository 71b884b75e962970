"""What `backup` and `restore` share: what a copy holds, and how far it is."""

import sys
from collections.abc import Mapping

from tutorbot.config import wants_colour


def table(rows: Mapping[str, int]) -> str:
    """How many rows each table of a database holds."""
    lines = [f"  {name:<16}{count:>9,}" for name, count in sorted(rows.items()) if count]
    return "\n".join(lines) or "  nothing"


def progress(done: int, of: int) -> None:
    """How far a copy is, on a person's screen alone."""
    if wants_colour(sys.stderr):
        print(f"\rCopying: {100 * done // max(of, 1)}%", end="\n" if done == of else "", file=sys.stderr, flush=True)
