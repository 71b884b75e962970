"""Whether an answer fits an exercise. Forgiving of case, spaces, signs and small slips of the finger."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from tutorbot.curriculum.lesson import Answer, Exercise, ExerciseKind
from tutorbot.curriculum.spelling import simplify

LETTERS = "ABCDEFGHIJ"

_LIKE_ENOUGH = 0.85  # share of letters that must agree; found by hand on real slips
_LONG_ENOUGH = 5  # shorter words must be exact: "http" is not "https"
# Words that people put around an answer, as in "it is 7726" or "I think the PIN".
_AROUND = frozenset({"a", "an", "answer", "i", "is", "it", "its", "maybe", "number", "perhaps", "that", "the", "think"})
_LIST = re.compile(r"\s*(?:,|;|&|\+|/|\band\b|\s)\s*")


def alike(given: str, wanted: str) -> bool:
    """Whether two simplified texts are the same but for a small slip. Digits must agree exactly."""
    if given == wanted:
        return True
    if len(wanted) < _LONG_ENOUGH or abs(len(given) - len(wanted)) > 2 or _digits(given) != _digits(wanted):
        return False
    matcher = SequenceMatcher(None, given, wanted, autojunk=False)
    return matcher.quick_ratio() >= _LIKE_ENOUGH and matcher.ratio() >= _LIKE_ENOUGH  # the quick one is never less


def right_text(exercise: Exercise, text: str) -> bool:
    """Whether a typed answer is one of the right ones."""
    given = simplify(text)
    return any(_same(given, simplify(answer.text)) for answer in exercise.answers)


def _same(given: str, wanted: str) -> bool:
    core = _core(given)
    return alike(given, wanted) or _compact(given) == _compact(wanted) or (core != "" and alike(core, _core(wanted)))


def _core(text: str) -> str:
    """The words without those that people put around an answer."""
    return " ".join(word for word in text.split() if word not in _AROUND)


def picked(exercise: Exercise, text: str) -> tuple[int, ...]:
    """Which answers a typed text picks, by letter, number or words; () if it picks none."""
    answers = exercise.answers
    by_words = _by_words(answers, text)
    if by_words is not None:
        return (by_words,)
    parts = [part for part in _LIST.split(simplify(text)) if part]
    if len(parts) == 1 and exercise.kind is ExerciseKind.MANY and parts[0].isalpha() and len(parts[0]) <= len(answers):
        parts = list(parts[0])
    places = [_place(part, len(answers)) for part in parts]
    if not places or None in places or (exercise.kind is ExerciseKind.ONE and len(places) > 1):
        return ()
    return tuple(sorted({place for place in places if place is not None}))


def right_picks(exercise: Exercise, picks: Sequence[int]) -> bool:
    """Whether exactly the right answers are picked."""
    return {place for place, answer in enumerate(exercise.answers) if answer.right} == set(picks)


def _by_words(answers: Sequence[Answer], text: str) -> int | None:
    given = simplify(text)
    exact = [place for place, answer in enumerate(answers) if simplify(answer.text) == given]
    near = [place for place, answer in enumerate(answers) if alike(given, simplify(answer.text))]
    return next((found[0] for found in (exact, near) if len(found) == 1), None)


def _place(part: str, count: int) -> int | None:
    if part.isdecimal():
        return int(part) - 1 if 1 <= int(part) <= count else None
    place = LETTERS.find(part.upper()) if len(part) == 1 else -1
    return place if 0 <= place < count else None


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _compact(text: str) -> str:
    return text.replace(" ", "")
