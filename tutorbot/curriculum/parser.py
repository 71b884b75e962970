"""Text -> values: the file of a lesson or a course, read whole, with everything that is wrong with it.

Pure. What can only be seen with all files at hand (ids, `needs`, pictures) is seen by `checks`.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from tutorbot.curriculum.cards import read_cards
from tutorbot.curriculum.header import Header, read_header
from tutorbot.curriculum.lesson import Card, Course, CourseKind, Lesson
from tutorbot.curriculum.library import FALLBACK
from tutorbot.curriculum.markup import Page, plain, read
from tutorbot.curriculum.pictures import Placed, place_pictures
from tutorbot.curriculum.problem import Problem
from tutorbot.curriculum.report import Report
from tutorbot.curriculum.rules import CARD_LIMIT, DRAFT, FILE_LIMIT
from tutorbot.curriculum.schema import check_course, check_lesson
from tutorbot.curriculum.style import check_style

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_REVIEW_EVERY = 12  # months, where the course does not say
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")  # all that YAML or Markdown may take for one


@dataclass(frozen=True, slots=True)
class LessonFile:
    """A lesson's file, read. `header` is empty where it cannot be read."""

    path: str
    course: str
    language: str
    header: Header
    pictures: tuple[Placed, ...]
    problems: tuple[Problem, ...]
    lesson: Lesson | None  # None if there is an error

    @property
    def id(self) -> str:
        """The lesson's id; "" where it cannot be read."""
        return self.header.text("id")


@dataclass(frozen=True, slots=True)
class CourseFile:
    """A course's file, read. Its lessons are added when all are known."""

    path: str
    folder: str
    language: str
    header: Header
    problems: tuple[Problem, ...]
    course: Course | None  # None if there is an error


def decode(data: bytes, report: Report) -> str | None:
    """The text of a file; None, with a problem in `report`, if it is too big or not UTF-8."""
    if len(data) > FILE_LIMIT:
        report.add(1, "too-big")
        return None
    try:
        return data.decode("utf-8-sig")  # some editors put a mark before the text
    except UnicodeDecodeError as error:
        report.add(data.count(b"\n", 0, error.start) + 1, "not-utf8")
        return None


def parse_lesson(path: str, text: str) -> LessonFile:
    """Read a lesson. `path` ends in folder and file name, as in "lessons/first-steps/01-web-links.md"."""
    report, place = Report(path), PurePosixPath(path)
    text, lines = clean_lines(text)
    language = check_language(place.name, report)
    _check_draft(lines, report)
    header, taken = read_header(lines, report)
    if header:
        check_lesson(header, language, report)
    page = read(lines, taken)
    check_style(page, report)
    pictures = place_pictures(page, place.parent.name, report)
    _check_beginning(page, header, report)
    cards = read_cards(page, pictures, report)
    lesson = _lesson(header, cards, path, language, _edition(text)) if header and report.clean else None
    found = tuple(sorted(set(report.problems)))
    return LessonFile(path, place.parent.name, language, header or Header({}), pictures, found, lesson)


def parse_course(path: str, text: str) -> CourseFile:
    """Read a course, or its page in another language: `path` ends as in "lessons/first-steps/course.cy.md"."""
    report, place = Report(path), PurePosixPath(path)
    folder, language = place.parent.name, check_language(place.name, report)
    _, lines = clean_lines(text)
    _check_draft(lines, report)
    header, taken = read_header(lines, report)
    if header:
        check_course(header, language, report)
        if header.text("id") not in ("", folder):
            report.add(header.line("id"), "course-id", id=header.text("id"), folder=folder)
    page = read(lines, taken)
    intro = page.source(taken + 1, len(lines) + 1)
    _check_intro(page, folder, intro, report)
    course = _course(header, intro, language) if header and report.clean else None
    return CourseFile(path, folder, language, header or Header({}), tuple(sorted(set(report.problems))), course)


def clean_lines(text: str) -> tuple[str, list[str]]:
    """A text that every room reads alike, and its lines."""
    clean = _LINE_ENDS.sub("\n", text).encode(errors="replace").decode()  # half a letter is no text
    return clean, clean.split("\n")


def language_of(name: str) -> str:
    """The language that a file name tells, good or not: `x.cy.md` is Welsh, `x.md` English."""
    return PurePosixPath(name).name.removesuffix(".md").partition(".")[2] or FALLBACK


def check_language(name: str, report: Report) -> str:
    """The language that a file name tells; a problem if it is none."""
    language = language_of(name)
    if not _LANGUAGE.fullmatch(language):
        report.add(1, "bad-language", language=language)
    return language


def _check_draft(lines: Sequence[str], report: Report) -> None:
    for number, line in enumerate(lines, 1):
        if DRAFT in line:
            report.add(number, "unfinished")


def _check_beginning(page: Page, header: Header | None, report: Report) -> None:
    """Before the first card stands the title, and nothing else."""
    first = page.blocks[0] if page.blocks else None
    title = plain(first.inline) if first and first.level == 1 else ""
    if header and header.text("title") and title != header.text("title"):
        report.add(first.start if first else 1, "title", title=header.text("title"))
    inside = False
    for block in page.blocks[1:] if title else page.blocks:
        inside = inside or block.level == 2
        if block.level not in (0, 2):
            report.add(block.start, "other-heading")
        elif not inside:
            report.add(block.start, "lost-text")


def _check_intro(page: Page, folder: str, intro: str, report: Report) -> None:
    check_style(page, report)
    for placed in place_pictures(page, folder, report):
        report.add(placed.line, "picture-place")
    for block in page.blocks:
        if block.level:
            report.add(block.start, "course-heading")
    if len(intro) > CARD_LIMIT:
        report.add(page.blocks[0].start if page.blocks else 1, "long-card", size=len(intro))


def _edition(text: str) -> str:
    return hashlib.blake2s(text.encode(), digest_size=6).hexdigest()


def _lesson(header: Header, cards: tuple[Card, ...], path: str, language: str, edition: str) -> Lesson:
    """The lesson of a file without errors."""
    return Lesson(
        id=header.text("id"),
        course=PurePosixPath(path).parent.name,
        language=language,
        title=header.text("title"),
        summary=header.text("summary"),
        minutes=int(header.text("minutes")),
        can_do=header.text("can_do"),
        cards=cards,
        edition=edition,
        path=path,
        offline=header.text("offline"),
        skills=header.texts("skills"),
        needs=header.texts("needs"),
        asks=header.texts("asks"),
        sources=header.texts("sources"),
        reviewed=date.fromisoformat(header.text("reviewed")),
        translation=header.text("translation"),
    )


def _course(header: Header, intro: str, language: str) -> Course:
    """The course of a file without errors, its lessons yet to come."""
    return Course(
        id=header.text("id"),
        title=header.text("title"),
        summary=header.text("summary"),
        intro=intro,
        order=int(header.text("order") or 0),  # what the English page alone says is taken from there
        kind=CourseKind(header.text("kind") or CourseKind.SKILL),
        lessons=(),
        language=language,
        review_every=int(header.text("review_every") or _REVIEW_EVERY),
    )
