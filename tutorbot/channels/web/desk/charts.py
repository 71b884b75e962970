"""Measures small bar charts: numbers into places on a drawing. Pure; the templates draw them and write their tables.

A chart has one place a day; in each stand one bar or two side by side, for what it was in the middle and for the worst.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

WIDTH, HEIGHT = 320, 120
_FOOT = 22  # below the bars, for words
_HEAD = 22  # above them
_STEPS = (1, 2, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in the units of the drawing."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """All bars of one chart, row by row as they were given."""

    rows: tuple[tuple[Bar, ...], ...]
    top: float  # what a bar of full height stands for
    floor: int = HEIGHT - _FOOT  # where all bars stand
    ceiling: int = _HEAD
    width: int = WIDTH
    height: int = HEIGHT


def chart(*rows: Sequence[float | None]) -> Chart:
    """A chart of some rows of numbers, all equally long; None has no bar."""
    top = _round_up(max((number for row in rows for number in row if number), default=0))
    return Chart(tuple(_bars(row, place, len(rows), top) for place, row in enumerate(rows)), top)


def _bars(row: Sequence[float | None], place: int, rows: int, top: float) -> tuple[Bar, ...]:
    day = WIDTH / max(1, len(row))
    width = day * 0.8 / rows
    bars = []
    for number, value in enumerate(row):
        height = (HEIGHT - _FOOT - _HEAD) * (value or 0) / top
        x = day * number + day * 0.1 + width * place
        bars.append(Bar(round(x, 2), round(HEIGHT - _FOOT - height, 2), round(width * 0.9, 2), round(height, 2)))
    return tuple(bars)


def _round_up(number: float) -> float:
    """The next round number, so that the highest bar almost fills the chart; 1 for nothing."""
    if number <= 1:
        return 1
    power = 10.0 ** floor(log10(number))
    return next(step * power for step in _STEPS if step * power >= number)
