"""A house with a real store: learners who come and go, and a group of helpers with topics."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.sample import CURRICULUM
from tutorbot.desk.helper import Role
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import Conversation, Incoming
from tutorbot.runtime.desk import Desk, Who
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.limits import Limits
from tutorbot.runtime.live import Live
from tutorbot.runtime.ports import Store
from tutorbot.runtime.rights.retention import Retention
from tutorbot.runtime.turns import Turns
from tutorbot.runtime.values import Address, Kind, Owed
from tutorbot.tutor.events import ChoicePicked, Event, TextSent
from tutorbot.tutor.keep import Keep

ANN, BEA, WEB = Address("telegram", "1001"), Address("telegram", "1002"), Address("web", "a-long-random-word")
GROUP = Address("telegram", "-100500")
AMIR = Who(Address("telegram", "77"), "Amir")


@dataclass
class Town:
    """The shell over a real store; a second goes by with every event."""

    store: Store
    limits: Limits | None = None
    owed: list[Owed] = field(default_factory=list)
    now: datetime = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    keys: int = 0

    def __post_init__(self) -> None:
        turns, live = Turns(Entries(Renderer()), lambda: "worker"), Live()
        parts = (self.store, lambda: CURRICULUM, turns, live, self.owed.extend)
        self.conversation = Conversation(*parts, limits=self.limits)
        self.eraser = self.conversation.eraser
        self.desk = Desk(*parts, lambda: self.now)
        self.copies = self.conversation.copies
        self.retention = Retention(self.eraser, Keep())

    def key(self) -> str:
        self.keys += 1
        self.now += timedelta(seconds=1)
        return f"key:{self.keys}"

    def days_go_by(self, days: float) -> None:
        self.now += timedelta(days=days)

    async def on(self, address: Address, event: Event, key: str = "") -> str:
        return await self.conversation.receive(Incoming(key or self.key(), address, event, self.now))

    async def says(self, address: Address, *texts: str) -> None:
        for text in texts:
            await self.on(address, TextSent(text))

    async def presses(self, address: Address, *actions: str) -> str:
        for action in actions:
            learner = await self.store.transact(lambda tx: tx.learners.at(address, "en", self.now))
            words = await self.on(address, ChoicePicked(action, learner.state.step))
        return words

    async def open_group(self) -> None:
        """The helpers have a chat, and Amir has joined them."""
        group = (await self.desk.groups())[0]
        await self.store.transact(lambda tx: tx.groups.save(replace(group, chat=str(GROUP))))
        await self.desk.join(self.key(), AMIR)

    async def coordinates(self, who: Who) -> None:
        """From now on this helper is a coordinator."""
        helper = await self.desk.helper_of(who)
        assert helper
        await self.store.transact(lambda tx: tx.helpers.save(replace(helper, role=Role.COORDINATOR)))

    async def learn(self, who: Address = ANN, name: str = "Ann") -> None:
        """Begins a lesson, and answers once not right and once right."""
        await self.says(who, "/start fake-email", name)
        await self.presses(who, "next", "pick:0", "pick:1")

    async def be_helped(self, who: Address = ANN) -> int:
        """Asks for a person, and Amir comes and writes; the ticket, which has a topic now."""
        await self.presses(who, "person", "yes")
        ticket = (await self.store.read(lambda tx: tx.tickets.list()))[0].id
        await self.store.transact(lambda tx: tx.tickets.set_thread(ticket, f"topic-{ticket}"))
        await self.desk.claim(self.key(), AMIR, ticket)
        await self.desk.reply(self.key(), AMIR, ticket, "Hello. Shall we look at it together?")
        await self.says(who, "yes please")
        await self.desk.note(self.key(), AMIR, ticket, "She has an old phone.")
        return ticket

    def sent_to(self, address: Address, kind: Kind = Kind.SAY) -> list[Owed]:
        return [one for one in self.owed if one.to == address and one.kind is kind]

    async def counts(self) -> dict[tuple[str, str], int]:
        found = await self.store.read(lambda tx: tx.counts.since(date(2026, 1, 1)))
        counts: Counter[tuple[str, str]] = Counter()
        for one in found:
            counts[one.what.value, one.about] += one.number
        return counts


@pytest.fixture
async def town(store: Store) -> Town:
    town = Town(store)
    await town.open_group()
    return town
