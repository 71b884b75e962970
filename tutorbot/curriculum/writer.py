"""Cards into Markdown, as an author writes it: what `parser` reads, the other way round. Pure. Leaves out pictures."""

import re
from collections.abc import Iterable, Iterator

from tutorbot.curriculum.cards import slug
from tutorbot.curriculum.lesson import Answer, Card, ExerciseKind
from tutorbot.curriculum.style import ID_COMMENT

_BLANK = r"(?<!\S)_+(?![^\s.,;:!?])"  # a gap to fill in, which no reader takes for a mark
_MARKS = re.compile(rf"{_BLANK}|([\\`*#\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;))")
_FIRST = re.compile(r"^([ \t]*)([-+=>]|\d+(?=[.)]))", re.MULTILINE)
_LABELS = {ExerciseKind.TRY: ("Try it: ", "Stuck? ")}
_QUIZ = ("Quiz: ", "Hint: ")


def to_markdown(cards: Iterable[Card]) -> str:
    """The cards, one below the other."""
    return "\n".join(map(_card, cards))


def escaped(text: str) -> str:
    """Plain words as Markdown that shows every letter of them, inside a line."""
    return _MARKS.sub(lambda found: f"\\{found[1]}" if found[1] else found[0], text)


def escaped_lines(text: str) -> str:
    """Plain words as Markdown that shows every letter of them, also where a line begins."""
    return _FIRST.sub(_kept, escaped(text))


def _kept(found: re.Match[str]) -> str:
    """The beginning of a line that would begin a list: `1\\.` and `\\-` do not."""
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


def _card(card: Card) -> str:
    parts = ["\n".join(_heading(card)), card.body, "\n".join(_hints(card)), "\n".join(_answers(card))]
    return "\n\n".join(filter(None, parts)) + "\n"


def _heading(card: Card) -> Iterator[str]:
    kind = card.exercise.kind if card.exercise else None
    label, _ = _LABELS.get(kind, _QUIZ) if kind else ("", "")
    yield f"## {label}{escaped(card.title)}{' (type it)' if kind is ExerciseKind.TYPED else ''}"
    comment = f"<!-- id: {card.id} -->"
    if card.id != slug(card.title) and ID_COMMENT.fullmatch(comment):
        yield comment


def _hints(card: Card) -> Iterator[str]:
    if card.exercise:
        _, label = _LABELS.get(card.exercise.kind, _QUIZ)
        for hint in card.exercise.hints:
            yield from _quoted(f"{label}{hint}")


def _answers(card: Card) -> Iterator[str]:
    typed = card.exercise is not None and card.exercise.kind is ExerciseKind.TYPED
    for answer in card.exercise.answers if card.exercise else ():
        yield f"- [{'x' if answer.right else ' '}] {_code(answer.text) if typed else escaped(answer.text)}"
        yield from (f"  {line}" for line in _note(answer))


def _note(answer: Answer) -> Iterable[str]:
    return _quoted(answer.feedback) if answer.feedback else ()


def _quoted(text: str) -> Iterator[str]:
    return (f"> {line}".rstrip() for line in text.split("\n"))


def _code(text: str) -> str:
    """The text in backticks: more of them than it holds in a row."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{'`' * (longest + 1)}{room}{text}{room}{'`' * (longest + 1)}"
