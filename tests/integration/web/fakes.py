"""A hand-made world behind the pages: a chat that answers in fixed words, and a desk at which nobody is."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests import sample
from tests.integration.web.kept import COPIES
from tutorbot.channels.web.parts import Parts
from tutorbot.errors import StoreUnavailable
from tutorbot.messages.message import Button, Message
from tutorbot.runtime.conversation import Incoming
from tutorbot.runtime.live import Live
from tutorbot.runtime.values import Address, Author, Entry, Kind
from tutorbot.tutor.events import ChoicePicked, TextSent

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DOCS = Path(__file__).parents[3] / "docs"
LESSONS = Path(__file__).parents[3] / "lessons"
BUTTONS = (Button("next", "▶ Next", nav=True), Button("person", "🙋 Talk to a person", nav=True))


class FakeStore:
    """Entries and keys in memory. `down` makes it refuse everything."""

    def __init__(self) -> None:
        self.chats: defaultdict[Address, list[Entry]] = defaultdict(list)
        self.keys: set[str] = set()
        self.down = False
        self._ids = count(1)
        self._tx = SimpleNamespace(
            record=SimpleNamespace(of_chat=self._of_chat),
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

    def _of_chat(self, address: Address, after: int = 0, limit: int = 200) -> Sequence[Entry]:
        return [entry for entry in self.chats[address] if entry.id > after][-limit:]


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


class FakeDesk:
    """A desk at which nobody is."""

    async def session_open(self, token: str) -> str | None:
        return None

    async def session_helper(self, secret: str) -> None:
        return None


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
        self.desk = FakeDesk()
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
