"""The command `tutorbot due`: which lessons must be reviewed by when."""

from argparse import Namespace
from datetime import timedelta

from tutorbot.commands.codes import PROBLEMS, WELL
from tutorbot.commands.in_lessons import named, today
from tutorbot.workshop import due as reviews


def carry_out(typed: Namespace) -> int:
    """Tell it; all is well if nothing is late."""
    now = today()
    found = reviews.due(named(typed.path).loaded.curriculum)
    if typed.within is not None:
        found = reviews.until(found, now + timedelta(days=typed.within))
    lines = reviews.as_lines(found, now)
    print(reviews.as_json(found, now) if typed.json else "\n".join(lines) or "Nothing is due.")
    return PROBLEMS if reviews.until(found, now - timedelta(days=1)) else WELL
