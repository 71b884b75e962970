"""The whole check of a lessons folder: the faults that keep lessons out, and all advice. Reads the disk."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tutorbot.curriculum.folder import Folder
from tutorbot.curriculum.lesson import CourseKind
from tutorbot.curriculum.library import FALLBACK
from tutorbot.curriculum.loader import Loaded
from tutorbot.curriculum.problem import Problem
from tutorbot.workshop.advice import advise
from tutorbot.workshop.lessons import translation
from tutorbot.workshop.script import Script, read_script
from tutorbot.workshop.spelling import spelling
from tutorbot.workshop.wording import Known
from tutorbot.workshop.wordlists import names, read_names

_NAMES = "names.txt"  # in the lessons folder: names that its lessons have
_DRAFT = "unfinished"

Listen = Callable[[int, int], None]  # called with how many files are read, of how many


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what was found."""

    loaded: Loaded
    problems: tuple[Problem, ...]  # sorted; of what was named alone
    scripts: tuple[Script, ...]  # of the lessons and courses that were looked at


def check(folder: Path, loaded: Loaded, only: str = "", listen: Listen | None = None) -> Checked:
    """Check a lessons folder that was read. `only`: this course or lesson alone, as in "lessons/first-steps"."""
    place = Folder(folder)
    known = what_is_known(place, loaded)
    chosen = [name for name in _pages(place) if _is_in(place.shown(name), only)]
    scripts: list[Script] = []
    problems = [problem for problem in loaded.problems if _is_in(problem.path, only)]
    for number, name in enumerate(chosen, 1):
        script = read_script(place.shown(name), place.text(name)[0])
        scripts.append(script)
        problems += advice_on(script, loaded, known)
        if listen:
            listen(number, len(chosen))
    return Checked(loaded, tuple(sorted(without_drafts(problems))), tuple(scripts))


def what_is_known(place: Folder, loaded: Loaded) -> Known:
    """The names and the explained words of a lessons folder."""
    glossary = loaded.curriculum.words.get(FALLBACK)
    words = (spelling for word in glossary.words.values() for spelling in (word.name, *word.also)) if glossary else ()
    own, _ = place.text(_NAMES)
    return Known(names() | read_names(own), frozenset(word.lower() for word in words))


def advice_on(script: Script, loaded: Loaded, known: Known) -> list[Problem]:
    """All advice on one lesson or course of a folder, in the order of its lines."""
    path = PurePosixPath(script.path)
    course = loaded.curriculum.course(path.parent.name)
    service = course is not None and course.kind is CourseKind.SERVICE and script.path in loaded.lessons
    found = advise(script, known, service=service)
    if script.language == FALLBACK:
        found += spelling(script, known.names)
    return sorted([*found, *_of_translation(script, loaded)])


def _of_translation(script: Script, loaded: Loaded) -> Iterator[Problem]:
    lesson = loaded.lessons.get(script.path)
    original = loaded.curriculum.lessons.get((lesson.id, FALLBACK)) if lesson else None
    if lesson and original and script.language != FALLBACK:
        yield from translation(script, lesson, original)


def without_drafts(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The problems; of a line that is still to be written, that alone."""
    drafts = {(one.path, one.line) for one in problems if one.code == _DRAFT}
    return (one for one in problems if one.code == _DRAFT or (one.path, one.line) not in drafts)


def _pages(place: Folder) -> list[str]:
    """The lessons and courses. What lies elsewhere is none."""
    found, _ = place.names()
    return [name for name in found if name.count("/") == 1]


def _is_in(path: str, only: str) -> bool:
    return not only or path == only or path.startswith(f"{only}/")
