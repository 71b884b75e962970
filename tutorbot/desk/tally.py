"""What is counted, by day and group: numbers, and nobody's name. Pure.

When something is removed, because it is old or because somebody is forgotten, its numbers are kept. What is shown of a
ticket that is still there is counted by the same rules, so no number changes on the day when it goes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from tutorbot.desk.ticket import Status, Ticket


class Counted(StrEnum):
    """What is counted; in brackets, what a count is about."""

    STARTED = "started"  # lessons begun [lesson]
    FINISHED = "finished"  # lessons finished [lesson]
    MASTERED = "mastered"  # lessons finished so well that they count as known [lesson]
    SKILLS = "skills"  # skills mastered [skill]
    RIGHT = "right"  # answers [lesson/card]
    WRONG = "wrong"  # answers [lesson/card]
    ASKED = "asked"  # questions to a person [lesson/number of the card, from 1; "" outside lessons]
    REPLY_MINUTES = "reply_minutes"  # the same [whole minutes until the first reply]
    SOLVE_MINUTES = "solve_minutes"  # the same [whole minutes until it was closed]
    ENDED = "ended"  # questions that were closed [outcome]; this and the next three by the day of that
    RATED = "rated"  # the same [rating]
    RETURNED = "returned"  # times that a question went back to the queue [""]
    REOPENED = "reopened"  # times that a learner came back with one [""]
    FORGOTTEN = "forgotten"  # learners [why]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something happened on a day, by the clock on the wall."""

    day: date
    what: Counted
    about: str = ""
    number: int = 1


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


def spell_of(ticket: Ticket) -> Spell:
    """What is counted of this ticket."""
    return Spell(
        status=ticket.status,
        urgent=ticket.urgent,
        opened_at=ticket.opened_at,
        since=ticket.since,
        first_reply_at=ticket.first_reply_at,
        closed_at=ticket.closed_at,
        outcome=ticket.outcome or "",
        rating=ticket.rating,
        returned=ticket.returned,
        reopened=ticket.reopened,
        lesson=ticket.opening.lesson,
        title=ticket.opening.title,
        card=ticket.opening.card,
        question=ticket.opening.question,
    )


def tallies(spell: Spell, now: datetime, zone: tzinfo) -> Iterator[Tally]:
    """What a ticket counts for. What has no day of its own while it is open counts for today."""
    opened, last = day_of(spell.opened_at, zone), day_of(spell.closed_at or now, zone)
    yield Tally(opened, Counted.ASKED, f"{spell.lesson}/{spell.card}" if spell.lesson else "")
    if spell.first_reply_at:
        yield Tally(opened, Counted.REPLY_MINUTES, _minutes(spell.opened_at, spell.first_reply_at))
    if spell.closed_at:
        yield Tally(opened, Counted.SOLVE_MINUTES, _minutes(spell.opened_at, spell.closed_at))
        yield Tally(last, Counted.ENDED, spell.outcome)
    if spell.rating:
        yield Tally(last, Counted.RATED, spell.rating)
    if spell.returned:
        yield Tally(last, Counted.RETURNED, number=spell.returned)
    if spell.reopened:
        yield Tally(last, Counted.REOPENED, number=spell.reopened)


def day_of(moment: datetime, zone: tzinfo) -> date:
    """The day of a moment, by the clock on the wall."""
    return moment.astimezone(zone).date()


def _minutes(start: datetime, end: datetime) -> str:
    return str(max(0, int((end - start).total_seconds() // 60)))
