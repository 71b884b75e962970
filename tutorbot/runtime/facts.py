"""What a reply to a learner says of the desk: the engine cannot know it, and the shell fills it in."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tutorbot.desk.group import Group
from tutorbot.desk.ticket import Status, Ticket
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.values import Learner
from tutorbot.tutor.replies import Value
from tutorbot.tutor.turn import Turn

LONDON = ZoneInfo("Europe/London")
"""Hours of helpers are those of the clock on their wall."""

_WANTED_BY = ("waiting", "blocked")  # templates that tell of the desk


def facts(tx: Transaction, learner: Learner, turn: Turn, ticket: Ticket | None, now: datetime) -> Mapping[str, Value]:
    """How many wait before them, whether somebody is on or when somebody is back, and where else help is."""
    if all(reply.template not in _WANTED_BY for reply in turn.replies):
        return {}
    group = tx.groups.get(ticket.group if ticket else tx.learners.group_of(learner.id)) or Group(0)
    waiting = ticket is not None and ticket.status is Status.WAITING
    return {
        "before": tx.tickets.waiting_before(ticket) if ticket and waiting else 0,
        "place": group.place,
        **_presence(tx, group, ticket, now),
    }


def _presence(tx: Transaction, group: Group, ticket: Ticket | None, now: datetime) -> dict[str, Value]:
    crew = tx.helpers.of_group(group.id)
    on = {helper.id for helper in crew if helper.is_on(group.hours, now, LONDON)}
    back = [at for helper in crew if (at := helper.back_at(group.hours, now, LONDON))]
    before = ticket.last_helper if ticket else None
    same = before and ticket and ticket.reopened and before.id in on
    if before and not same:
        on.discard(before.id)  # who gave it back, or was silent, is not the one to expect
    return {
        "about": bool(on),
        "same": before.name if before and same else "",
        **_when(None if on else min(back, default=None), now),
    }


def _when(moment: datetime | None, now: datetime) -> dict[str, Value]:
    """A moment of the next week in words for templates: "today", "tomorrow", or the number of a weekday from 1."""
    if moment is None:
        return {"back_day": "", "back_time": ""}
    there = moment.astimezone(LONDON)
    days = (there.date() - now.astimezone(LONDON).date()) // timedelta(days=1)
    day = {0: "today", 1: "tomorrow"}.get(days, str(there.isoweekday()))
    return {"back_day": day, "back_time": f"{there:%H:%M}"}
