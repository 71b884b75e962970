"""What must be reviewed by when."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.unit.curriculum.samples import COURSE, LESSON, write_library
from tutorbot.curriculum.loader import load
from tutorbot.workshop.due import Due, as_json, as_lines, due, later, until

TODAY = date(2027, 9, 1)


def found(folder: Path) -> list[Due]:
    return due(load(folder).curriculum)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = write_library(tmp_path)
    older = LESSON.replace("id: fake-email", "id: older").replace("2026-11-22", "2026-08-31")
    (folder / "scams" / "02-older.md").write_text(older)
    return folder


def test_lesson_is_due_after_a_year_the_oldest_first(folder: Path) -> None:
    assert [(one.day, one.path) for one in found(folder)] == [
        (date(2027, 8, 31), "lessons/scams/02-older.md"),
        (date(2027, 11, 22), "lessons/scams/01-fake-email.md"),
    ]


def test_course_may_ask_for_it_sooner(folder: Path) -> None:
    (folder / "scams" / "course.md").write_text(COURSE.replace("order: 5", "order: 5\nreview_every: 6"))
    assert [one.day for one in found(folder)] == [date(2027, 2, 28), date(2027, 5, 22)]


def test_only_what_is_due_by_a_day(folder: Path) -> None:
    assert [one.path for one in until(found(folder), TODAY)] == ["lessons/scams/02-older.md"]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_are_added(day: date, months: int, expected: date) -> None:
    assert later(day, months) == expected


def test_people_read_how_far_it_is(folder: Path) -> None:
    first, second = as_lines(found(folder), TODAY)
    assert first.split("  ")[:2] == ["2027-08-31", "1 days late"]
    assert second.split("  ")[:2] == ["2027-11-22", "in 82 days"]
    assert first.endswith("lessons/scams/02-older.md  Spot a fake email")
    assert "today" in next(iter(as_lines(found(folder), date(2027, 8, 31))))


def test_programs_read_days_and_sources(folder: Path) -> None:
    first = json.loads(as_json(found(folder), TODAY))[0]
    assert (first["due"], first["days"], first["path"]) == ("2027-08-31", -1, "lessons/scams/02-older.md")
    assert first["sources"] == ["https://www.gov.uk/report-suspicious-emails-websites-phishing"]
