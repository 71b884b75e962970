"""What was found, as people, programs and GitHub read it; the table of courses; the state of translations."""

import json
from pathlib import Path

import pytest

from tests.unit.curriculum.samples import LESSON, write_library
from tutorbot.curriculum.loader import load
from tutorbot.curriculum.problem import Level, Problem
from tutorbot.workshop.check import Checked, check
from tutorbot.workshop.formats import as_annotations, as_json, as_lines
from tutorbot.workshop.table import table
from tutorbot.workshop.translations import State, summary, translations


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_library(tmp_path)


def checked(folder: Path) -> Checked:
    return check(folder, load(folder))


def plain(text: str, _: Level) -> str:
    return text


def test_people_read_each_problem_and_how_many_there_are(folder: Path) -> None:
    (folder / "scams" / "01-fake-email.md").write_text(LESSON.replace("hurry.", "hurry!! <b>x</b>"))
    advice, error, last = as_lines(checked(folder), plain)
    assert error.startswith("lessons/scams/01-fake-email.md:15: HTML is not shown.")
    assert advice.startswith("lessons/scams/01-fake-email.md:15: warning: This card has 2 exclamation marks.")
    assert last == "0 lessons in 1 course. 1 error, 1 warning."


def test_programs_read_the_same(folder: Path) -> None:
    (folder / "scams" / "01-fake-email.md").write_text(LESSON.replace("hurry.", "hurry!!"))
    found = json.loads(as_json(checked(folder)))
    assert found["lessons"] == 1
    assert [(one["line"], one["code"], one["level"]) for one in found["problems"]] == [(15, "exclamations", "warning")]


def test_annotations_are_escaped() -> None:
    odd = Problem("lessons/a,b:c.md", 3, "html", "100%: not\nshown", Level.ERROR)
    assert list(as_annotations([odd], lambda path: f"main/{path}")) == [
        "::error file=main/lessons/a%2Cb%3Ac.md,line=3,title=html::100%25: not%0Ashown"
    ]


def test_table_counts_what_is_in_a_course(folder: Path) -> None:
    lines = table(load(folder).curriculum, checked(folder).scripts)
    assert len({line.count("|") for line in lines}) == 1
    cells = [cell.strip() for cell in lines[2].strip("|").split("|")]
    assert cells[:4] == ["Stay safe", "1", "3", "9"]
    assert cells[6:] == ["2", "100%", "100%", "1"]
    assert lines[-1].startswith("| All | 1 | 3 |")


def test_table_tells_what_is_missing(folder: Path) -> None:
    text = LESSON.replace("  > Yes. The name is spelled right.\n", "").replace(
        "> Stuck? Hold your finger on the name.\n", ""
    )
    (folder / "scams" / "01-fake-email.md").write_text(text)
    assert [cell.strip() for cell in table(load(folder).curriculum, checked(folder).scripts)[2].split("|")][7:10] == [
        "2",
        "0%",
        "50%",
    ]


def test_table_of_nothing_is_empty(tmp_path: Path) -> None:
    assert table(load(tmp_path).curriculum, [])[-1].startswith("| All | 0 | 0 | - |")


def test_translations_are_told_for_each_lesson(folder: Path) -> None:
    for number, lesson_id in enumerate(("b", "c", "d"), 2):
        (folder / "scams" / f"0{number}-{lesson_id}.md").write_text(
            LESSON.replace("id: fake-email", f"id: {lesson_id}")
        )
    welsh = {"01-fake-email": "", "02-b": "id: b\ntranslation: unreviewed", "03-c": "id: c"}
    for name, header in welsh.items():
        text = LESSON.replace("id: fake-email", header or "id: fake-email")
        day = "2026-01-01" if name == "03-c" else "2026-11-22"
        (folder / "scams" / f"{name}.cy.md").write_text(text.replace("2026-11-22", day))
    rows = translations(load(folder).curriculum)
    assert [(row.lesson, row.state) for row in rows] == [
        ("fake-email", State.GOOD),
        ("b", State.UNREVIEWED),
        ("c", State.OLD),
        ("d", State.MISSING),
    ]
    assert rows[0].path.endswith("01-fake-email.cy.md")
    assert rows[3].path.endswith("04-d.md")
    assert list(summary(rows)) == ["cy: 1 good, 1 not reviewed, 1 older than the English, 1 missing"]


def test_folder_in_one_language_has_no_translations(folder: Path) -> None:
    assert translations(load(folder).curriculum) == []
