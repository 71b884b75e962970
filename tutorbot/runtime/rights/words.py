"""What is said and done outside when something of a learner is removed. Nothing of it names them."""

from dataclasses import asdict
from datetime import datetime

from tutorbot.desk.ticket import Ticket
from tutorbot.messages.message import Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.entries import DESK_LANGUAGE
from tutorbot.runtime.rights.values import Outside, Removed
from tutorbot.runtime.values import PULLED, Address, Author, Kind, NewEntry
from tutorbot.tutor.replies import Reply
from tutorbot.tutor.stages import rights


def goodbye(renderer: Renderer, to: Address, language: str, removed: Removed, now: datetime) -> NewEntry:
    """The last words to somebody who is forgotten. They belong to no learner, and are removed a day later."""
    pushed = to.channel not in PULLED
    reply = rights.goodbye({**asdict(removed), "pushed": pushed})
    return NewEntry(to, Author.TUTOR, renderer.message(reply, language), now, owed=pushed)


def told_to_helpers(renderer: Renderer, ticket: Ticket, now: datetime) -> list[NewEntry]:
    """That an open question has gone, for the chat of those who would have answered it."""
    if not (ticket.chat and ticket.carded):
        return []
    message = renderer.message(Reply("desk_forgotten", {"ticket": ticket.id}), DESK_LANGUAGE)
    return [_to_helpers(Address.parse(ticket.chat), now, message)]


def gone(outside: Outside, now: datetime) -> list[NewEntry]:
    """What the helpers' chats lose: topics with all that stands in them, and messages outside of topics."""
    return [
        *(_to_helpers(chat, now, Message(), Kind.DELETE_THREAD, thread) for chat, thread in outside.threads),
        *(_to_helpers(chat, now, Message(), Kind.DELETE, ref) for chat, ref in outside.messages),
    ]


def _to_helpers(to: Address, now: datetime, message: Message, kind: Kind = Kind.SAY, ref: str = "") -> NewEntry:
    """Without the ticket: it is gone when this is sent."""
    return NewEntry(to, Author.DESK, message, now, owed=to.channel not in PULLED, kind=kind, ref=ref)
