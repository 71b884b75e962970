"""A house with a real store, and people who live in it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.sample import CURRICULUM
from tutorbot.desk.group import Group
from tutorbot.desk.helper import Role
from tutorbot.desk.ticket import Ticket
from tutorbot.messages.message import Copied
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import Conversation, Incoming
from tutorbot.runtime.desk import Case, Desk, Who
from tutorbot.runtime.desk.tools import Tools
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.live import Live
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.timekeeper import Timekeeper
from tutorbot.runtime.turns import Turns
from tutorbot.runtime.values import Address, Entry, Lease, Owed
from tutorbot.tutor.events import ChoicePicked, Event, TextSent

ANN, BEA = Address("telegram", "1001"), Address("telegram", "1002")
GROUP = Address("telegram", "-100500")
AMIR, DANA, CORA = (
    Who(Address("telegram", id_), name) for id_, name in (("77", "Amir"), ("78", "Dana"), ("79", "Cora"))
)


@dataclass
class Town:
    """The shell over a real store; time goes on a second with every event, and keys are never used twice."""

    store: Store
    owed: list[Owed] = field(default_factory=list)
    now: datetime = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    keys: int = 0
    worker: str = "worker"

    def __post_init__(self) -> None:
        turns, live = Turns(Entries(Renderer()), lambda: self.worker), Live()
        self.conversation = Conversation(self.store, lambda: CURRICULUM, turns, live, self.owed.extend)
        self.tools = Tools(lambda: CURRICULUM, turns, self.caution)
        self.desk = Desk(self.store, lambda: CURRICULUM, turns, live, self.owed.extend, lambda: self.now, self.caution)
        self.timekeeper = Timekeeper(self.store, self.tools, live, self.owed.extend, lambda: self.now)

    @staticmethod
    def caution(text: str) -> list[str]:
        """A rule for tests: whoever asks for a PIN is asked to think again."""
        return ["secret"] if "your PIN" in text else []

    async def passes(self, minutes: int) -> None:
        """Time goes by; every minute what is owed is sent, and the timekeeper looks."""
        for _ in range(minutes):
            known = {one.id for one in self.owed}
            self.owed += [one for one in await self.send() if one.id not in known]
            self.now += timedelta(minutes=1)
            await self.timekeeper.look()

    async def newest(self) -> int:
        """The ticket that was opened last."""
        open_ones, closed = (
            await self.store.read(lambda tx: tx.tickets.list()),
            await self.store.read(lambda tx: tx.tickets.list(closed=True)),
        )
        return max(ticket.id for ticket in (*open_ones, *closed))

    async def send(self) -> list[Owed]:
        """What is owed is sent, all of it."""
        lease = Lease("worker", self.now)
        await self.store.transact(lambda tx: tx.outbox.free_others("nobody"))
        owed = await self.store.transact(lambda tx: tx.outbox.claim(["telegram"], lease, self.now, 1000))
        for one in owed:
            await self.store.transact(lambda tx, one=one: tx.outbox.sent([one.id], str(one.id), self.now))
        return list(owed)

    def key(self) -> str:
        self.keys += 1
        self.now += timedelta(seconds=1)
        return f"key:{self.keys}"

    async def on(
        self, address: Address, event: Event, key: str = "", media: Copied | None = None, source: str = "", **more: Any
    ) -> str:
        incoming = Incoming(key or self.key(), address, event, self.now, media=media, source=source, **more)
        return await self.conversation.receive(incoming)

    async def says(self, address: Address, *texts: str) -> None:
        for text in texts:
            await self.on(address, TextSent(text))

    async def presses(self, address: Address, *actions: str) -> str:
        for action in actions:
            words = await self.on(address, ChoicePicked(action, (await self.state(address)).step))
        return words

    async def state(self, address: Address) -> Any:
        return (await self.store.transact(lambda tx: tx.learners.at(address, "en", self.now))).state

    async def chat(self, address: Address) -> list[Entry]:
        return list(await self.store.read(lambda tx: tx.record.of_chat(address)))

    async def coordinator(self, who: Who, **more: bool) -> None:
        """Somebody joins who looks after the group."""
        await self.desk.join(self.key(), who)
        helper = await self.desk.helper_of(who)
        assert helper
        changed = replace(helper, role=Role.COORDINATOR, **more)
        await self.store.transact(lambda tx: tx.helpers.save(changed))

    async def now_is(self, ticket: int) -> Ticket:
        """The ticket as it is now."""
        found = await self.store.read(lambda tx: tx.tickets.get(ticket))
        assert found
        return found

    async def acts(self, ticket: int) -> list[str]:
        """What was done about a ticket, and by whom."""
        return [f"{one.act} {one.name} {one.detail}".strip() for one in (await self.case(ticket)).acts]

    async def case(self, ticket: int) -> Case:
        """All that a helper of its group may see of a ticket."""

        def one_of_the_group(tx: Transaction) -> Who:
            found = tx.tickets.get(ticket)
            assert found
            helper = tx.helpers.of_group(found.group)[0]
            return Who(tx.helpers.address_of(helper.id), helper.name)

        case = await self.desk.case(await self.store.read(one_of_the_group), ticket)
        assert isinstance(case, Case)
        return case

    async def second_group(self, name: str = "York", chat: str = "telegram:-200", **more: str) -> int:
        """Another group; its id."""
        group = Group(0, name, chat, invite=name.lower(), **more)
        return await self.store.transact(lambda tx: tx.groups.add(group, self.now))

    def sent_to(self, address: Address) -> list[str]:
        """What was owed to this chat, as text and the person's own words."""
        return [f"{one.message.text}\n{one.message.said}".strip() for one in self.owed if one.to == address]

    async def ticket(self) -> int:
        return (await self.store.read(lambda tx: tx.tickets.list()))[0].id


@pytest.fixture
async def town(store: Store) -> Town:
    """A town with one group of helpers, who talk in a chat: Amir and Dana."""
    town = Town(store)
    await store.transact(lambda tx: tx.groups.save(replace(tx.groups.list()[0], name="Leeds", chat=str(GROUP))))
    for who in (AMIR, DANA):
        await town.desk.join(town.key(), who)
    return town


@pytest.fixture
async def stuck(town: Town) -> Town:
    """Ann is on card 2 of 5, has tried one answer, and waits for a person."""
    await town.says(ANN, "/start fake-email", "Ann")
    await town.presses(ANN, "next", "pick:0", "person", "yes")
    return town
