"""Exercises in GIFT, the text format of Moodle's quizzes: our cards written in it, and others' questions read. Pure.

Moodle's own reader decides what a sign means (question/format/gift/format.php there). GIFT has no hints: they stand in
the general feedback, each behind `Hint:`, and are found there again. A question we have no card for is told by its
line and left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tutorbot.curriculum.cards import slug
from tutorbot.curriculum.gift_answers import FULL, LeftOut, Told, read_answers
from tutorbot.curriculum.gift_text import Form, Words, hide, put, shown, words_of
from tutorbot.curriculum.lesson import Answer, Card, Exercise, ExerciseKind
from tutorbot.curriculum.problem import Level, Problem
from tutorbot.curriculum.style import CARD_ID
from tutorbot.curriculum.writer import escaped_lines

_SAYS = {
    "try": "This card asks to do something for real. GIFT has no such question, so it was left out.",
    "arrow": "An answer has '->', which GIFT takes for a pair to match. This card was left out.",
    "picture": "The picture of this card stays here: GIFT holds only text.",
    "matching": "This question matches pairs. We have no such card, so it was left out.",
    "number": "This question measures a number. Write {{=5}} to have it typed. It was left out.",
    "essay": "This question asks for an essay. We have no such card, so it was left out.",
    "text": "This has no answers in {{ }}, so it was left out.",
    "braces": "A '{{' or a '}}' is missing, so this was left out. To mean the sign itself, write \\{{ or \\}}.",
    "answers": "This question needs a right answer and, to choose from, one that is not. It was left out.",
    "empty": "This question, or one of its answers, has no words. It was left out.",
    "several": "Any one of several answers was right here. Now all of them must be ticked: look at it again.",
    "part": "The answer '{answer}' was left out. A typed answer is all right or not there, and has no '*'.",
    "images": "A picture of this question was left out. Put one on the card.",
}
_HINT = re.compile(r"^hint:\s*", re.IGNORECASE | re.MULTILINE)
_ID = re.compile(rf"\[id:({CARD_ID})\]")
_LINE_ENDS = re.compile("\r\n|[\n\r]")
_LONG_TITLE = 120  # letters: a longer question is the text of its card, under its name


@dataclass(frozen=True, slots=True)
class Written:
    """GIFT, and what of the cards is not in it."""

    text: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """Cards, and what of the GIFT is not in them."""

    cards: tuple[Card, ...]
    problems: tuple[Problem, ...]


# --- Writing ---------------------------------------------------------------------------------------------------------


def to_gift(cards: Iterable[Card], path: str) -> Written:
    """The quizzes among these cards. `path`: of their lesson, for what is told."""
    questions: list[str] = []
    problems: list[Problem] = []
    for card in cards:
        if card.exercise is None:
            continue
        reason = _unfit(card.exercise)
        if reason:
            problems.append(_problem(path, card.line, reason))
            continue
        questions.append(_question(card, card.exercise))
        if card.picture:
            problems.append(_problem(path, card.line, "picture"))
    return Written("\n".join(questions), tuple(problems))


def _unfit(exercise: Exercise) -> str:
    """Why there is no GIFT for it; "" if there is."""
    if exercise.kind is ExerciseKind.TRY:
        return "try"
    typed = exercise.kind is ExerciseKind.TYPED
    return "arrow" if typed and any("->" in answer.text for answer in exercise.answers) else ""


def _question(card: Card, exercise: Exercise) -> str:
    text = "\n\n".join(filter(None, (escaped_lines(card.title), card.body)))
    hints = "\n\n".join(f"Hint: {hint}" for hint in exercise.hints)
    lines = [
        f"// [id:{card.id}]",
        f"::{put(card.title)}::[markdown]{put(text)}{{",
        *(f"\t{_weight(answer, exercise)}{_answer(answer, exercise.kind)}" for answer in exercise.answers),
        *([f"\t####{put(hints)}"] if hints else ()),
        "}\n",
    ]
    return "\n".join(lines)


def _weight(answer: Answer, exercise: Exercise) -> str:
    """The sign before an answer, with the part of the mark that it gives. Where several are right, a slip costs all."""
    if exercise.kind is ExerciseKind.MANY:
        right = sum(one.right for one in exercise.answers)
        return f"~%{FULL / right:.7g}%" if answer.right else "~%-100%"
    looks_weighed = answer.text.startswith("%")
    if exercise.kind is ExerciseKind.TYPED:
        return "=%100%" if looks_weighed else "="
    return "=" if answer.right else "~%0%" if looks_weighed else "~"


def _answer(answer: Answer, kind: ExerciseKind) -> str:
    note = answer.feedback
    if kind is ExerciseKind.TYPED:
        text = answer.text.replace("*", "\\*")  # alone it stands for any words
        text, note = ("[plain]" * text.startswith("[") + put(text), note.replace("->", "-\\>"))
    else:
        text = put(escaped_lines(answer.text))
    return f"{text}#{'[markdown]' * note.startswith('[')}{put(note)}" if note else text


# --- Reading ---------------------------------------------------------------------------------------------------------


def from_gift(text: str, path: str) -> Read:
    """The cards of all questions that we have cards for. `path`: of the file, for what is told."""
    cards: list[Card] = []
    problems: list[Problem] = []
    for block in _blocks(text):
        try:
            card, told = _read(block)
            cards.append(card)
        except LeftOut as left:
            told = [(left.reason, "")]
        problems += [_problem(path, block.line, reason, answer=answer) for reason, answer in told]
    return Read(tuple(cards), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Block:
    """One question's lines, escaped signs hidden."""

    text: str
    comments: str
    line: int  # its first, from 1


