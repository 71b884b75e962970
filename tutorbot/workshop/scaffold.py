"""New courses, lessons and translations, to be filled in: their files, their names, their text. Writes nothing.

What the author must still write is marked with `DRAFT`. Such a file is not taught before every mark is gone.
"""

import re
from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from pathlib import PurePosixPath
from string import Template

from tutorbot.curriculum.lesson import CourseKind, Lesson
from tutorbot.curriculum.library import Curriculum
from tutorbot.curriculum.rules import DRAFT
from tutorbot.curriculum.style import ID_COMMENT

_SCAFFOLDS = files("tutorbot.workshop") / "scaffolds"
_STEP = 10  # between the places of two courses in the menu, so that another fits between
_NUMBER = re.compile(r"\d+")


def title_of(name: str) -> str:
    """A title for an id: "fake-email" -> "Fake email"."""
    return name.replace("-", " ").capitalize()


def new_course(course: str, title: str, kind: CourseKind, curriculum: Curriculum) -> str:
    """The text of a course page. It comes last in the menu."""
    last = max((one.order for one in curriculum.courses), default=0)
    return _filled("course", id=course, title=title or title_of(course), kind=kind, order=last + _STEP)


def new_lesson(lesson: str, title: str, service: bool, today: date) -> str:
    """The text of a lesson. `service`: on a government service."""
    scaffold = "service" if service else "lesson"
    return _filled(scaffold, id=lesson, title=title or title_of(lesson), today=today.isoformat())


def lesson_file(lesson: str, names: Iterable[str]) -> str:
    """The name of a lesson's file that comes last of the course's files: "04-fake-email.md"."""
    numbers = [int(found[0]) for name in names if (found := _NUMBER.match(name))]
    return f"{max(numbers, default=0) + 1:02}-{lesson}.md"


def new_translation(text: str, lesson: Lesson) -> str:
    """The English lesson, to be translated line by line, with the id of each card under its heading."""
    lines = text.splitlines()
    for card in reversed(lesson.cards):
        if not any(ID_COMMENT.search(line) for line in lines[card.line - 1 : card.line + 1]):
            lines.insert(card.line, f"<!-- id: {card.id} -->")
    end = next(number for number, line in enumerate(lines) if number and line.rstrip() == "---")
    lines.insert(end, f"translation: unreviewed  # {DRAFT}: translate what stands behind each key and all cards")
    return "\n".join([*lines, ""])


def translation_file(path: str, language: str) -> str:
    """The name of a translation's file: "01-phone.md" -> "01-phone.cy.md"."""
    return f"{PurePosixPath(path).stem}.{language}.md"


def _filled(scaffold: str, **values: object) -> str:
    return Template((_SCAFFOLDS / f"{scaffold}.md").read_text("utf-8")).substitute(values)
