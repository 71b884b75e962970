"""The lessons that come with the program: the authors' own check, so that a broken one is never shipped."""

from pathlib import Path

from tutorbot.curriculum.loader import load
from tutorbot.curriculum.problem import Level

LESSONS = Path(__file__).parents[1] / "lessons"


def test_our_lessons_have_no_errors() -> None:
    loaded = load(LESSONS)
    assert [str(problem) for problem in loaded.problems if problem.level is Level.ERROR] == []
    assert len(loaded.curriculum.courses) == len(list(LESSONS.glob("*/course.md")))
