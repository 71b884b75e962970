"""From the lessons folder to a curriculum, now and after every change. With `folder`, the only room here that does I/O.

Nothing is half-loaded: a lesson with an error is left out. While the program runs, learners keep the last good edition
of a lesson that an author breaks; only what is really gone is dropped.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TypeVar

from watchfiles import awatch

from tutorbot.curriculum.checks import check_library
from tutorbot.curriculum.finder import Finder, Target, targets
from tutorbot.curriculum.folder import Folder
from tutorbot.curriculum.fulltext import FullTextFinder
from tutorbot.curriculum.glossary import Glossary, with_words
from tutorbot.curriculum.lesson import Course, Lesson
from tutorbot.curriculum.library import FALLBACK, Curriculum
from tutorbot.curriculum.parser import CourseFile, LessonFile, parse_course, parse_lesson
from tutorbot.curriculum.problem import Level, Problem
from tutorbot.curriculum.report import problem
from tutorbot.curriculum.smart import SmartFinder, installed
from tutorbot.curriculum.words import WordsFile, is_words, parse_words

_log = logging.getLogger(__name__)
_QUIET = 200  # milliseconds without a change before the folder is read again: a copy of many files is one change
_parse_lesson = lru_cache(maxsize=4096)(parse_lesson)  # on a reload, only what has changed is parsed

_finder: Callable[[Sequence[Target]], Finder] = SmartFinder if installed() else FullTextFinder

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder holds at one moment. Paths are as shown in problems: "lessons/first-steps/course.md"."""

    curriculum: Curriculum = field(default_factory=Curriculum)
    problems: tuple[Problem, ...] = ()
    courses: Mapping[str, Course] = field(default_factory=dict)  # by path; those without errors
    lessons: Mapping[str, Lesson] = field(default_factory=dict)  # by path; those without errors
    words: Mapping[str, Glossary] = field(default_factory=dict)  # by path; those without errors


@dataclass(slots=True)
class _Files:
    """Every file of a folder, parsed, and all that is wrong with them and with the folder itself."""

    courses: list[CourseFile] = field(default_factory=list)
    lessons: list[LessonFile] = field(default_factory=list)
    words: list[WordsFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def load(folder: Path) -> Loaded:
    """Read all courses, lessons and words in a folder. What cannot be read is a problem, never an exception."""
    return _loaded(_read(Folder(folder)))


class Library:
    """The current curriculum of a lessons folder, renewed by `reload` and `watch`."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds a folder for each course. Nothing is read before the first `reload`."""
        self._folder = folder
        self._loaded = Loaded()

    @property
    def curriculum(self) -> Curriculum:
        """All that can be taught at this moment; a snapshot that never changes."""
        return self._loaded.curriculum

    def reload(self) -> list[Problem]:
        """Read the folder again. What is broken stays as it was when it was last good; what is gone goes."""
        self._loaded = _loaded(_read(Folder(self._folder)), self._loaded)
        return list(self._loaded.problems)

    async def watch(self, stop: asyncio.Event) -> None:
        """Reload after every change in the folder and log each problem on a line, until `stop` is set."""
        try:
            await asyncio.to_thread(self.prepare)
            async for _ in awatch(self._folder, stop_event=stop, step=_QUIET):
                problems = await asyncio.to_thread(self.reload)
                await asyncio.to_thread(self.prepare)
                _log.info("The lessons were read again.", extra={"action": "lessons_read"})
                for found in problems:
                    _log.warning("%s", found, extra={"action": "lesson_problem"})
        except OSError as error:
            _log.warning("The lessons folder is not watched: %s", error, extra={"action": "lessons_not_watched"})

    def prepare(self) -> None:
        """Let the finder do what takes long, so that no learner waits for it."""
        self.curriculum.finder.prepare()

    def picture(self, name: str) -> Path | None:
        """The file of a picture, as "first-steps/images/link.png"; None if there is none in this folder."""
        return Folder(self._folder).picture(name)


def _loaded(files: _Files, last: Loaded | None = None) -> Loaded:
    """What these files teach. What is broken in them is as it was in `last`."""
    broken, last = _broken(files.problems), last or Loaded()
    courses = {file.path: file.course for file in files.courses if file.course and file.path not in broken}
    lessons = {file.path: file.lesson for file in files.lessons if file.lesson and file.path not in broken}
    words = {file.path: file.glossary for file in files.words if file.glossary and file.path not in broken}
    courses = {**_kept(last.courses, broken), **courses}
    lessons = {**_kept(last.lessons, broken), **lessons}
    words = {**_kept(last.words, broken), **words}
    return Loaded(_assemble(courses, lessons, words), tuple(sorted(files.problems)), courses, lessons, words)


def _read(place: Folder) -> _Files:
    """All of a folder, with everything that is wrong with it."""
    files = _Files()
    names, files.problems = place.names()
    for name in names:
        path, parts = place.shown(name), PurePosixPath(name).parts
        if len(parts) == 2:  # a course and a file
            _read_in_course(path, *place.text(name), files)
        elif is_words(name):
            text, faults = place.text(name)
            words = parse_words(path, text)
            files.words.append(replace(words, problems=faults) if faults else words)
        else:
            files.problems.append(problem(path, 1, "misplaced"))
    files.problems += check_library(files.lessons, files.courses, place.look)
    for found in (file.problems for group in (files.courses, files.lessons, files.words) for file in group):
        files.problems += found
    return files


def _read_in_course(path: str, text: str, faults: tuple[Problem, ...], files: _Files) -> None:
    """A course or a lesson. `faults`: why it could not be read, which is then all there is to say of it."""
    if PurePosixPath(path).name.startswith("course."):
        course = parse_course(path, text)
        files.courses.append(replace(course, problems=faults) if faults else course)
    else:
        lesson = _parse_lesson(path, text)
        files.lessons.append(replace(lesson, problems=faults) if faults else lesson)


def _assemble(
    courses: Mapping[str, Course], lessons: Mapping[str, Lesson], words: Mapping[str, Glossary]
) -> Curriculum:
    """A snapshot of these, in the order of their file names. A course without lessons would be a dead end."""
    ids: dict[str, dict[str, None]] = {}
    for _, lesson in sorted(lessons.items()):
        ids.setdefault(lesson.course, {})[lesson.id] = None  # a translation has the id of its lesson
    taught = {
        course.id: replace(course, lessons=tuple(ids[course.id]))
        for course in courses.values()
        if course.id in ids and course.language == FALLBACK
    }
    full = [_in_words_of(course, taught[course.id]) for course in courses.values() if course.id in taught]
    glossaries = {glossary.language: glossary for glossary in words.values()}
    known = [
        with_words(lesson, glossaries.get(lesson.language, Glossary()))
        for lesson in lessons.values()
        if lesson.course in taught
    ]
    return Curriculum.of(full, known, glossaries.values(), _finder(targets(known, glossaries.values())))


def _in_words_of(page: Course, course: Course) -> Course:
    """The course as a page of it, perhaps in another language, words it."""
    return replace(course, title=page.title, summary=page.summary, intro=page.intro, language=page.language)


def _kept(last: Mapping[str, T], broken: set[str]) -> dict[str, T]:
    """What was good the last time and is broken now, or lies in a folder that cannot be read now."""
    return {
        path: item
        for path, item in last.items()
        if path in broken or any(str(parent) in broken for parent in PurePosixPath(path).parents)
    }


def _broken(problems: Iterable[Problem]) -> set[str]:
    return {found.path for found in problems if found.level is Level.ERROR}
