"""The lessons folder on the disk: which files it holds, their text, their pictures. Nothing outside it is ever read.

What cannot be read is a problem, never an exception. Knows nothing of what a lesson is.
"""

import os
from pathlib import Path

from tutorbot.curriculum.parser import decode
from tutorbot.curriculum.pictures import HEAD, PictureFile, is_picture_name
from tutorbot.curriculum.problem import Problem
from tutorbot.curriculum.report import Report, problem
from tutorbot.curriculum.rules import FILE_LIMIT


class Folder:
    """A folder of courses. Names are relative to it, with `/`, as in "first-steps/course.md"."""

    def __init__(self, path: Path) -> None:
        self._root = path.resolve()

    def shown(self, name: str) -> str:
        """A name as authors know it, from the lessons folder on: "lessons/first-steps/course.md"."""
        path = self._root.name if name == "." else f"{self._root.name}/{name}"
        return path.encode(errors="replace").decode()  # a file name may hold bytes that are no text

    def names(self) -> tuple[list[str], list[Problem]]:
        """All Markdown files, sorted, and what could not be searched. Hidden files and readmes are left alone."""
        faults: list[OSError] = []
        names: list[str] = []
        for place, folders, files in os.walk(self._root, onerror=faults.append):
            folders[:] = [name for name in folders if not name.startswith(".")]
            names += [self._name(Path(place, name)) for name in files if _is_page(name)]
        return sorted(names), [self._unread(fault) for fault in faults]

    def text(self, name: str) -> tuple[str, tuple[Problem, ...]]:
        """The text of a file; "" and the reason if it cannot be read."""
        report = Report(self.shown(name))
        text = None
        path = self.find(name)
        if path is None:
            report.add(1, "outside")
            return "", tuple(report.problems)
        try:
            text = decode(_start(path, FILE_LIMIT + 1), report)
        except OSError as error:
            report.add(1, "unreadable", reason=error.strerror)
        return text or "", tuple(report.problems)

    def look(self, name: str) -> PictureFile | None:
        """What the disk says of a picture; None if it is not there."""
        path = self.find(name)
        if path is None:
            return PictureFile(0, b"", inside=False)
        try:
            return PictureFile(path.stat().st_size, _start(path, HEAD))
        except OSError:
            return None

    def picture(self, name: str) -> Path | None:
        """The real path of a picture; None if this is not the name of a picture in the folder."""
        path = self.find(name) if is_picture_name(name) else None
        try:
            return path if path and path.is_file() else None
        except OSError:  # a name longer than the disk allows
            return None

    def find(self, name: str) -> Path | None:
        """The real path of a file, there or not; None if it leads out of the folder, through `..` or a link."""
        try:
            path = (self._root / name).resolve()
        except (OSError, RuntimeError, ValueError):  # a circle of links; a letter that no file name has
            return None
        return path if path.is_relative_to(self._root) else None

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _unread(self, fault: OSError) -> Problem:
        name = self._name(Path(fault.filename))
        return problem(self.shown(name), 1, "unreadable", reason=fault.strerror)


def _is_page(name: str) -> bool:
    return name.endswith(".md") and not name.startswith(".") and name.lower() != "readme.md"


def _start(path: Path, size: int) -> bytes:
    """The first `size` bytes of a file. A pipe is not opened, for it could wait for ever."""
    if path.exists() and not path.is_file():
        raise OSError(0, "It is not a file")
    with path.open("rb") as file:
        return file.read(size)
