"""The lessons that come with the program, and the one in the guide for authors: a broken one is never shipped."""

import re
from pathlib import Path

import pytest

from tests.unit.curriculum.samples import with_body
from tutorbot.curriculum.lesson import Lesson
from tutorbot.curriculum.library import FALLBACK
from tutorbot.curriculum.loader import load
from tutorbot.curriculum.parser import parse_lesson
from tutorbot.curriculum.problem import Level
from tutorbot.curriculum.schema import COURSE_KEYS, LESSON_KEYS, Key
from tutorbot.messages.locale import languages
from tutorbot.messages.renderer import skill_name
from tutorbot.workshop.advice import advise
from tutorbot.workshop.script import read_script
from tutorbot.workshop.wording import Known
from tutorbot.workshop.wordlists import names

LESSONS = Path(__file__).parents[1] / "lessons"
PATH = "lessons/stay-safe/01-fake-email.md"
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


def test_every_skill_has_a_name_in_every_language() -> None:
    tags = {tag for lesson in load(LESSONS).curriculum.lessons.values() for tag in lesson.skills}
    for language in languages():
        called = {tag: skill_name(tag, language) for tag in tags}
        assert [tag for tag, name in called.items() if name == tag] == []
        assert len({*called.values()}) == len(tags)


def test_every_course_has_a_welsh_page() -> None:
    curriculum = load(LESSONS).curriculum
    assert [course.id for course in curriculum.courses_in("cy") if course.language != "cy"] == []


def test_lesson_in_the_authors_guide_has_no_problems_and_needs_no_advice() -> None:
    _, _, rest = GUIDE.read_text("utf-8").partition("```markdown\n")
    example, _, _ = rest.partition("```\n")
    assert parse_lesson(PATH, example).problems == ()
    assert advise(read_script(PATH, example), Known(names())) == []


def test_first_lesson_of_the_guide_is_a_good_one() -> None:
    blocks = re.findall(r"(?s)```text\n(## .*?)```", GUIDE.read_text("utf-8"))
    assert len(blocks) == 2
    text = with_body("\n".join(blocks))
    assert parse_lesson(PATH, text).problems == ()
    assert advise(read_script(PATH, text), Known(names())) == []


@pytest.mark.parametrize("key", [*LESSON_KEYS, *COURSE_KEYS], ids=lambda key: key.name)
def test_guide_explains_every_key_of_a_header(key: Key) -> None:
    assert f"| `{key.name}` | {key.meaning} |" in GUIDE.read_text("utf-8")


def test_guide_shows_what_needs_advice_and_what_does_not() -> None:
    rows = re.findall(r"(?m)^\| (.+?[.!]) \| (.+) \|$", GUIDE.read_text("utf-8").partition("## Plain words")[2])
    assert len(rows) == 9
    for before, after in rows:
        assert advise(read_script(PATH, with_body(f"## A\n{before}\n")), Known(names())), before
        assert advise(read_script(PATH, with_body(f"## A\n{after}\n")), Known(names())) == [], after
