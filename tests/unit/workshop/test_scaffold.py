"""New files: what is in them, and that the check tells what is still to be written, and nothing else."""

from datetime import date
from pathlib import Path

import pytest

from tests.unit.curriculum.samples import COURSE, LESSON, lesson, write_library
from tutorbot.curriculum.lesson import CourseKind
from tutorbot.curriculum.library import Curriculum
from tutorbot.curriculum.loader import load
from tutorbot.curriculum.rules import DRAFT
from tutorbot.workshop.check import check
from tutorbot.workshop.scaffold import lesson_file, new_course, new_lesson, new_translation, title_of, translation_file

TODAY = date(2026, 11, 22)


def place(folder: Path, kind: CourseKind, text: str, name: str = "01-a.md") -> Path:
    """A lessons folder with a finished course and this lesson in it."""
    course = folder / "lessons" / "scams"
    course.mkdir(parents=True, exist_ok=True)
    (course / "course.md").write_text(COURSE.replace("kind: skill", f"kind: {kind}"))
    (course / name).write_text(text)
    return folder / "lessons"


@pytest.mark.parametrize("kind", [CourseKind.SKILL, CourseKind.SERVICE])
def test_check_tells_of_a_new_lesson_what_is_to_be_written_and_nothing_else(tmp_path: Path, kind: CourseKind) -> None:
    text = new_lesson("fake-email", "", kind is CourseKind.SERVICE, TODAY)
    folder = place(tmp_path, kind, text)
    problems = [problem for problem in check(folder, load(folder)).problems if not problem.path.endswith("course.md")]
    lines = [number for number, line in enumerate(text.splitlines(), 1) if DRAFT in line]
    assert [(problem.line, problem.code) for problem in problems] == [(line, "unfinished") for line in lines]


@pytest.mark.parametrize("kind", [CourseKind.SKILL, CourseKind.SERVICE])
def test_new_lesson_is_whole_once_its_marks_are_gone(tmp_path: Path, kind: CourseKind) -> None:
    text = (
        new_lesson("fake-email", "Spot it", kind is CourseKind.SERVICE, TODAY)
        .replace(f"  # {DRAFT}", "  # Look at")
        .replace(DRAFT, "do it")
    )
    folder = place(tmp_path, kind, text)
    assert load(folder).problems == ()
    [found] = load(folder).lessons.values()
    assert (found.id, found.title, found.reviewed) == ("fake-email", "Spot it", TODAY)


def test_new_lesson_is_not_taught() -> None:
    assert lesson(new_lesson("fake-email", "", False, TODAY)).lesson is None


def test_new_course_comes_last_in_the_menu(tmp_path: Path) -> None:
    curriculum = load(write_library(tmp_path)).curriculum
    text = new_course("bus-travel", "", CourseKind.SERVICE, curriculum)
    assert "title: Bus travel\n" in text
    assert "order: 15 " in text
    assert "kind: service " in text


def test_first_course_has_a_place_too() -> None:
    assert "order: 10 " in new_course("a", "A", CourseKind.SKILL, Curriculum())


@pytest.mark.parametrize(
    ("names", "expected"),
    [([], "01-a.md"), (["course.md", "01-b.md", "09-c.cy.md"], "10-a.md"), (["intro.md"], "01-a.md")],
)
def test_new_lesson_comes_last_in_its_course(names: list[str], expected: str) -> None:
    assert lesson_file("a", names) == expected


def test_new_translation_keeps_header_cards_and_their_ids(tmp_path: Path) -> None:
    original = lesson(LESSON.replace("## Find", "## Find")).lesson
    assert original
    text = new_translation(LESSON, original)
    folder = place(tmp_path, CourseKind.SKILL, LESSON, "01-fake-email.md")
    place(tmp_path, CourseKind.SKILL, text.replace(f"  # {DRAFT}", "  # Note"), "01-fake-email.cy.md")
    translated = load(folder).curriculum.lessons["fake-email", "cy"]
    assert [card.id for card in translated.cards] == [card.id for card in original.cards]
    assert translated.translation == "unreviewed"
    assert [problem.code for problem in check(folder, load(folder)).problems] == []


def test_new_translation_is_not_taught_before_its_mark_is_gone() -> None:
    original = lesson().lesson
    assert original
    file = lesson(new_translation(LESSON, original), "lessons/scams/01-fake-email.cy.md")
    assert [problem.code for problem in file.problems] == ["unfinished"]


def test_id_that_an_author_keeps_is_not_written_twice() -> None:
    text = LESSON.replace("## Why it matters\n", "## Why it matters\n<!-- id: why -->\n")
    original = lesson(text).lesson
    assert original
    assert new_translation(text, original).count("id: why -->") == 1


def test_names_are_made_of_ids() -> None:
    assert title_of("fake-email") == "Fake email"
    assert translation_file("lessons/scams/01-fake-email.md", "cy") == "01-fake-email.cy.md"
