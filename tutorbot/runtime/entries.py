"""Makes the entries of the record: what the learner reads, and what the helpers' chat is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tutorbot.desk.briefing import briefing
from tutorbot.desk.routing import CARDS
from tutorbot.desk.ticket import Ticket
from tutorbot.messages.message import Copied, Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.values import PULLED, Address, Author, Entry, Kind, Learner, NewEntry
from tutorbot.tutor.replies import Choice, Md, Reply, Value
from tutorbot.tutor.turn import Turn

DESK_LANGUAGE = "en"
_WEB_DESK = Address("desk", "")  # where entries for helpers stand when they have no chat of their own
_SAID = "helper_says"  # the reply that holds a helper's words
_SO_FAR = 3000  # letters of what was written so far


@dataclass(frozen=True, slots=True)
class Passing:
    """A person's message as it is passed on: where it came from, and what it holds besides words."""

    source: str = ""
    media: Copied | None = None
    by: int = 0  # the helper who wrote it


@dataclass(frozen=True, slots=True)
class Entries:
    """The words of the renderer, addressed."""

    renderer: Renderer

    # --- To the learner ---------------------------------------------------------------------------------------------

    def replies(
        self,
        learner: Learner,
        turn: Turn,
        now: datetime,
        facts: Mapping[str, Value],
        pressed: str = "",
        ticket: Ticket | None = None,
        passing: Passing | None = None,
    ) -> list[NewEntry]:
        """What we say to the learner. `pressed`: the channel's id of the message whose button was pressed."""
        made = (self._reply(learner, turn, reply, now, facts, pressed) for reply in turn.replies)
        return [_by_helper(entry, reply, ticket, passing) for entry, reply in zip(made, turn.replies, strict=True)]

    def _reply(
        self, learner: Learner, turn: Turn, reply: Reply, now: datetime, facts: Mapping[str, Value], pressed: str
    ) -> NewEntry:
        return NewEntry(
            to=learner.address,
            author=Author.TUTOR,
            message=self.renderer.message(reply, turn.state.language, turn.state.step, facts),
            at=now,
            learner=learner.id,
            owed=_pushed(learner.address),
            kind=Kind.REPLACE if reply.replaces else Kind.SAY,
            ref=pressed if reply.replaces else "",
        )

    def changed(self, learner: Learner, entry: Entry, message: Message | None, now: datetime) -> NewEntry:
        """A helper's answer as it reads now at the learner's; None: it is taken back."""
        return NewEntry(
            to=learner.address,
            author=Author.HELPER,
            message=message or Message(),
            at=now,
            learner=learner.id,
            ticket=entry.ticket,
            name=entry.name,
            owed=_pushed(learner.address),
            kind=Kind.EDIT if message else Kind.DELETE,
            of=entry.id,
        )

    # --- To the helpers ---------------------------------------------------------------------------------------------

    def card(self, ticket: Ticket, now: datetime, kind: Kind = Kind.SAY) -> NewEntry:
        """The briefing of a ticket; with Kind.REPLACE in the place of the one before."""
        message = self.renderer.message(briefing(ticket, now, waits=False), DESK_LANGUAGE)
        return replace(self._to_desk(ticket, message, now), kind=kind)

    def line(
        self,
        ticket: Ticket,
        what: str,
        now: datetime,
        said: str = "",
        media: Copied | None = None,
        choices: tuple[Choice, ...] = (),
        **values: Value,
    ) -> NewEntry:
        """A line about a ticket: `what` names it in the template; `said` are a person's own words."""
        about = {"what": Md(what), "helper": "", "names": "", "alias": ticket.opening.alias, **values}
        message = self.renderer.message(Reply("desk_line", about, choices, said=said), DESK_LANGUAGE)
        return self._to_desk(ticket, replace(message, media=media), now)

    def so_far(self, ticket: Ticket, came_from: str | None, entries: Sequence[Entry], now: datetime) -> list[NewEntry]:
        """What was written before a ticket's card came into this chat. `came_from`: another group; None: it did not."""
        lines = [f"{entry.name or ticket.opening.alias or '…'}: {entry.message.said}" for entry in entries]
        said, moved = "\n".join(lines)[-_SO_FAR:], came_from is not None
        line = self.line(ticket, "so_far", now, said, group=came_from or "", moved=moved, written=bool(said))
        return [line] if said or moved else []

    def private(self, to: Address, ticket: Ticket, what: str, now: datetime, **values: Value) -> NewEntry:
        """A line for one helper alone, in their own chat."""
        about = {"what": Md(what), "title": ticket.title, "helper": "", **values}
        message = self.renderer.message(Reply("desk_private", about), DESK_LANGUAGE)
        return replace(self._to_desk(ticket, message, now), to=to, owed=_pushed(to))

    def many(self, ticket: Ticket, now: datetime) -> NewEntry:
        """Instead of one more card: others wait, too."""
        message = self.renderer.message(Reply("desk_many", {"cards": CARDS}), DESK_LANGUAGE)
        return replace(self._to_desk(replace(ticket, carded=True), message, now), ticket=None, learner=None)

    def closing(self, ticket: Ticket, now: datetime) -> list[NewEntry]:
        """What the helpers' chat gets when a ticket closes: its card brought up to date, its topic closed."""
        return [self.card(ticket, now, Kind.REPLACE), self.close_thread(ticket, now)]

    def close_thread(self, ticket: Ticket, now: datetime, last: Message | None = None) -> NewEntry:
        """The end of a ticket's topic in the chat where the ticket is now. `last`: what is said there before."""
        entry = self._to_desk(ticket, last or Message(), now)
        return replace(entry, kind=Kind.CLOSE_THREAD, ref=ticket.thread)

    def note(self, ticket: Ticket, helper: str, message: Message, now: datetime, ref: str = "") -> NewEntry:
        """A helper's note as it is kept: for helpers alone."""
        entry = self._to_desk(ticket, message, now)
        return replace(entry, author=Author.NOTE, name=helper, owed=False, ref=ref)

    def _to_desk(self, ticket: Ticket, message: Message, now: datetime) -> NewEntry:
        to = Address.parse(ticket.chat) if ticket.chat and ticket.carded else _WEB_DESK
        return NewEntry(to, Author.DESK, message, now, learner=ticket.learner, ticket=ticket.id, owed=_pushed(to))


def _by_helper(entry: NewEntry, reply: Reply, ticket: Ticket | None, passing: Passing | None) -> NewEntry:
    """The entry under the helper's name, if it holds their words; as it is otherwise."""
    if reply.template != _SAID:
        return entry
    passing = passing or Passing()
    return replace(
        entry,
        author=Author.HELPER,
        name=str(reply.values["helper"]),
        ticket=ticket.id if ticket else None,
        message=replace(entry.message, media=passing.media, by=passing.by),
        source=passing.source,
    )


def _pushed(address: Address) -> bool:
    return address.channel not in PULLED
