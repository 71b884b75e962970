"""The lessons while somebody writes them: what stays, what is told, and when."""

from pathlib import Path, PurePosixPath

import pytest

from tests.unit.curriculum.samples import LESSON
from tutorbot.channels.preview.shelf import Shelf

FILE = "lessons/scams/01-fake-email.md"
HARD = "A **fake** email makes you hurry. CLICK HERE to utilise the interface."


def write(lessons: Path, text: str, name: str = "01-fake-email.md") -> None:
    (lessons / "scams" / name).write_text(text)


def advised(shelf: Shelf) -> list[str]:
    """The advice on the lesson: what is no fault of the file itself."""
    return [problem.code for problem in shelf.problems_of(FILE)]


def test_a_broken_lesson_stays_as_it_was_with_its_problem_told(shelf: Shelf, lessons: Path) -> None:
    before = shelf.lesson_at(FILE)
    write(lessons, "# No header\n")
    shelf.reload()
    assert shelf.lesson_at(FILE) == before
    assert "no-header" in advised(shelf)


def test_a_lesson_that_was_never_good_is_known_by_its_file(shelf: Shelf, lessons: Path) -> None:
    write(lessons, "", "02-new.md")
    shelf.reload()
    assert shelf.found.lessons == (FILE, "lessons/scams/02-new.md")
    assert shelf.lesson_at("lessons/scams/02-new.md") is None


def test_advice_comes_when_it_is_worked_out_and_is_told(shelf: Shelf, lessons: Path) -> None:
    write(lessons, LESSON.replace("A **fake** email makes you hurry.", HARD))
    shelf.reload()
    assert advised(shelf) == []
    told: list[int] = []
    shelf.changed = lambda: told.append(shelf.found.version)
    shelf.advise(FILE)
    assert advised(shelf)
    assert told == [shelf.found.version]


def test_advice_is_brought_up_to_date_by_a_save(shelf: Shelf, lessons: Path) -> None:
    shelf.advise(FILE)
    write(lessons, LESSON.replace("A **fake** email makes you hurry.", HARD))
    shelf.reload()
    assert advised(shelf)
    write(lessons, LESSON)
    shelf.reload()
    assert advised(shelf) == []


def test_a_line_still_to_be_written_gets_no_advice(shelf: Shelf, lessons: Path) -> None:
    write(lessons, LESSON.replace("A **fake** email makes you hurry.", "CHANGE THIS to your own words."))
    shelf.reload()
    shelf.advise(FILE)
    assert advised(shelf) == ["unfinished"]


def test_advice_on_a_new_file_needs_no_asking(shelf: Shelf, lessons: Path) -> None:
    write(lessons, LESSON.replace("fake-email", "other").replace("makes you hurry.", "CLICK HERE."), "02-other.md")
    shelf.reload()
    assert shelf.problems_of("lessons/scams/02-other.md")


def test_advice_is_not_worked_out_twice(shelf: Shelf, lessons: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.advise(FILE)
    monkeypatch.setattr("tutorbot.channels.preview.shelf.advice_on", lambda *_: 1 / 0)
    shelf.reload()
    write(lessons, LESSON + "\n")
    with pytest.raises(ZeroDivisionError):
        shelf.reload()


def test_a_file_that_is_gone_is_gone_with_its_advice(shelf: Shelf, lessons: Path) -> None:
    write(lessons, LESSON.replace("makes you hurry.", "CLICK HERE."))
    shelf.reload()
    shelf.advise(FILE)
    (lessons / "scams" / "01-fake-email.md").unlink()
    shelf.reload()
    shelf.advise(FILE)
    assert shelf.problems_of(FILE) == []
    assert shelf.found.lessons == ()


def test_a_course_without_a_page_is_told_beside_its_lessons(shelf: Shelf, lessons: Path) -> None:
    (lessons / "scams" / "course.md").unlink()
    shelf.reload()
    assert [problem.code for problem in shelf.course_problems(PurePosixPath("lessons/scams"))] == ["no-course"]
