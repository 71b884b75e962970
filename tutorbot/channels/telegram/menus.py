"""What a helper may choose: lists in the place of a card's buttons, or below a question of ours. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tutorbot.channels.telegram.verbs import (
    ANSWERS,
    AWAY,
    BACK3,
    CANNED,
    DROP_HELD,
    FEWER,
    GROUPS,
    HELPERS,
    HERE,
    JOIN,
    OUTCOMES,
    OVER,
    SEND_HELD,
    SHOW,
    TO,
    URGENT,
)
from tutorbot.desk.group import Group
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Status, Ticket
from tutorbot.messages.message import Message
from tutorbot.runtime.desk import Canned
from tutorbot.tutor.actions import join
from tutorbot.tutor.replies import Choice

_MOST = 20  # to choose from in one list
_LABEL = 24  # letters of a name on a button

Choices = tuple[Choice, ...]

DESK: Choices = (Choice(JOIN), Choice(HERE), Choice(AWAY))
"""How to come to the desk, and to say whether one is there."""


def held(number: int) -> Choices:
    """What becomes of an answer that is held."""
    return (Choice(join(SEND_HELD, number)), Choice(join(DROP_HELD, number)))


def outcomes(ticket: Ticket) -> Choices:
    """How it ended."""
    return _with_way_back(ticket, (Choice(join(verb, ticket.id)) for verb in OUTCOMES))


def tools(ticket: Ticket, groups: Sequence[Group]) -> Choices:
    """What is needed less often."""
    verbs = [] if ticket.urgent else [URGENT]
    if ticket.status is Status.CLAIMED:
        verbs += [SHOW, BACK3, ANSWERS]
    verbs += [HELPERS, *([GROUPS] if len(groups) > 1 else [])]
    return _with_way_back(ticket, (Choice(join(verb, ticket.id)) for verb in verbs))


def helpers(ticket: Ticket, crew: Sequence[Helper]) -> Choices:
    """Who else is here to take it."""
    others = [one for one in crew if one.here and not ticket.belongs_to(one)]
    return _with_way_back(ticket, (_choice(TO, ticket, one.id, one.name) for one in others))


def groups(ticket: Ticket, known: Sequence[Group]) -> Choices:
    """Which group could take it."""
    return _with_way_back(ticket, (_choice(OVER, ticket, one.id, one.name) for one in known if one.id != ticket.group))


def canned(ticket: Ticket, answers: Sequence[Canned]) -> Choices:
    """Which answer to send."""
    return _with_way_back(ticket, (_choice(CANNED, ticket, one.name, one.title) for one in answers))


def small(message: Message) -> Message:
    """The same with buttons that may share a row."""
    return replace(message, buttons=tuple(replace(button, nav=True) for button in message.buttons))


def _choice(verb: str, ticket: Ticket, what: object, label: str) -> Choice:
    return Choice(join(verb, join(str(ticket.id), what)), label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…")


def _with_way_back(ticket: Ticket, choices: Iterable[Choice]) -> Choices:
    return (*list(choices)[:_MOST], Choice(join(FEWER, ticket.id)))
