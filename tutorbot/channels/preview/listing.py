"""The list of all lessons, course by course, with how many findings each has. Pure, but for the shelf it reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from tutorbot.channels.preview.shelf import Shelf
from tutorbot.curriculum.lesson import Lesson
from tutorbot.curriculum.library import FALLBACK
from tutorbot.curriculum.problem import Level, Problem
from tutorbot.messages.renderer import language_name


@dataclass(frozen=True, slots=True)
class Row:
    """One lesson's file."""

    name: str  # "first-steps/01-web-links.md"
    lesson: Lesson | None  # its last good version
    problems: Sequence[Problem]

    @property
    def language(self) -> str:
        """Of a translation: the name of its language; else ""."""
        written = self.lesson.language if self.lesson else FALLBACK
        return language_name(written, FALLBACK) if written != FALLBACK else ""

    @property
    def errors(self) -> int:
        """How many findings keep it out."""
        return sum(problem.level is Level.ERROR for problem in self.problems)

    @property
    def advice(self) -> int:
        """How many findings are advice."""
        return len(self.problems) - self.errors


@dataclass(frozen=True, slots=True)
class Group:
    """A course: what is wrong with its page, and its lessons."""

    title: str
    problems: Sequence[Problem]
    rows: Sequence[Row]  # translations behind what they translate


@dataclass(frozen=True, slots=True)
class Listing:
    """All there is in the folder."""

    groups: Sequence[Group]
    others: Sequence[Problem]  # what belongs to no lesson and no course
    problems: Sequence[Problem]  # all of them

    @property
    def errors(self) -> int:
        """How many findings keep something out."""
        return sum(problem.level is Level.ERROR for problem in self.problems)

    @property
    def advice(self) -> int:
        """How many findings are advice."""
        return len(self.problems) - self.errors

    @property
    def lessons(self) -> int:
        """How many lessons there are."""
        return sum(len(group.rows) for group in self.groups)


def listing(shelf: Shelf) -> Listing:
    """The list as it stands now, in the order of the menu; folders that are no course yet come last."""
    paths = shelf.found.lessons
    folders = {PurePosixPath(path).parent for path in paths}
    order = {course.id: place for place, course in enumerate(shelf.curriculum.courses)}
    ordered = sorted(folders, key=lambda folder: (order.get(folder.name, len(order)), folder.name))
    told = [*paths]
    groups = []
    for folder in ordered:
        about = shelf.course_problems(folder)
        told += [problem.path for problem in about]
        groups.append(Group(_title(shelf, folder.name), about, _rows(shelf, folder, paths)))
    problems = shelf.found.problems
    return Listing(groups, [problem for problem in problems if problem.path not in told], problems)


def _rows(shelf: Shelf, folder: PurePosixPath, paths: Sequence[str]) -> list[Row]:
    inside = (path for path in paths if PurePosixPath(path).parent == folder)
    return [
        Row(shelf.name_of(path), shelf.lesson_at(path), shelf.problems_of(path))
        for path in sorted(inside, key=lambda path: path.removesuffix("md").split("."))
    ]


def _title(shelf: Shelf, folder: str) -> str:
    course = shelf.curriculum.course(folder)
    return course.title if course else folder
