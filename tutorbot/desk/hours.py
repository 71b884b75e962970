"""When somebody is there: "mon-fri 09:00-17:00, sat 10:00-12:00". Pure: the moment and the time zone are arguments.

Times are those on a clock in the zone, so 09:00 is nine o'clock in summer and in winter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART = re.compile(r"([a-z]+)(?: ?- ?([a-z]+))? (\d{1,2})[:.](\d{2}) ?- ?(\d{1,2})[:.](\d{2})")
_WEEK = 7


class BadHours(ValueError):
    """A part of the hours cannot be read; `args[0]` is that part."""


@dataclass(frozen=True, slots=True)
class Span:
    """Open on these days, 0 for Monday, from one time to another of the same day."""

    days: tuple[int, ...]
    start: time
    end: time


def parse(text: str) -> tuple[Span, ...]:
    """The spans of time; none for "". Raises BadHours."""
    parts = [part.strip() for part in text.lower().replace("–", "-").split(",")]
    return tuple(_span(" ".join(part.split())) for part in parts if part)


def is_open(hours: str, now: datetime, zone: tzinfo) -> bool:
    """Whether it is within these hours."""
    there = now.astimezone(zone)
    return any(there.weekday() in one.days and one.start <= there.time() < one.end for one in parse(hours))


def next_opening(hours: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The next moment, later than now, at which these hours begin, in this zone; None if they never do."""
    there = now.astimezone(zone)
    return min((at for at in _openings(parse(hours), there, zone) if at > there), default=None)


def _openings(spans: tuple[Span, ...], there: datetime, zone: tzinfo) -> Iterator[datetime]:
    for days in range(_WEEK + 1):
        day = there.date() + timedelta(days=days)
        yield from (datetime.combine(day, one.start, zone) for one in spans if day.weekday() in one.days)


def _span(part: str) -> Span:
    found = _PART.fullmatch(part)
    if found is None:
        raise BadHours(part)
    first, last, *numbers = found.groups()
    try:
        days = _days(first, last or first)
        start, end = time(int(numbers[0]), int(numbers[1])), _end(int(numbers[2]), int(numbers[3]))
    except ValueError:
        raise BadHours(part) from None
    if start >= end:
        raise BadHours(part)
    return Span(days, start, end)


def _end(hour: int, minute: int) -> time:
    """24:00 is the end of the day."""
    return time.max if (hour, minute) == (24, 0) else time(hour, minute)


def _days(first: str, last: str) -> tuple[int, ...]:
    """The days from one to another, over the end of the week too. ValueError if one is no day."""
    start, end = DAYS.index(first[:3]), DAYS.index(last[:3])
    return tuple((start + number) % _WEEK for number in range((end - start) % _WEEK + 1))
