"""What a helper is shown: why somebody asks, where they are, what they tried, how long they wait. Pure.

Never the phone number, the user name, the channel's id or a link to the person: they are not here to be shown.
"""

from datetime import datetime

from tutorbot.desk.ticket import Status, Ticket
from tutorbot.tutor.actions import join
from tutorbot.tutor.replies import Choice, Md, Reply, Value

CLAIM, RELEASE, CLOSE, TOOLS = "claim", "release", "close", "tools"
"""What the buttons of a briefing do; the last shows what is needed less often."""


def briefing(ticket: Ticket, now: datetime, *, waits: bool = True) -> Reply:
    """The card of a ticket. `waits`: say how long, where the card is shown anew each time it is read."""
    opening = ticket.opening
    values: dict[str, Value] = {
        "title": ticket.title,
        "status": ticket.status,
        "helper": ticket.helper.name if ticket.helper else "",
        "outcome": ticket.outcome or "",
        "rating": ticket.rating,
        "reason": opening.reason,
        "language": opening.language,
        "lesson": opening.title,
        "card": opening.card,
        "cards": opening.cards,
        "question": opening.question,
        "text": Md(opening.text),
        "answers": opening.answers,
        "tried": opening.tried,
        "hints": opening.hints,
        "urgent": ticket.urgent,
        "returned": ticket.returned,
        "reopened": ticket.reopened,
        "last_helper": ticket.last_helper.name if ticket.last_helper else "",
        "waits": waits and ticket.status is Status.WAITING,
        "minutes": minutes_waiting(ticket, now),
    }
    return Reply("desk_briefing", values, _choices(ticket))


def minutes_waiting(ticket: Ticket, now: datetime) -> int:
    """Whole minutes since the ticket came into the queue."""
    return max(0, int((now - ticket.since).total_seconds() // 60))


def _choices(ticket: Ticket) -> tuple[Choice, ...]:
    verbs = {
        Status.WAITING: (CLAIM, CLOSE, TOOLS),
        Status.CLAIMED: (RELEASE, CLOSE, TOOLS),
        Status.CLOSED: (),
    }
    return tuple(Choice(join(verb, ticket.id)) for verb in verbs[ticket.status])
