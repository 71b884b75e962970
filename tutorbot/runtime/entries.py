"""Makes the entries of the record: what the learner reads, and what the helpers' chat is told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tutorbot.desk.briefing import briefing
from tutorbot.desk.ticket import Ticket
from tutorbot.messages.message import Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.values import Address, Author, Kind, Learner, NewEntry
from tutorbot.tutor.replies import Md, Reply, Value
from tutorbot.tutor.turn import Turn

PULLED = frozenset({"web", "terminal", "desk"})
"""Channels whose pages read the record themselves: nothing is owed to them."""

DESK_LANGUAGE = "en"
_WEB_DESK = Address("desk", "")  # where entries for helpers stand when they have no chat of their own


@dataclass(frozen=True, slots=True)
class Entries:
    """The words of the renderer, addressed."""

    renderer: Renderer
    group: Address | None = None  # the helpers' chat, where there is one

    def replies(
        self,
        learner: Learner,
        turn: Turn,
        now: datetime,
        facts: Mapping[str, Value],
        pressed: str = "",
        ticket: Ticket | None = None,
    ) -> list[NewEntry]:
        """What we say to the learner. `pressed`: the channel's id of the message whose button was pressed."""
        return [self._reply(learner, turn, reply, now, facts, pressed, ticket) for reply in turn.replies]

    def _reply(
        self,
        learner: Learner,
        turn: Turn,
        reply: Reply,
        now: datetime,
        facts: Mapping[str, Value],
        pressed: str,
        ticket: Ticket | None,
    ) -> NewEntry:
        helper = str(reply.values.get("helper", "")) if reply.said else ""
        return NewEntry(
            to=learner.address,
            author=Author.HELPER if helper else Author.TUTOR,
            message=self.renderer.message(reply, turn.state.language, turn.state.step, facts),
            at=now,
            learner=learner.id,
            ticket=ticket.id if ticket and helper else None,
            name=helper,
            owed=_pushed(learner.address),
            kind=Kind.REPLACE if reply.replaces else Kind.SAY,
            ref=pressed if reply.replaces else "",
        )

    def card(self, ticket: Ticket, now: datetime, kind: Kind = Kind.SAY) -> NewEntry:
        """The briefing of a ticket; with Kind.REPLACE in the place of the one before."""
        message = self.renderer.message(briefing(ticket, now, waits=False), DESK_LANGUAGE)
        return replace(self._to_desk(ticket, message, now), kind=kind)

    def line(self, ticket: Ticket, what: str, now: datetime, said: str = "", **values: str) -> NewEntry:
        """A line about a ticket: `what` names it in the template; `said` are a person's own words."""
        about = {"what": Md(what), "helper": "", "alias": ticket.opening.alias, **values}
        return self._to_desk(ticket, self.renderer.message(Reply("desk_line", about, said=said), DESK_LANGUAGE), now)

    def closing(self, ticket: Ticket, now: datetime) -> list[NewEntry]:
        """What the helpers' chat gets when a ticket closes: its card brought up to date, its topic closed."""
        card = self.card(ticket, now, Kind.REPLACE)
        return [card, replace(card, message=Message(), kind=Kind.CLOSE_THREAD)]

    def note(self, ticket: Ticket, helper: str, text: str, now: datetime, ref: str = "") -> NewEntry:
        """A helper's note as it is kept: for helpers alone."""
        entry = self._to_desk(ticket, Message(said=text), now)
        return replace(entry, author=Author.NOTE, name=helper, owed=False, ref=ref)

    def _to_desk(self, ticket: Ticket, message: Message, now: datetime) -> NewEntry:
        to = self.group or _WEB_DESK
        return NewEntry(to, Author.DESK, message, now, learner=ticket.learner, ticket=ticket.id, owed=_pushed(to))


def _pushed(address: Address) -> bool:
    return address.channel not in PULLED
