"""Cards: each `##` of a lesson is one, with all that follows it up to the next."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tutorbot.curriculum.exercises import is_answers, is_hint, read_practice, read_quiz
from tutorbot.curriculum.lesson import Card, Exercise
from tutorbot.curriculum.markup import Block, Page, plain, spans
from tutorbot.curriculum.pictures import Placed, on_lines
from tutorbot.curriculum.report import Report
from tutorbot.curriculum.rules import CARD_LIMIT, FEWEST_EXERCISES, MOST_CARDS, WORD_LIMIT
from tutorbot.curriculum.style import ID_COMMENT

_EXERCISE = re.compile(r"(quiz|try it)\s*:\s*", re.IGNORECASE)
_TYPE_IT = re.compile(r"\s*\(type it\)$", re.IGNORECASE)
_ID_LENGTH = 60


@dataclass(frozen=True, slots=True)
class _Heading:
    """What the heading of a card says."""

    title: str
    asks: str  # "quiz", "try it" or "", for a card to read
    asks_to_type: bool
    line: int


def read_cards(page: Page, pictures: Sequence[Placed], report: Report) -> tuple[Card, ...]:
    """All cards of a lesson, with what is wrong with each and with their number."""
    starts = [place for place, block in enumerate(page.blocks) if block.level == 2]
    ends = [*starts[1:], len(page.blocks)]
    cards = [
        _read_card(page.blocks[start], page.blocks[start + 1 : end], page, pictures, report)
        for start, end in zip(starts, ends, strict=False)
    ]
    _check_ids(cards, report)
    _check_number(cards, report)
    return tuple(cards)


def _read_card(first: Block, blocks: Sequence[Block], page: Page, pictures: Sequence[Placed], report: Report) -> Card:
    heading = _read_heading(first, report)
    end = blocks[-1].end if blocks else first.end
    placed = on_lines(pictures, first.end, end)
    for second in placed[1:]:
        report.add(second.line, "two-pictures")
    exercise = _read_exercise(heading, blocks, page, report)
    card = Card(
        id=_read_id(first, blocks, heading.title, report),
        title=heading.title,
        body=page.source(first.end, end, _not_body(blocks, placed, exercise)),
        line=first.start,
        picture=placed[0].picture if placed else None,
        exercise=exercise,
    )
    _check_card(card, report)
    return card


def _read_heading(block: Block, report: Report) -> _Heading:
    words = plain(block.inline)
    label = _EXERCISE.match(words)
    rest = words[label.end() :] if label else words
    title = _TYPE_IT.sub("", rest) if label else rest
    if not slug(title):
        report.add(block.start, "empty-heading")
    return _Heading(title, label[1].casefold() if label else "", title != rest, block.start)


def _read_exercise(heading: _Heading, blocks: Sequence[Block], page: Page, report: Report) -> Exercise | None:
    if heading.asks == "quiz":
        return read_quiz(blocks, page, heading.line, heading.asks_to_type, report)
    for block in filter(is_answers, blocks):
        report.add(block.start, "answers-outside-quiz")
    if heading.asks:
        return read_practice(blocks, page, heading.line, report)
    for block in filter(is_hint, blocks):
        report.add(block.start, "hint-outside-quiz")
    return None


def _read_id(first: Block, blocks: Iterable[Block], title: str, report: Report) -> str:
    """The id that the author keeps in a comment, else one made of the title."""
    inside = [span.target for span in spans(first) if span.kind == "html"]
    below = [block.tokens[0].content for block in blocks if block.kind == "html_block"]
    kept = [found[1] for comment in (*inside, *below) if (found := ID_COMMENT.fullmatch(comment))]
    if len(kept) > 1:
        report.add(first.start, "two-ids")
    return kept[0] if kept else slug(title)


def slug(title: str) -> str:
    """The id that a card gets from its title."""
    return re.sub(r"[\W_]+", "-", title.casefold()).strip("-")[:_ID_LENGTH].strip("-")


def _not_body(blocks: Iterable[Block], pictures: Iterable[Placed], exercise: Exercise | None) -> frozenset[int]:
    """The lines that are shown in another way than as the card's text."""
    apart = (
        block for block in blocks if block.kind == "html_block" or (exercise and (is_hint(block) or is_answers(block)))
    )
    lines = {line for block in apart for line in range(block.start, block.end)}
    return frozenset(lines | {placed.line for placed in pictures})


def _check_card(card: Card, report: Report) -> None:
    choices = card.exercise.answers if card.exercise else ()
    shown = [card.title, card.body, *(answer.text for answer in choices)]
    size, words = sum(map(_size, shown)), sum(len(text.split()) for text in shown)
    if not (card.body or card.picture or choices):
        report.add(card.line, "empty-card")
    elif size > CARD_LIMIT:
        report.add(card.line, "long-card", size=size)
    elif words > WORD_LIMIT:
        report.add(card.line, "wordy-card", size=words)


def _size(text: str) -> int:
    """Letters as Telegram counts them: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def _check_ids(cards: Iterable[Card], report: Report) -> None:
    seen: set[str] = set()
    for card in cards:
        if card.id and card.id in seen:
            report.add(card.line, "repeated-card", id=card.id)
        seen.add(card.id)


def _check_number(cards: Sequence[Card], report: Report) -> None:
    exercises = sum(card.exercise is not None for card in cards)
    if not cards:
        report.add(1, "no-cards")
    elif exercises < FEWEST_EXERCISES:
        report.add(1, "few-exercises", size=exercises)
    if len(cards) > MOST_CARDS:
        report.add(1, "many-cards", size=len(cards))
