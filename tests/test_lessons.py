"""The lessons that come with the program, and the one in the guide for authors: a broken one is never shipped."""

from pathlib import Path

from tutorbot.curriculum.loader import load
from tutorbot.curriculum.parser import parse_lesson
from tutorbot.curriculum.problem import Level

LESSONS = Path(__file__).parents[1] / "lessons"
GUIDE = Path(__file__).parents[1] / "docs" / "authors.md"


def test_our_lessons_have_no_errors() -> None:
    loaded = load(LESSONS)
    assert [str(problem) for problem in loaded.problems if problem.level is Level.ERROR] == []
    assert len(loaded.curriculum.courses) == len(list(LESSONS.glob("*/course.md")))


def test_lesson_in_the_authors_guide_has_no_problems() -> None:
    _, _, rest = GUIDE.read_text().partition("```markdown\n")
    example, _, _ = rest.partition("```\n")
    assert parse_lesson("lessons/stay-safe/01-fake-email.md", example).problems == ()
