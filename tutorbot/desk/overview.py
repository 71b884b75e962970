"""How a group is doing, in numbers, for its coordinator. Pure; nothing in it tells of one learner.

Tickets that were removed since are in the numbers too, by their tallies.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from statistics import median, quantiles

from tutorbot.desk.tally import Counted, Spell, Tally, tallies
from tutorbot.desk.ticket import Status

SPOTS = 10  # places where people are stuck, in sight

Named = Callable[[str, int], tuple[str, str]]
"""The titles of a lesson and of its card of this number, where no ticket tells them any more."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A card on which people ask for help."""

    lesson: str
    title: str
    card: int
    question: str
    tickets: int


@dataclass(frozen=True, slots=True)
class Minutes:
    """Of several waits, in whole minutes: half took no longer than `median`, nine of ten no longer than `p90`."""

    count: int
    median: float
    p90: float


@dataclass(frozen=True, slots=True)
class Day:
    """The tickets opened on one day, by the clock on the wall."""

    day: date
    opened: int
    first_reply: Minutes | None  # None: none was answered
    solve: Minutes | None  # None: none was closed


@dataclass(frozen=True, slots=True)
class Overview:
    """A group now, and over some days."""

    on: Sequence[str]  # first names of helpers who are on now
    waiting: int
    urgent: int
    claimed: int
    longest: timedelta | None  # that anybody waits now; None: nobody does
    opened: int
    closed: int
    returned: int  # times that a ticket went back to the queue
    reopened: int
    outcomes: Mapping[str, int]
    ratings: Mapping[str, int]
    spots: Sequence[Spot]  # where most ask, most first
    days: Sequence[Day]  # all of them, oldest first


def overview(
    on: Sequence[str],
    spells: Sequence[Spell],
    removed: Sequence[Tally],
    days: Sequence[date],
    now: datetime,
    zone: tzinfo,
    named: Named,
) -> Overview:
    """The numbers of these days. `spells`: tickets that are open, or were at some time in them."""
    counted = [one for spell in spells for one in tallies(spell, now, zone)]
    counted = [one for one in (*counted, *removed) if days[0] <= one.day <= days[-1]]
    status = Counter(spell.status for spell in spells)
    waits = [now - spell.since for spell in spells if spell.status is Status.WAITING]
    asked, ended = _sums(counted, Counted.ASKED), _sums(counted, Counted.ENDED)
    known = {(one.lesson, one.card): (one.title, one.question) for one in spells}
    return Overview(
        on=tuple(on),
        waiting=status[Status.WAITING],
        urgent=sum(spell.urgent and spell.status is not Status.CLOSED for spell in spells),
        claimed=status[Status.CLAIMED],
        longest=max(waits, default=None),
        opened=asked.total(),
        closed=ended.total(),
        returned=_sums(counted, Counted.RETURNED).total(),
        reopened=_sums(counted, Counted.REOPENED).total(),
        outcomes={outcome: number for outcome, number in ended.items() if outcome},
        ratings=_sums(counted, Counted.RATED),
        spots=_spots(asked, lambda lesson, card: known.get((lesson, card)) or named(lesson, card)),
        days=_days(counted, days),
    )


def minutes(waits: Sequence[int]) -> Minutes | None:
    """What can be said of these waits; None if there are none."""
    if not waits:
        return None
    p90 = quantiles(waits, n=10, method="inclusive")[-1] if len(waits) > 1 else waits[0]
    return Minutes(len(waits), round(median(waits), 1), round(p90, 1))


def _sums(counted: Sequence[Tally], what: Counted) -> Counter[str]:
    """How often, by what it is about."""
    sums: Counter[str] = Counter()
    for one in counted:
        if one.what is what:
            sums[one.about] += one.number
    return sums


def _spots(asked: Counter[str], named: Named) -> tuple[Spot, ...]:
    most = sorted(((number, about) for about, number in asked.items() if about), key=lambda one: (-one[0], one[1]))
    spots = []
    for number, about in most[:SPOTS]:
        lesson, _, card = about.rpartition("/")
        title, question = named(lesson, int(card))
        spots.append(Spot(lesson, title, int(card), question, number))
    return tuple(spots)


def _days(counted: Sequence[Tally], days: Sequence[date]) -> tuple[Day, ...]:
    of_day: defaultdict[date, list[Tally]] = defaultdict(list)
    for one in counted:
        of_day[one.day].append(one)
    return tuple(
        Day(
            day,
            _sums(of_day[day], Counted.ASKED).total(),
            minutes(_waits(of_day[day], Counted.REPLY_MINUTES)),
            minutes(_waits(of_day[day], Counted.SOLVE_MINUTES)),
        )
        for day in days
    )


def _waits(counted: Sequence[Tally], what: Counted) -> list[int]:
    return [int(one.about) for one in counted if one.what is what for _ in range(one.number)]