def _blocks(text: str) -> Iterator[_Block]:
    """The questions: between them are empty lines."""
    begun: list[tuple[int, str]] = []
    for number, line in enumerate((*_LINE_ENDS.split(text), ""), start=1):
        if line.strip():
            begun.append((number, line.strip()))
            continue
        comments = [words for _, words in begun if words.startswith("//")]
        lines = [(place, words) for place, words in begun if not words.startswith("//")]
        if lines and not lines[0][1].startswith("$CATEGORY:"):
            yield _Block(hide("\n".join(words for _, words in lines)), "\n".join(comments), lines[0][0])
        begun = []


def _read(block: _Block) -> tuple[Card, list[Told]]:
    """The card of a question, and what is to be told of it. Raises `LeftOut`."""
    name, text = _name(block.text)
    start, end = text.find("{"), text.find("}")
    if start < 0 and end < 0:
        raise LeftOut("text")
    if start < 0 or end < start:
        raise LeftOut("braces")
    inside, found, general = text[start + 1 : end].strip(), text[end + 1 :].strip(), ""
    asked = words_of(f"{text[:start]}{'_____' if found else ''}{text[end + 1 :]}".strip())
    if "####" in inside:
        inside, _, general = inside.rpartition("####")
    exercise, told = read_answers(inside.strip(), asked.form)
    title, body = _title(asked, name)
    kept = _ID.search(block.comments)
    card = Card(kept[1] if kept else slug(title), title, body, block.line)
    told += [("images", "")] * ("<img" in block.text)
    return replace(card, exercise=_with_general(exercise, words_of(general, asked.form).markdown)), told


def _name(text: str) -> tuple[str, str]:
    """The name of a question, "" if it has none, and the rest."""
    name, closed, rest = text.removeprefix("::").partition("::")
    return (shown(name).strip(), rest.strip()) if text.startswith("::") and closed else ("", text)


def _title(asked: Words, name: str) -> tuple[str, str]:
    """The heading of the card and the text under it."""
    first, _, rest = asked.markdown.partition("\n\n")
    title = Words(first, Form.MARKDOWN).plain
    if name and len(title) > _LONG_TITLE:
        return " ".join(name.split()), asked.markdown
    if not slug(title or name):
        raise LeftOut("empty")
    return title or " ".join(name.split()), rest.strip()


def _with_general(exercise: Exercise, general: str) -> Exercise:
    """The exercise with its general feedback: hints are hints; what else is said belongs to the right answer."""
    rest, *hints = (part.strip() for part in _HINT.split(general))
    first = next(place for place, answer in enumerate(exercise.answers) if answer.right)
    answers = list(exercise.answers)
    note = "\n\n".join(filter(None, (answers[first].feedback, rest)))
    answers[first] = replace(answers[first], feedback=note)
    return replace(exercise, answers=tuple(answers), hints=tuple(filter(None, hints)))


def _problem(path: str, line: int, reason: str, **values: str) -> Problem:
    return Problem(path, line, f"gift-{reason}", _SAYS[reason].format(**values), Level.WARNING)
