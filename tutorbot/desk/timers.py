"""What happens to a ticket if nobody acts, and when. Pure.

The rules, all of them here:
1. A ticket that waits: after `tell` the coordinators are told, and so is the learner. Once for each time it waits.
2. A ticket that somebody has, while the learner waits for an answer: after `remind` the helper is reminded, after
   `back` it goes back to the queue. An answer stops this; the learner's next words start it anew.
3. An urgent ticket is never taken from a helper: instead of going back, the coordinators are told.
4. No timer closes a ticket.
5. Nobody is told at night what can wait: where a group's hours are known, rule 1 counts from when they begin.

A ticket has one timer at a time. Whoever fires it sets the next one in the same step, so each fires once. After a time
in which nobody looked, the next one still leaves as long as it always does: nobody is reminded and left out at once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from tutorbot.desk.hours import is_open, next_opening
from tutorbot.desk.ticket import Status, Ticket, Timer

Next = tuple[Timer, datetime]
"""A timer and when it fires."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How long each is waited for."""

    remind: timedelta = timedelta(minutes=10)
    back: timedelta = timedelta(minutes=20)  # counted from the same moment as `remind`
    tell: timedelta = timedelta(minutes=30)


def next_timer(ticket: Ticket, now: datetime, waits: Waits) -> Next | None:
    """What runs from now on. `ticket.timer`: the one that has just fired; None if the ticket only now waits so."""
    if ticket.status is Status.WAITING and ticket.timer is None:
        return Timer.TELL, (ticket.waiting_since or ticket.opened_at) + waits.tell
    if ticket.status is Status.CLAIMED and ticket.timer is None:
        return Timer.REMIND, now + waits.remind
    if ticket.status is Status.CLAIMED and ticket.timer is Timer.REMIND:
        return Timer.TELL if ticket.urgent else Timer.RETURN, now + (waits.back - waits.remind)
    return None


def in_hours(timer: Next | None, ticket: Ticket, hours: str, zone: tzinfo, waits: Waits) -> Next | None:
    """The same timer; rule 5 puts it off where it would fire outside these hours of the ticket's group."""
    if timer is None or ticket.status is not Status.WAITING or ticket.urgent or not hours:
        return timer
    kind, at = timer
    opening = None if is_open(hours, at, zone) else next_opening(hours, at, zone)
    return (kind, opening + waits.tell) if opening else timer
