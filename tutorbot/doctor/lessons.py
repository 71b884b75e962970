"""Looks whether there is something to teach."""

from pathlib import Path

from tutorbot.curriculum.loader import load
from tutorbot.curriculum.problem import Level
from tutorbot.doctor.finding import Finding, Health


def lessons(folder: Path) -> Finding:
    """Whether there is something to teach."""
    loaded = load(folder)
    count = f"{len(loaded.curriculum.lessons)} lessons can be taught."
    errors = sum(problem.level is Level.ERROR for problem in loaded.problems)
    if not loaded.curriculum.lessons:
        return Finding("lessons", Health.PROBLEM, f"There are none in {folder}.", "Check TUTORBOT_LESSONS.")
    if errors:
        return Finding("lessons", Health.PROBLEM, f"{count} Errors in others: {errors}.", "Run `tutorbot check`.")
    return Finding("lessons", Health.GOOD, count)
