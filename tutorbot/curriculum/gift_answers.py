"""The answers of a GIFT question, between its braces: which kind of question they make, and which of them are right.

Pure. The kinds are told apart as Moodle does it. Knows nothing of the text around the braces.
"""

import re

from tutorbot.curriculum.gift_text import Form, words_of
from tutorbot.curriculum.lesson import Answer, Exercise, ExerciseKind

FULL = 100.0  # percent
Told = tuple[str, str]
"""What is to be told of a question: the reason, and the answer it is about, or ""."""

_WEIGHT = re.compile(r"%(-*[0-9]{1,2}\.?[0-9]*)%")
_ANY_WORDS = re.compile(r"(?<!\\)\*")
_TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}


class LeftOut(Exception):
    """There is no card for this question."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_answers(inside: str, form: Form) -> tuple[Exercise, list[Told]]:
    """The exercise, and what is to be told of it. `form`: of the question's text. Raises `LeftOut`."""
    if not inside:
        raise LeftOut("essay")
    if inside.startswith("#"):
        raise LeftOut("number")
    if "~" in inside:
        return _choice(inside, form)
    if "=" in inside and "->" in inside:
        raise LeftOut("matching")
    parts = inside.split("#")
    if parts[0].strip() in _TRUTHS:
        return _truth([part.strip() for part in parts], form), []
    return _typed(inside, form)


def _choice(inside: str, form: Form) -> tuple[Exercise, list[Told]]:
    single = "=" in inside
    answers = []
    for part in filter(None, map(str.strip, inside.replace("=", "~=").split("~"))):
        weight = _WEIGHT.match(part)
        right = part.startswith("=") or (weight is not None and _worth(weight) >= (FULL if single else 1e-9))
        rest = part[weight.end() :] if weight else part.removeprefix("=")
        answers.append(_one_answer(rest, form, right=right))
    count = sum(answer.right for answer in answers)
    if not 0 < count < len(answers):
        raise LeftOut("answers")
    kind = ExerciseKind.ONE if count == 1 else ExerciseKind.MANY
    return Exercise(kind, tuple(answers)), [("several", "")] if single and count > 1 else []


def _truth(parts: list[str], form: Form) -> Exercise:
    """True or false; behind it the feedback to who is wrong, then to who is right."""
    truth, wrong, right = (*parts, "", "")[:3]
    notes = {False: words_of(wrong, form).markdown, True: words_of(right, form).markdown}
    return Exercise(
        ExerciseKind.ONE,
        tuple(Answer(str(says), _TRUTHS[truth] is says, notes[_TRUTHS[truth] is says]) for says in (True, False)),
    )


def _typed(inside: str, form: Form) -> tuple[Exercise, list[Told]]:
    answers: list[Answer] = []
    told: list[Told] = []
    for part in filter(None, map(str.strip, inside.split("="))):
        weight = _WEIGHT.match(part)
        answer = _one_answer(part[weight.end() :] if weight else part, form, right=True, typed=True)
        if (weight and _worth(weight) < FULL) or _ANY_WORDS.search(answer.text):
            told.append(("part", answer.text))
        else:
            text, note = answer.text.replace("\\*", "*"), answer.feedback.replace("-\\>", "->")
            answers.append(Answer(text, right=True, feedback=note))
    if not answers:
        raise LeftOut("answers")
    return Exercise(ExerciseKind.TYPED, tuple(answers)), told


def _one_answer(part: str, form: Form, *, right: bool, typed: bool = False) -> Answer:
    text, _, note = part.partition("#")
    words = words_of(text.strip(), Form.PLAIN if typed else form)
    if not words.plain:
        raise LeftOut("empty")
    return Answer(words.plain, right, words_of(note.strip(), form).markdown)


def _worth(weight: re.Match[str]) -> float:
    worth = float(weight[1].lstrip("-"))
    return -worth if weight[1].startswith("-") else worth
