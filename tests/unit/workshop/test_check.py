"""The check of a whole folder, and of a part of it."""

from pathlib import Path

import pytest

from tests.unit.curriculum.samples import COURSE, LESSON, told, write_library
from tutorbot.curriculum.loader import load
from tutorbot.workshop.check import Checked, check


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_library(tmp_path)


def checked(folder: Path, only: str = "") -> Checked:
    return check(folder, load(folder), only)


def add(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text)


def test_good_folder_has_no_problems(folder: Path) -> None:
    assert checked(folder).problems == ()


def test_faults_and_advice_are_told_together_in_order(folder: Path) -> None:
    add(folder, "scams/01-fake-email.md", LESSON.replace("hurry.", "hurry. Simply <b>look</b>."))
    assert told(checked(folder).problems) == ["15 blame", "15 html"]


def test_lesson_with_an_error_gets_all_advice_at_once(folder: Path) -> None:
    add(folder, "scams/01-fake-email.md", LESSON.replace("minutes: 5\n", "").replace("hurry.", "hurry!!"))
    assert told(checked(folder).problems) == ["1 missing-key", "14 exclamations"]


def test_course_page_gets_advice(folder: Path) -> None:
    add(folder, "scams/course.md", COURSE.replace("Tricks catch", "Obviously tricks catch"))
    assert told(checked(folder).problems) == ["8 blame"]


def test_service_without_a_scam_card_is_told(folder: Path) -> None:
    add(folder, "scams/course.md", COURSE.replace("kind: skill", "kind: service"))
    text = LESSON.replace("fake", "new").replace("trick", "thing").replace("minutes: 5", "minutes: 5\noffline: Ask.")
    add(folder, "scams/01-fake-email.md", text)
    assert told(checked(folder).problems) == ["1 no-scam-card"]


def test_words_that_are_explained_need_no_explanation(folder: Path) -> None:
    add(folder, "scams/01-fake-email.md", LESSON.replace("hurry.", "hurry. Read the URL."))
    assert told(checked(folder).problems) == ["15 jargon"]
    add(folder, "words.md", "## web address\nThe name of a page.\n\nAlso: URL\n")
    assert checked(folder).problems == ()


def test_names_of_the_folder_are_known(folder: Path) -> None:
    add(folder, "scams/01-fake-email.md", LESSON.replace("hurry.", "hurry. Ask the RNLX."))
    assert told(checked(folder).problems) == ["15 shouting"]
    add(folder, "names.txt", "# Lifeboats\nRNLX\n")
    assert checked(folder).problems == ()


def test_translation_is_compared(folder: Path) -> None:
    add(folder, "scams/01-fake-email.cy.md", LESSON.replace("2026-11-22", "2026-11-01"))
    assert told(checked(folder).problems) == ["9 old-translation"]


@pytest.mark.parametrize(
    ("only", "found"),
    [
        ("lessons/scams", ["15 exclamations"]),
        ("lessons/scams/01-fake-email.md", ["15 exclamations"]),
        ("lessons/more", ["15 exclamations", "15 exclamations"]),
        ("lessons/more/02-b.md", ["15 exclamations"]),
        ("lessons/scams/course.md", []),
    ],
)
def test_only_what_was_named_is_told(folder: Path, only: str, found: list[str]) -> None:
    loud = LESSON.replace("hurry.", "hurry!!")
    add(folder, "scams/01-fake-email.md", loud)
    add(folder, "more/course.md", COURSE.replace("scams", "more"))
    add(folder, "more/01-a.md", loud.replace("id: fake-email", "id: a"))
    add(folder, "more/02-b.md", loud.replace("id: fake-email", "id: b"))
    assert told(checked(folder, only).problems) == found


def test_progress_is_told(folder: Path) -> None:
    seen: list[tuple[int, int]] = []
    check(folder, load(folder), listen=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 2), (2, 2)]


def test_folder_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    assert told(checked(tmp_path / "lessons").problems) == ["1 unreadable"]
