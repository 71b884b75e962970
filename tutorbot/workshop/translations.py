"""How far the lessons are translated: a row for each lesson and each language that the folder has. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tutorbot.curriculum.lesson import Lesson
from tutorbot.curriculum.library import FALLBACK, Curriculum


class State(StrEnum):
    """How far one lesson is translated."""

    MISSING = "missing"
    OLD = "older than the English"
    UNREVIEWED = "not reviewed"  # by somebody whose language it is
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Row:
    """One lesson in one language."""

    language: str
    course: str
    lesson: str
    state: State
    path: str  # of the translation; of the English lesson where there is none


def translations(curriculum: Curriculum) -> list[Row]:
    """A row for each lesson in each other language of which there is at least one lesson, in teaching order."""
    languages = sorted({language for _, language in curriculum.lessons} - {FALLBACK})
    return [_row(language, lesson, curriculum) for language in languages for lesson in _english(curriculum)]


def summary(rows: Iterable[Row]) -> Iterator[str]:
    """For each language, how many lessons are in each state: "cy: 10 not reviewed, 54 missing"."""
    every = list(rows)
    for language in sorted({row.language for row in every}):
        states = [row.state for row in every if row.language == language]
        counts = ((states.count(state), state) for state in State)
        yield f"{language}: {', '.join(f'{count} {state}' for count, state in reversed(list(counts)) if count)}"


def _english(curriculum: Curriculum) -> Iterator[Lesson]:
    for course in curriculum.courses:
        yield from curriculum.lessons_of(course.id)


def _row(language: str, original: Lesson, curriculum: Curriculum) -> Row:
    translated = curriculum.lessons.get((original.id, language))
    path = translated.path if translated else original.path
    return Row(language, original.course, original.id, _state(original, translated), path)


def _state(original: Lesson, translated: Lesson | None) -> State:
    if translated is None:
        return State.MISSING
    if original.reviewed and translated.reviewed and translated.reviewed < original.reviewed:
        return State.OLD
    return State.UNREVIEWED if translated.translation else State.GOOD
