"""Hand-made stand-ins for what stands behind the channel: they note what they were asked, and can be down."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from tutorbot.desk.ticket import Status, Ticket
from tutorbot.errors import StoreUnavailable
from tutorbot.runtime.conversation import Incoming
from tutorbot.runtime.desk import Who
from tutorbot.runtime.values import Address
from tutorbot.tutor.events import TextSent
from tutorbot.tutor.replies import Document, OpenTicket, Reason, Reply

T = TypeVar("T")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def ticket(number: int = 27, **changes: Any) -> Ticket:
    """A ticket of Ann's."""
    opening = OpenTicket(Reason.ASKED, "Ann", "en", title="Spot a fake email")
    return replace(Ticket(number, 1, Status.WAITING, opening, NOW), **changes)


class StubTickets:
    """The part of `Tickets` that a channel uses."""

    def __init__(self) -> None:
        self.rows: dict[int, Ticket] = {}

    def get(self, ticket_id: int) -> Ticket | None:
        return self.rows.get(ticket_id)

    def set_thread(self, ticket_id: int, thread: str) -> None:
        self.rows[ticket_id] = replace(self.rows[ticket_id], thread=thread)

    def set_card_ref(self, ticket_id: int, ref: str) -> None:
        self.rows[ticket_id] = replace(self.rows[ticket_id], card_ref=ref)


class StubLearners:
    """The part of `Learners` that a channel uses."""

    def __init__(self) -> None:
        self.reachable: dict[Address, bool] = {}

    def mark_reachable(self, address: Address, reachable: bool) -> None:
        self.reachable[address] = reachable


class StubStore:
    """A store that is its own transaction."""

    def __init__(self, tickets: Iterable[Ticket] = ()) -> None:
        self.down = False
        self.settings: dict[str, str] = {}
        self.tickets = StubTickets()
        self.learners = StubLearners()
        self.tickets.rows = {one.id: one for one in tickets}

    async def transact(self, work: Callable[[Any], T]) -> T:
        if self.down:
            raise StoreUnavailable
        return work(self)

    read = transact

    def setting(self, key: str) -> str | None:
        return self.settings.get(key)

    def remember(self, key: str, value: str) -> None:
        self.settings[key] = value


class StubConversation:
    """Notes what learners did; `words` are given back for every press."""

    def __init__(self) -> None:
        self.taken: list[Incoming] = []
        self.words = ""
        self.down = False
        self.bug: Exception | None = None
        self.asked = 0
        self.before: Callable[[Incoming], Any] | None = None  # awaited before anything is taken

    async def receive(self, incoming: Incoming) -> str:
        self.asked += 1
        if self.before:
            await self.before(incoming)
        if self.down:
            raise StoreUnavailable
        if self.bug:
            raise self.bug
        if all(one.key != incoming.key for one in self.taken):
            self.taken.append(incoming)
        return self.words

    @property
    def texts(self) -> list[str]:
        """What was written, in the order it was taken."""
        return [one.event.text for one in self.taken if isinstance(one.event, TextSent)]


@dataclass
class StubDesk:
    """Notes what helpers did; `tickets` are found by topic or by message."""

    tickets: dict[str, int] = field(default_factory=dict)
    acts: list[tuple[Any, ...]] = field(default_factory=list)
    words: str = ""

    async def _act(self, *act: Any) -> str:
        self.acts.append(act)
        return self.words

    async def claim(self, key: str, who: Who, ticket: int) -> str:
        return await self._act("claim", who.name, ticket)

    async def release(self, key: str, who: Who, ticket: int) -> str:
        return await self._act("release", who.name, ticket)

    async def close(self, key: str, who: Who, ticket: int) -> str:
        return await self._act("close", who.name, ticket)

    async def reply(self, key: str, who: Who, ticket: int, text: str, ref: str = "") -> str:
        return await self._act("reply", who.name, ticket, text)

    async def note(self, key: str, who: Who, ticket: int, text: str, ref: str = "") -> str:
        return await self._act("note", who.name, ticket, text)

    async def ticket_of(self, address: Address, thread: str = "", ref: str = "") -> int | None:
        return self.tickets.get(thread or f"ref {ref}")


class NoCopies:
    """Nothing is kept about anybody."""

    async def file(self, address: Address, document: Document) -> None:
        return None


NO_COPIES: Any = NoCopies()


def words(reply: Reply) -> str:
    """The name of a template for its words."""
    return f"<{reply.template}>"
