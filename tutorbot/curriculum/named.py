"""Finds what an author names on the command line: a lesson by its id or file, a course, or a folder of lessons."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tutorbot.curriculum.folder import Folder
from tutorbot.curriculum.loader import Loaded, load
from tutorbot.curriculum.report import guess
from tutorbot.errors import SettingError

_NUMBER = re.compile(r"^\d+-")


@dataclass(frozen=True, slots=True)
class Named:
    """A lessons folder, read, and what was named in it: "lessons/first-steps/01-web-links.md", a course, or ""."""

    folder: Path
    path: str
    loaded: Loaded


def find(word: str, folder: Path) -> Named:
    """What the word names. A file or a folder may be anywhere; an id is looked for in `folder`. SettingError if none.

    A lesson with an error has no id that could be trusted; it is found by its file, or by the name of its file.
    """
    place = Path(word)
    if place.is_file() and place.suffix == ".md":
        file = place.resolve()
        if not (file.parent / "course.md").is_file():  # else we would read all that lies around it
            raise SettingError(f"{place} is not in the folder of a course. Put it beside its course.md.")
        root = file.parent.parent
        return Named(root, Folder(root).shown(f"{file.parent.name}/{file.name}"), load(root))
    if word and (place / "course.md").is_file():
        course = place.resolve()
        return Named(course.parent, Folder(course.parent).shown(course.name), load(course.parent))
    if word and place.is_dir():
        if not any(place.glob("*/course.md")):
            raise SettingError(f"{place} does not hold courses. Give the folder above the courses, as in: lessons")
        return Named(place, "", load(place))
    loaded = load(folder)
    known = _by_word(folder, loaded)
    if word and word not in known:
        raise SettingError(
            f"There is no lesson or course '{word}' in {folder}. Give its id or its file.{guess(word, known)}"
        )
    return Named(folder, known.get(word, ""), loaded)


def _by_word(folder: Path, loaded: Loaded) -> Mapping[str, str]:
    """Paths by word: of a course its folder, of a lesson the name of its file without the number, and its id."""
    place = Folder(folder)
    names, _ = place.names()
    pages = [PurePosixPath(name) for name in names if name.count("/") == 1]
    courses = {page.parent.name: place.shown(page.parent.name) for page in pages}
    files = {_NUMBER.sub("", page.stem): place.shown(str(page)) for page in pages if not page.stem.startswith("course")}
    ids = {lesson.id: lesson.path for (_, language), lesson in loaded.curriculum.lessons.items() if language == "en"}
    return courses | files | ids
