"""The lessons of a folder while their author works on them: the last good version of each, and what the check says.

Advice takes a while to work out, so each file's is kept until something it hangs on changes. At the start the pages are
up before it is there; see `app.keep_up`.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from threading import Lock

from tutorbot.curriculum.folder import Folder
from tutorbot.curriculum.lesson import Lesson
from tutorbot.curriculum.library import FALLBACK
from tutorbot.curriculum.loader import Library, Loaded
from tutorbot.curriculum.problem import Problem
from tutorbot.workshop.check import advice_on, what_is_known, without_drafts
from tutorbot.workshop.script import read_script
from tutorbot.workshop.wording import Known


@dataclass(frozen=True, slots=True)
class Found:
    """What is known at one moment. Paths are as in problems: "lessons/first-steps/01-web-links.md"."""

    version: int = 0  # grows with each
    pages: tuple[str, ...] = ()  # the files of all lessons and courses, good or not
    problems: tuple[Problem, ...] = ()  # sorted; the advice is among them once it is worked out

    @property
    def lessons(self) -> tuple[str, ...]:
        """The files of all lessons."""
        return tuple(path for path in self.pages if not PurePosixPath(path).name.startswith("course."))


class Shelf(Library):
    """A library that remembers what was found, and tells when that has changed. May be used by several threads."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._place = Folder(folder)
        self._lock = Lock()
        self._advice: dict[str, tuple[Hashable, list[Problem]]] = {}  # by path, with what it hangs on
        self.found = Found()
        self.changed: Callable[[], object] = lambda: None  # may be called from any thread

    def reload(self) -> list[Problem]:
        """Read the folder again. Advice is brought up to date where there was some, and for new files."""
        with self._lock:
            problems, before = super().reload(), self.found.pages
            names, _ = self._place.names()
            pages = tuple(self._place.shown(name) for name in names if name.count("/") == 1)  # a course and a file
            self._advice = {path: kept for path, kept in self._advice.items() if path in pages}
            known = what_is_known(self._place, self._loaded)
            for path in pages if self.found.version else ():
                if path in self._advice or path not in before:
                    self._advise(path, known)
            self._tell(pages)
        return problems

    def advise(self, path: str) -> None:
        """Work out the advice on one file."""
        with self._lock:
            if path in self.found.pages:  # it may be gone by now
                self._advise(path, what_is_known(self._place, self._loaded))
                if self._advice[path][1]:
                    self._tell(self.found.pages)

    def lesson_at(self, path: str) -> Lesson | None:
        """The last good version of the lesson in this file."""
        return next((lesson for lesson in self.curriculum.lessons.values() if lesson.path == path), None)

    def problems_of(self, path: str) -> list[Problem]:
        """What is wrong with this file."""
        return [problem for problem in self.found.problems if problem.path == path]

    def course_problems(self, course: PurePosixPath) -> list[Problem]:
        """What is wrong with the page of the course in this folder: "lessons/first-steps"."""
        return [problem for problem in self.found.problems if problem.path.startswith(f"{course}/course.")]

    def text_of(self, path: str) -> str:
        """The file as it is now; "" if it cannot be read."""
        text, _ = self._place.text(self.name_of(path))
        return text

    def path_of(self, name: str) -> str:
        """The path of a file by its name in the folder, "first-steps/01-web-links.md"."""
        return self._place.shown(name)

    def name_of(self, path: str) -> str:
        """The name in the folder of the file with this path."""
        return path.partition("/")[2]

    def picture_edition(self, name: str) -> int:
        """A number that changes when the file of the picture does; 0 if it is not there."""
        path = self.picture(name)
        try:
            return path.stat().st_mtime_ns if path else 0
        except OSError:  # gone between two looks
            return 0

    def _advise(self, path: str, known: Known) -> None:
        text = self.text_of(path)
        hangs_on = (text, known, _around(path, self._loaded))
        if self._advice.get(path, (None, []))[0] != hangs_on:
            self._advice[path] = (hangs_on, advice_on(read_script(path, text), self._loaded, known))

    def _tell(self, pages: tuple[str, ...]) -> None:
        advice = (problem for _, problems in self._advice.values() for problem in problems)
        problems = tuple(sorted(without_drafts([*self._loaded.problems, *advice])))
        self.found = Found(self.found.version + 1, pages, problems)
        self.changed()


def _around(path: str, loaded: Loaded) -> Hashable:
    """What the advice on a file hangs on beside its text: its course, and for a translation what it translates."""
    lesson = loaded.lessons.get(path)
    original = loaded.curriculum.lessons.get((lesson.id, FALLBACK)) if lesson else None
    return loaded.curriculum.course(PurePosixPath(path).parent.name), original and original.edition
