"""The lessons that come with the program, and the one in the guide for authors: a broken one is never shipped."""

from pathlib import Path

from tutorbot.curriculum.lesson import Lesson
from tutorbot.curriculum.library import FALLBACK
from tutorbot.curriculum.loader import load
from tutorbot.curriculum.parser import parse_lesson
from tutorbot.curriculum.problem import Level

LESSONS = Path(__file__).parents[1] / "lessons"
GUIDE = Path(__file__).parents[1] / "docs" / "authors.md"


def test_our_lessons_have_no_errors() -> None:
    loaded = load(LESSONS)
    assert [str(problem) for problem in loaded.problems if problem.level is Level.ERROR] == []
    assert len(loaded.curriculum.courses) == len(list(LESSONS.glob("*/course.md")))


def asked(lesson: Lesson) -> list[tuple[object, ...]]:
    """Each card's id, with its picture or without, and how its question is answered."""
    exercises = [(card.id, card.picture is not None, card.exercise) for card in lesson.cards]
    return [
        (card_id, pictured, one and (one.kind, len(one.hints), sum(not answer.right for answer in one.answers)))
        for card_id, pictured, one in exercises
    ]


def test_translations_have_the_cards_and_questions_of_their_originals() -> None:
    lessons = load(LESSONS).curriculum.lessons
    translated = [lesson for lesson in lessons.values() if lesson.language != FALLBACK]
    assert len([lesson for lesson in translated if lesson.language == "cy"]) >= 12
    for lesson in translated:
        assert asked(lesson) == asked(lessons[lesson.id, FALLBACK]), lesson.path


def test_every_course_has_a_welsh_page() -> None:
    curriculum = load(LESSONS).curriculum
    assert [course.id for course in curriculum.courses_in("cy") if course.language != "cy"] == []


def test_lesson_in_the_authors_guide_has_no_problems() -> None:
    _, _, rest = GUIDE.read_text().partition("```markdown\n")
    example, _, _ = rest.partition("```\n")
    assert parse_lesson("lessons/stay-safe/01-fake-email.md", example).problems == ()
