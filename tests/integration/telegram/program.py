"""The program as it runs, but for the web: Telegram against the fake Bot API, with every real part behind it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from tests import sample
from tests.fake_bot_api import FakeBotApi
from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.bot import Telegram
from tutorbot.channels.telegram.pace import Pace
from tutorbot.desk.group import Group
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import Conversation
from tutorbot.runtime.desk import Desk, Who
from tutorbot.runtime.desk.tools import Tools
from tutorbot.runtime.doubt import Doubt
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.limits import Limits
from tutorbot.runtime.live import Live
from tutorbot.runtime.outbox import Sender
from tutorbot.runtime.ports import Store
from tutorbot.runtime.timekeeper import Timekeeper
from tutorbot.runtime.turns import LEASE, Turns
from tutorbot.runtime.values import Address, Owed
from tutorbot.store.database import open_store


@dataclass
class Program:
    """The running program."""

    fake: FakeBotApi
    store: Store
    desk: Desk
    telegram: Telegram
    sender: Sender
    timekeeper: Timekeeper

    async def quiet(self) -> None:
        """Everything that came in is carried out, and everything that is owed is sent."""
        while True:
            await self.fake.wait_for(lambda: self.fake.polling.waiting and not self.fake.waiting, 20)
            while self.sender.busy:
                await asyncio.sleep(0.002)
            await self.telegram.close()
            if not (await self._something_is_due() or self.sender.busy or self.fake.waiting):
                return
            self.sender.look()
            await asyncio.sleep(0.002)

    async def _something_is_due(self) -> bool:
        """Whether something is owed now, or is in the hands of the sender."""
        due = await self.store.read(lambda tx: tx.outbox.next_due(["telegram"]))
        return due is not None and due <= Clock(self.fake)() + LEASE


class Clock:
    """The time here and at Telegram, which can be put forward."""

    def __init__(self, fake: FakeBotApi) -> None:
        self._fake = fake

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self._fake.world.later)


def caution(text: str) -> Sequence[str]:
    """A rule for tests: whoever asks for a PIN is asked to think again."""
    return ["secret"] if "your PIN" in text else []


@asynccontextmanager
async def running(
    fake: FakeBotApi,
    database_url: str,
    lessons: Path,
    *names: str,
    web: str = "",
    pace: Pace | None = None,
    limits: Limits | None = None,
) -> AsyncIterator[Program]:
    """The program, with one group of helpers; `names` are those who have joined it, as 50, 51, ... on Telegram."""
    pace = pace or Pace(None, None, None)
    store, renderer, clock = open_store(database_url), Renderer(), Clock(fake)
    senders: list[Sender] = []

    def deliver(owed: Sequence[Owed]) -> None:
        for sender in senders:
            sender.deliver(owed)

    async def all_came_in(_: float) -> None:
        """Instead of a while: until the bot has taken all there is."""
        await fake.wait_for(lambda: fake.polling.waiting and not fake.waiting, 20)

    turns, live = Turns(Entries(renderer), lambda: "test"), Live()
    conversation = Conversation(store, lambda: sample.CURRICULUM, turns, live, deliver, limits=limits)
    desk = Desk(store, lambda: sample.CURRICULUM, turns, live, deliver, clock, caution)
    timekeeper = Timekeeper(store, Tools(lambda: sample.CURRICULUM, turns, caution), live, deliver, clock)
    chat = f"telegram:{fake.group.id}"
    await store.transact(lambda tx: tx.groups.save(replace(tx.groups.list()[0], name="Leeds", chat=chat)))
    for number, name in enumerate(names, 50):
        await desk.join(name, Who(Address("telegram", str(number)), fake.user(number, name).about["first_name"]))
    async with Api(fake.token, fake.url) as api:
        telegram = Telegram(
            api,
            store,
            conversation,
            desk,
            renderer,
            lessons=lessons,
            public_url="",
            secret="",
            desk_link=(lambda secret: f"{web}/desk/enter?token={secret}") if web else None,
            clock=clock,
        )
        await telegram.load()
        sender = Sender(
            store,
            {"telegram": telegram.transport(pace)},
            pace,
            clock,
            "test",
            Random(1),
            doubt=Doubt(Entries(renderer), live),
            pause=all_came_in,
        )
        senders.append(sender)
        works = [asyncio.create_task(telegram.run()), asyncio.create_task(sender.run())]
        yield Program(fake, store, desk, telegram, sender, timekeeper)
        telegram.stop()
        await sender.stop()
        await asyncio.gather(*works)
        await telegram.close()
    await store.close()


async def add_group(program: Program, name: str, chat: int) -> int:
    """One more group of helpers; its number."""
    group = Group(0, name, f"telegram:{chat}", invite=name.lower())
    return await program.store.transact(lambda tx: tx.groups.add(group, datetime.now(UTC)))
