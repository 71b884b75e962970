"""Hand-made stand-ins for what stands behind the channel: they note what they were asked, and can be down."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from tests.fake_bot_api.server import GROUP
from tutorbot.desk.group import Group
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Status, Ticket
from tutorbot.errors import StoreUnavailable
from tutorbot.runtime.conversation import Incoming
from tutorbot.runtime.desk import Who
from tutorbot.runtime.values import Address, Entry, Held
from tutorbot.tutor.events import TextSent
from tutorbot.tutor.replies import Document, OpenTicket, Reason, Reply

T = TypeVar("T")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOME = Address("telegram", str(GROUP))  # the chat of the helpers of group 1


def ticket(number: int = 27, **changes: Any) -> Ticket:
    """A ticket of Ann's."""
    opening = OpenTicket(Reason.ASKED, "Ann", "en", title="Spot a fake email")
    return replace(Ticket(number, 1, Status.WAITING, opening, NOW, chat=str(HOME)), **changes)


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


class StubRecord:
    """The part of `Record` that a channel uses: what was delivered, by the entry's number."""

    def __init__(self) -> None:
        self.refs: dict[int, str] = {}
        self.entries: dict[int, Entry] = {}

    def ref_of(self, entry_id: int, address: Address) -> str:
        return self.refs.get(entry_id, "")

    def sent_with(self, entry_id: int) -> list[Entry]:
        ref = self.refs.get(entry_id)
        return [entry for id_, entry in self.entries.items() if ref and self.refs.get(id_) == ref]


class StubGroups:
    """The part of `Groups` that a channel uses."""

    def __init__(self, chats: Iterable[str]) -> None:
        self.rows = [Group(number, chat=chat) for number, chat in enumerate(chats, 1)]

    def list(self) -> list[Group]:
        return self.rows


class StubStore:
    """A store that is its own transaction."""

    def __init__(self, tickets: Iterable[Ticket] = (), chats: Iterable[str] = (str(HOME),)) -> None:
        self.down = False
        self.record, self.groups = StubRecord(), StubGroups(chats)
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


class StubDesk:
    """Notes what helpers did and what was said to them; `tickets` are found by topic or by message."""

    def __init__(self) -> None:
        self.tickets: dict[str, int] = {}
        self.acts: list[tuple[Any, ...]] = []
        self.told: list[tuple[str, str, int | None, str]] = []  # where, what, about which ticket, below what
        self.words = ""
        self.helper: Helper | None = None
        self.sources: set[str] = set()  # messages that a learner got

    def __getattr__(self, act: str) -> Callable[..., Awaitable[str]]:
        """Every act of the desk: (act, who, ...)."""

        async def done(key: str, who: Who, *what: Any, **more: Any) -> str:
            self.acts.append((act, who.name, *what, *more.values()))
            return self.words

        return done

    async def ticket_of(self, address: Address, thread: str = "", ref: str = "") -> int | None:
        return self.tickets.get(thread or f"ref {ref}")

    async def helper_of(self, who: Who) -> Helper | None:
        return self.helper

    async def held_of(self, who: Who, ticket: int) -> list[Held]:
        return []

    async def case(self, who: Who, ticket: int) -> str:
        return "gone"

    async def card_at(self, chat: Address, ref: str, ticket: int) -> None:
        return None

    async def was_passed_on(self, source: str) -> bool:
        return source in self.sources

    async def tell(self, to: Address, reply: Reply, ticket: int | None = None, ref: str = "") -> None:
        said = str(reply.values["words"]) if reply.template == "desk_words" else f"<{reply.template}>"
        self.told.append((str(to), said, ticket, ref))


class NoCopies:
    """Nothing is kept about anybody."""

    async def file(self, address: Address, document: Document) -> None:
        return None


NO_COPIES: Any = NoCopies()


def words(reply: Reply) -> str:
    """The name of a template for its words."""
    return f"<{reply.template}>"
