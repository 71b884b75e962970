"""Where on the page a finding of the check belongs: beside its card, or on top. Pure.

The file may be newer than the lesson that is shown: after a bad edit its last good version stays up. So a line is
looked up among the headings of the file as it is now, and the card is the one with that heading.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from tutorbot.curriculum.header import read_header
from tutorbot.curriculum.lesson import Card
from tutorbot.curriculum.markup import plain, read
from tutorbot.curriculum.parser import clean_lines
from tutorbot.curriculum.problem import Level, Problem
from tutorbot.curriculum.report import Report


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, with the author's own words on that line."""

    problem: Problem
    words: str

    @property
    def is_error(self) -> bool:
        """Whether it keeps the lesson out."""
        return self.problem.level is Level.ERROR


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings of one lesson."""

    top: tuple[Finding, ...] = ()  # on the header, the title, or the file as a whole
    cards: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)  # by the id of the card

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the lesson out, in the order of the file."""
        every = chain(self.top, *self.cards.values())
        return tuple(sorted((one for one in every if one.is_error), key=lambda one: one.problem))


def find_places(problems: Sequence[Problem], text: str, cards: Sequence[Card]) -> Findings:
    """The findings of a lesson by their places. `text`: its file as it is now; `cards`: those that are shown."""
    _, lines = clean_lines(text)
    headings = _headings(lines)
    top: list[Finding] = []
    beside: defaultdict[str, list[Finding]] = defaultdict(list)
    for problem in sorted(problems, key=lambda problem: problem.level is not Level.ERROR):
        finding = Finding(problem, lines[problem.line - 1].strip() if problem.line <= len(lines) else "")
        number = bisect_right([line for line, _ in headings], problem.line) - 1
        if number < 0 or not cards:
            top.append(finding)
        else:
            beside[_card_under(headings[number][1], number, cards).id].append(finding)
    return Findings(tuple(top), {card: tuple(found) for card, found in beside.items()})


def _headings(lines: list[str]) -> list[tuple[int, str]]:
    """The line and the words of each heading that begins a card."""
    _, taken = read_header(lines, Report(""))
    return [(block.start, plain(block.inline)) for block in read(lines, taken).blocks if block.level == 2]


def _card_under(heading: str, number: int, cards: Sequence[Card]) -> Card:
    """The card with this heading; where there is none, the one that stands in its place."""
    same = (card for card in cards if card.title and card.title in heading)
    return next(same, cards[min(number, len(cards) - 1)])
