"""Exercises: the hints and the list of answers on a card. Knows nothing of headings or of other cards."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tutorbot.curriculum.lesson import Answer, Exercise, ExerciseKind
from tutorbot.curriculum.markup import Block, Page, only_code, plain
from tutorbot.curriculum.report import Report
from tutorbot.curriculum.rules import ANSWER_LIMIT, MOST_ANSWERS, NOTE_LIMIT

_HINT = re.compile(r"(?:hint\s*:|stuck\s*\?)\s*", re.IGNORECASE)
_MARK = re.compile(r"\[([ xX])\]\s+(\S.*)", re.DOTALL)
_LIKE_A_MARK = re.compile(r"\[\s*[xX✓✔*]?\s*\](?!\()")
_QUOTE = re.compile(r"\s*> ?")


@dataclass(frozen=True, slots=True)
class _Item:
    """One answer where it stands."""

    answer: Answer
    line: int
    code: bool  # in backticks


def is_hint(block: Block) -> bool:
    """Whether this is a quote that begins with `Hint:` or `Stuck?`."""
    return block.kind == "blockquote" and bool(_HINT.match(_first_words(block)))


def is_answers(block: Block) -> bool:
    """Whether this is a list of answers: one item or more begins with `[ ]`, `[x]` or what looks like it."""
    return block.is_list and any(_LIKE_A_MARK.match(_first_words(item)) for item in block.blocks())


def read_practice(blocks: Sequence[Block], page: Page, line: int, report: Report) -> Exercise:
    """The exercise of a card that asks to do something for real. `line`: of its heading."""
    hints = _hints(blocks, page, report)
    if not hints:
        report.add(line, "no-hint", label="Stuck?")
    return Exercise(ExerciseKind.TRY, hints=hints)


def read_quiz(blocks: Sequence[Block], page: Page, line: int, asks_to_type: bool, report: Report) -> Exercise:
    """The exercise of a card that asks a question. `line`: of its heading."""
    lists = [block for block in blocks if is_answers(block)]
    if len(lists) > 1:  # what else is odd comes from that
        report.add(lists[1].start, "two-lists")
        return Exercise(ExerciseKind.ONE)
    hints = _hints(blocks, page, report)
    if not hints:
        report.add(line, "no-hint", label="Hint:")
    if not lists:
        report.add(line, "no-answers")
        return Exercise(ExerciseKind.ONE, hints=hints)
    items = [item for block in lists[0].blocks() for item in _read_item(block, page, report)]
    kind = _kind(items, lists[0].start, asks_to_type, report)
    _check_items(items, kind, lists[0].start, report)
    return Exercise(kind, tuple(item.answer for item in items), hints)


def _kind(items: Sequence[_Item], line: int, asks_to_type: bool, report: Report) -> ExerciseKind:
    """How the question is answered, as the marks say. `line`: of the list."""
    right = sum(item.answer.right for item in items)
    if items and right == len(items) and all(item.code for item in items):
        return ExerciseKind.TYPED
    if asks_to_type:
        report.add(line, "not-typed")
    elif len(items) == 1:
        report.add(line, "one-answer")
    elif items and not right:
        report.add(line, "no-right-answer")
    elif items and right == len(items):
        report.add(line, "all-right")
    return ExerciseKind.MANY if right > 1 else ExerciseKind.ONE


def _check_items(items: Sequence[_Item], kind: ExerciseKind, line: int, report: Report) -> None:
    seen: set[str] = set()
    for item in items:
        text = item.answer.text
        if len(text) > ANSWER_LIMIT:
            report.add(item.line, "long-answer", size=len(text))
        if text.casefold() in seen:
            report.add(item.line, "same-answer")
        if not item.answer.feedback and kind is not ExerciseKind.TYPED:
            report.add(item.line, "no-note")
        seen.add(text.casefold())
    if len(items) > MOST_ANSWERS and kind is not ExerciseKind.TYPED:
        report.add(line, "many-answers", size=len(items))


def _read_item(item: Block, page: Page, report: Report) -> Iterator[_Item]:
    """The answer that an item holds; none, and a problem, if it cannot be read."""
    first, *others = item.blocks() or (item,)
    mark = _MARK.match(first.inline)
    text = plain(mark[2]) if mark else ""
    if not mark or not text:
        report.add(item.start, "bad-mark")
        return
    for block in others:
        if block.kind not in ("blockquote", "bullet_list", "ordered_list"):  # a list in a list is told elsewhere
            report.add(block.start, "answer-extra")
    notes = [_note(block, page, report) for block in others if block.kind == "blockquote"]
    yield _Item(Answer(text, mark[1] != " ", "\n\n".join(notes)), item.start, only_code(mark[2]))


def _note(quote: Block, page: Page, report: Report) -> str:
    note = "\n".join(words for _, words in _unquoted(quote, page, report)).strip()
    _check_length(note, quote.start, report)
    return note


def _hints(blocks: Sequence[Block], page: Page, report: Report) -> tuple[str, ...]:
    """All hints of a card, in order. A quote that is no hint is a problem here."""
    hints: list[str] = []
    for quote in (block for block in blocks if block.kind == "blockquote"):
        if is_hint(quote):
            hints += _split_hints(quote, page, report)
        else:
            report.add(quote.start, "stray-quote")
    return tuple(hints)


def _split_hints(quote: Block, page: Page, report: Report) -> list[str]:
    """Each line that begins with `Hint:` or `Stuck?` begins a hint."""
    found: list[tuple[int, list[str]]] = []
    for line, words in _unquoted(quote, page, report):
        label = _HINT.match(words)
        if label or not found:
            found.append((line, []))
        found[-1][1].append(words[label.end() :] if label else words)
    return [_hint("\n".join(words).strip(), line, report) for line, words in found]


def _hint(text: str, line: int, report: Report) -> str:
    if not text:
        report.add(line, "empty-hint")
    _check_length(text, line, report)
    return text


def _check_length(text: str, line: int, report: Report) -> None:
    if len(text) > NOTE_LIMIT:
        report.add(line, "long-note", size=len(text))


def _unquoted(quote: Block, page: Page, report: Report) -> Iterator[tuple[int, str]]:
    """The lines of a quote without their `>`. Markdown takes lines without one too: that is seldom meant."""
    for line in range(quote.start, quote.end):
        text = page.lines[line - 1]
        mark = _QUOTE.match(text)
        if text.strip() and not mark:
            report.add(line, "loose-line")
        yield line, text[mark.end() :] if mark else text


def _first_words(block: Block) -> str:
    """The first paragraph inside a quote or an item; "" if something else comes first."""
    inside = block.tokens[2:3]  # behind the openings of the block and of the paragraph
    return inside[0].content if inside and inside[0].type == "inline" else ""
