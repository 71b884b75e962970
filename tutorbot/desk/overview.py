"""How a group is doing, in numbers, for its coordinator. Pure; nothing in it tells of one learner."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from statistics import median, quantiles

from tutorbot.desk.ticket import Status

SPOTS = 10  # places where people are stuck, in sight


@dataclass(frozen=True, slots=True)
class Spell:
    """What is counted of one ticket: no name, no words."""

    status: Status
    urgent: bool
    opened_at: datetime
    since: datetime  # when it last came into the queue
    first_reply_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""
    rating: str = ""
    returned: int = 0
    reopened: int = 0
    lesson: str = ""  # id
    title: str = ""  # of the lesson
    card: int = 0  # its number, from 1
    question: str = ""  # the card's title


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
    """Of several waits: half took no longer than `median`, nine of ten no longer than `p90`."""

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
    """A group since a moment."""

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
    days: Sequence[Day]  # oldest first


def overview(on: Sequence[str], spells: Sequence[Spell], since: datetime, now: datetime, zone: tzinfo) -> Overview:
    """The numbers of the tickets that are open now, or were at some time since."""
    new = [spell for spell in spells if spell.opened_at >= since]
    status = Counter(spell.status for spell in spells)
    waits = [now - spell.since for spell in spells if spell.status is Status.WAITING]
    return Overview(
        on=tuple(on),
        waiting=status[Status.WAITING],
        urgent=sum(spell.urgent and spell.status is not Status.CLOSED for spell in spells),
        claimed=status[Status.CLAIMED],
        longest=max(waits, default=None),
        opened=len(new),
        closed=status[Status.CLOSED],
        returned=sum(spell.returned for spell in spells),
        reopened=sum(spell.reopened for spell in spells),
        outcomes=Counter(spell.outcome for spell in spells if spell.outcome),
        ratings=Counter(spell.rating for spell in spells if spell.rating),
        spots=_spots(new),
        days=_days(new, zone),
    )


def minutes(waits: Sequence[timedelta]) -> Minutes | None:
    """What can be said of these waits; None if there are none."""
    if not waits:
        return None
    numbers = [wait.total_seconds() / 60 for wait in waits]
    p90 = quantiles(numbers, n=10, method="inclusive")[-1] if len(numbers) > 1 else numbers[0]
    return Minutes(len(numbers), round(median(numbers), 1), round(p90, 1))


def _spots(spells: Sequence[Spell]) -> tuple[Spot, ...]:
    known = {(spell.lesson, spell.card): spell for spell in spells if spell.lesson}
    counted = Counter((spell.lesson, spell.card) for spell in spells if spell.lesson)
    return tuple(
        Spot(lesson, known[lesson, card].title, card, known[lesson, card].question, tickets)
        for (lesson, card), tickets in counted.most_common(SPOTS)
    )


def _days(spells: Sequence[Spell], zone: tzinfo) -> tuple[Day, ...]:
    by_day: defaultdict[date, list[Spell]] = defaultdict(list)
    for spell in spells:
        by_day[spell.opened_at.astimezone(zone).date()].append(spell)
    return tuple(
        Day(
            day,
            len(those),
            minutes([one.first_reply_at - one.opened_at for one in those if one.first_reply_at]),
            minutes([one.closed_at - one.opened_at for one in those if one.closed_at]),
        )
        for day, those in sorted(by_day.items())
    )
