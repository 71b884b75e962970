"""A hand-made world behind the pages: a chat that answers in fixed words, and a desk with a few tickets in memory."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests import sample
from tests.integration.web.kept import COPIES
from tutorbot.channels.web.parts import Parts
from tutorbot.desk.briefing import briefing
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Outcome, Status, Ticket
from tutorbot.errors import StoreUnavailable
from tutorbot.messages.message import Button, Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import Incoming
from tutorbot.runtime.desk import Case, Who
from tutorbot.runtime.live import Live
from tutorbot.runtime.values import Address, Author, Entry, Kind
from tutorbot.tutor.events import ChoicePicked, TextSent
from tutorbot.tutor.replies import OpenTicket, Reason

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DOCS = Path(__file__).parents[3] / "docs"
LESSONS = Path(__file__).parents[3] / "lessons"
BUTTONS = (Button("next", "▶ Next", nav=True), Button("person", "🙋 Talk to a person", nav=True))


class FakeStore:
    """Entries, keys and sign-in links in memory. `down` makes it refuse everything."""

    def __init__(self) -> None:
        self.chats: defaultdict[Address, list[Entry]] = defaultdict(list)
        self.keys: set[str] = set()
        self.links: dict[str, tuple[str, datetime]] = {}
        self.crew: dict[Address, Helper] = {}
        self.down = False
        self._ids = count(1)
        self._tx = SimpleNamespace(
            record=SimpleNamespace(of_chat=self._of_chat),
            helpers=SimpleNamespace(at=self.helper, add_link=self._add_link, use_link=self._use_link),
            setting=lambda key: None,
            upkeep=SimpleNamespace(check=lambda: None),
        )

    async def transact(self, work: Callable[[Any], Any]) -> Any:
        if self.down:
            raise StoreUnavailable
        return work(self._tx)

    read = transact

    def write(self, to: Address, author: Author, message: Message, **more: Any) -> Entry:
        entry = Entry(next(self._ids), author, message, NOW, **more)
        self.chats[to].append(entry)
        return entry

    def helper(self, address: Address, name: str, _now: datetime) -> Helper:
        return self.crew.setdefault(address, Helper(len(self.crew) + 1, name))

    def _of_chat(self, address: Address, after: int = 0, limit: int = 200) -> Sequence[Entry]:
        return [entry for entry in self.chats[address] if entry.id > after][-limit:]

    def _add_link(self, name: str, digest: str, expires_at: datetime) -> None:
        self.links[digest] = name, expires_at

    def _use_link(self, digest: str, now: datetime) -> str | None:
        name, expires_at = self.links.pop(digest, (None, now))
        return name if now < expires_at else None


class FakeConversation:
    """Answers each event once. `toast` is said at a pressed button, `answer` in the chat."""

    copies = COPIES

    def __init__(self, store: FakeStore, live: Live) -> None:
        self._store, self._live = store, live
        self.heard: list[Incoming] = []
        self.toast = ""
        self.answer = Message("Well done. **Read on.**", buttons=BUTTONS, step=7)

    async def receive(self, incoming: Incoming) -> str:
        await self._store.transact(lambda tx: None)
        if incoming.key in self._store.keys:
            return ""
        self._store.keys.add(incoming.key)
        self.heard.append(incoming)
        event, address = incoming.event, incoming.address
        said = event.text if isinstance(event, TextSent) else incoming.label
        if said:
            self._store.write(address, Author.LEARNER, Message(said=said))
        if not self.toast:
            self.say(address, self._greeting() if said.startswith("/start") else self.answer)
        self._live.publish(str(address))
        return self.toast

    def say(self, address: Address, message: Message, author: Author = Author.TUTOR, name: str = "") -> None:
        self._store.write(address, author, message, name=name)
        self._live.publish(str(address))

    def _greeting(self) -> Message:
        return Message("Hello. I am Tutorbot.", buttons=BUTTONS, step=1)

    @property
    def pressed(self) -> list[ChoicePicked]:
        return [one.event for one in self.heard if isinstance(one.event, ChoicePicked)]

    @property
    def written(self) -> list[str]:
        return [one.event.text for one in self.heard if isinstance(one.event, TextSent)]


OPENING = OpenTicket(
    Reason.CONFUSED,
    alias="Ann",
    language="en",
    lesson="fake-email",
    title="Spot a fake email",
    card=3,
    cards=5,
    question="Which sender looks real?",
    text="Look at the **end** of the name.",
    tried=("help@paypa1.example",),
    hints=1,
)
WAITING = Ticket(27, learner=1, status=Status.WAITING, opening=OPENING, opened_at=NOW - timedelta(minutes=3))


class FakeDesk:
    """Tickets in memory, with the rules of the real desk in short."""

    def __init__(self, store: FakeStore, live: Live) -> None:
        self._store, self._live = store, live
        self.tickets: dict[int, Ticket] = {27: WAITING}
        self.entries: defaultdict[int, list[Entry]] = defaultdict(list)
        self.keys: set[str] = set()
        self._ids = count(1)

    async def arrive(self, who: Who) -> Helper:
        return await self._store.transact(lambda tx: tx.helpers.at(who.address, who.name, NOW))

    async def queue(self, *, closed: bool = False) -> Sequence[Ticket]:
        await self._store.transact(lambda tx: None)
        return [one for one in self.tickets.values() if (one.status is Status.CLOSED) is closed]

    async def case(self, ticket: int) -> Case | None:
        found = self.tickets.get(ticket)
        if found is None:
            return None
        return Case(found, Renderer().message(briefing(found, NOW), "en"), tuple(self.entries[ticket]))

    async def claim(self, key: str, who: Who, ticket: int) -> str:
        helper, found = await self.arrive(who), self.tickets[ticket]
        if found.status is not Status.WAITING:
            return f"{found.helper.name if found.helper else 'Somebody'} has this one."
        self._change(replace(found, status=Status.CLAIMED, helper=helper, claimed_at=NOW))
        return ""

    async def release(self, key: str, who: Who, ticket: int) -> str:
        self._change(replace(self.tickets[ticket], status=Status.WAITING, helper=None))
        return ""

    async def close(self, key: str, who: Who, ticket: int) -> str:
        self._change(replace(self.tickets[ticket], status=Status.CLOSED, outcome=Outcome.SOLVED, closed_at=NOW))
        return ""

    async def reply(self, key: str, who: Who, ticket: int, text: str) -> str:
        return self.write(ticket, Author.HELPER, text, who.name, key)

    async def note(self, key: str, who: Who, ticket: int, text: str) -> str:
        return self.write(ticket, Author.NOTE, text, who.name, key)

    def write(self, ticket: int, author: Author, text: str, name: str = "", key: str = "") -> str:
        if not key or key not in self.keys:
            self.keys.add(key)
            self.entries[ticket].append(Entry(next(self._ids), author, Message(said=text), NOW, name))
            self._live.publish("desk", f"ticket:{ticket}")
        return ""

    def _change(self, ticket: Ticket) -> None:
        self.tickets[ticket.id] = ticket
        self._live.publish("desk", f"ticket:{ticket.id}")


class FakeLibrary:
    """The sample lessons, with the pictures of the real ones."""

    curriculum = sample.CURRICULUM

    def picture(self, name: str) -> Path | None:
        path = LESSONS / name
        return path if path.is_file() and ".." not in name else None


@dataclass
class World:
    """Everything behind the pages, within reach of a test."""

    live: Live = field(default_factory=Live)
    now: datetime = NOW
    public_url: str = ""

    def __post_init__(self) -> None:
        self.store = FakeStore()
        self.conversation = FakeConversation(self.store, self.live)
        self.desk = FakeDesk(self.store, self.live)
        self._words = count(1)

    def parts(self) -> Parts:
        """The parts of an app in this world."""
        return Parts(
            store=self.store,  # type: ignore[arg-type]
            conversation=self.conversation,  # type: ignore[arg-type]
            desk=self.desk,  # type: ignore[arg-type]
            live=self.live,
            library=FakeLibrary(),
            docs=DOCS,
            secret_key="a key for tests",
            public_url=self.public_url,
            clock=lambda: self.now,
            chance=lambda: f"chance-{next(self._words)}",
        )


REPLACE = Kind.REPLACE
