"""The pages with every real part behind them: learners who are stuck, and helpers who sign in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from starlette.testclient import TestClient

from tests import sample
from tests.integration.web.fakes import DOCS, FakeLibrary
from tests.integration.web.pages import form_of
from tutorbot.channels.web.app import make_app
from tutorbot.channels.web.links import sign_in_address
from tutorbot.channels.web.parts import Parts
from tutorbot.desk.helper import Helper
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import Conversation, Incoming
from tutorbot.runtime.desk import Case, Desk, Who
from tutorbot.runtime.desk.tools import Tools
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.live import Live
from tutorbot.runtime.office import Office
from tutorbot.runtime.turns import Turns
from tutorbot.runtime.values import Address
from tutorbot.store.database import SqlStore
from tutorbot.tutor.events import ChoicePicked, Event, TextSent

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday
HERE = "http://testserver"
ANN = Address("web", "ann")


def caution(text: str) -> Sequence[str]:
    """What helpers must not write, in short."""
    return ("secret",) if "PIN" in text else ("phone",) if "07700" in text or "t.me" in text else ()


def who(name: str) -> Who:
    """A helper of the web desk."""
    return Who(Address("desk", name.casefold()), name)


@dataclass
class Town:
    """The whole house over a real store, with a clock that a test can move."""

    store: SqlStore
    now: datetime = NOW
    live: Live = field(default_factory=Live)

    def __post_init__(self) -> None:
        turns = Turns(Entries(Renderer()), lambda: "test")
        rest: tuple[Any, ...] = (lambda: sample.CURRICULUM, turns, self.live, self._send)
        self.conversation = Conversation(self.store, *rest)
        self.desk = Desk(self.store, *rest, lambda: self.now, caution)
        self.office = Office(self.store, Tools(lambda: sample.CURRICULUM, turns, caution), lambda: self.now)
        self._keys = count(1)
        self.parts = Parts(
            store=self.store,
            conversation=self.conversation,
            desk=self.desk,
            live=self.live,
            library=FakeLibrary(),
            docs=DOCS,
            secret_key="a key for tests",
            clock=lambda: self.now,
        )
        self.app = make_app(self.parts)

    def _send(self, _owed: object) -> None:
        """Nobody here is reached in any other way than by these pages."""

    async def on(self, address: Address, *events: Event) -> None:
        """What a learner does."""
        for event in events:
            await self.conversation.receive(Incoming(f"key:{next(self._keys)}", address, event, self.now))

    async def says(self, address: Address, *texts: str) -> None:
        await self.on(address, *(TextSent(text) for text in texts))

    async def presses(self, address: Address, *actions: str) -> None:
        for action in actions:
            state = (await self.store.transact(lambda tx: tx.learners.at(address, "en", self.now))).state
            await self.on(address, ChoicePicked(action, state.step))

    async def stuck(self, name: str = "Ann", address: Address = ANN) -> int:
        """Somebody is on card 2 of 5, has tried one answer and waits for a person; the number of the ticket."""
        await self.says(address, "/start fake-email", name)
        await self.presses(address, "next", "pick:0", "person", "yes")
        return max(ticket.id for ticket in await self.store.read(lambda tx: tx.tickets.list()))

    async def link(self, name: str, base: str = HERE) -> str:
        """A one-time link for this helper, who joins if they have not."""
        return sign_in_address(base, await self.desk.sign_in_link(await self.office.enlist(name)))

    async def helper(self, name: str) -> Helper:
        """This helper, as the desk knows them."""
        found = await self.desk.helper_of(who(name))
        assert found
        return found

    async def case(self, ticket: int, name: str = "Amir") -> Case:
        """A ticket, as this helper may see it."""
        found = await self.desk.case(who(name), ticket)
        assert isinstance(found, Case)
        return found

    async def coordinates(self, name: str) -> None:
        """From now on this helper is a coordinator."""
        await self.office.set_roles(name, coordinator=True)

    async def enter(self, name: str, *, coordinator: bool = False) -> TestClient:
        """A browser without scripts, signed in at the desk."""
        client = TestClient(self.app)
        form_of(client.get(await self.link(name)), "/desk/enter").press(client)
        if coordinator:
            await self.coordinates(name)
        return client

    async def read(self, address: Address = ANN) -> str:
        """All that a learner's chat holds, a line for each message."""
        entries = await self.store.read(lambda tx: tx.record.of_chat(address))
        return "\n".join(f"{one.message.text} {one.message.said}" for one in entries)
