"""What comes twice, out of order, late, forged or spoiled has one effect or none, and ends nothing."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

import aiohttp
import pytest

from tests.fake_bot_api import FakeBotApi
from tests.fake_bot_api.updates import SECRET_HEADER
from tests.fake_bot_api.world import describe
from tests.faults.conftest import opened
from tests.faults.town import PATIENCE, Town, Walker
from tests.faults.updates import DATA, any_update, spoiled, written
from tests.integration.store.sample import rows
from tutorbot.channels.telegram.updates import clicked
from tutorbot.store.tables import AttemptRow, EventRow, TicketRow

UPDATES, SEED = 300, 27


@dataclass
class Caller:
    """Telegram's side of the webhook, by hand."""

    town: Town
    session: aiohttp.ClientSession

    def __post_init__(self) -> None:
        self.numbers = count(5_000_000)

    async def post(self, body: bytes) -> int:
        """The status of the answer."""
        async with self.session.post(self.town.fake.webhook.url, data=body) as answer:
            await answer.read()
            return answer.status

    async def post_all(self, bodies: Sequence[bytes], at_once: int = 16) -> list[int]:
        """The statuses of the answers to all of them."""
        gate = asyncio.Semaphore(at_once)

        async def one(body: bytes) -> int:
            async with gate:
                return await self.post(body)

        return await asyncio.gather(*map(one, bodies))

    def pressed(self, walker: Walker, data: str, *, on: int = -1, number: int = 0) -> bytes:
        """A press of a message of the bot."""
        chat, post = walker.user.chat, walker.user.chat.by_bot[on]
        query = {"id": "q", "from": walker.user.about, "chat_instance": "1", "data": data}
        query["message"] = describe(chat, post)
        return written({"update_id": number or next(self.numbers), "callback_query": query})


@pytest.fixture
async def caller(fake: FakeBotApi, tmp_path: Path, database_url: str) -> AsyncIterator[Caller]:
    """A town whose program is called by Telegram."""
    async for town in opened(fake, tmp_path, database_url, called=True):
        await fake.wait_for(lambda: fake.webhook.url, PATIENCE)
        (secret,) = {call["secret_token"] for call in fake.called("setWebhook")}
        async with aiohttp.ClientSession(headers={SECRET_HEADER: secret}) as session:
            yield Caller(town, session)


async def test_what_comes_twice_or_out_of_order_has_one_effect(caller: Caller) -> None:
    town = caller.town
    ann, bea, cai = await town.on_first_quiz(3)
    answer = next(button["callback_data"] for button in ann.user.last.buttons if button["text"].startswith("A"))
    same = caller.pressed(ann, answer, number=900)
    two_ids = [caller.pressed(bea, answer) for _ in range(10)]
    assert set(await caller.post_all([same] * 10 + two_ids)) == {200}
    ann.did.append(clicked(answer))
    bea.did.append(clicked(answer))
    await town.settled()
    assert len(rows(town.database_url, AttemptRow)) == 2
    cai.says("menu")  # the words overtake the press
    await town.settled()
    assert await caller.post(caller.pressed(cai, answer, on=-2)) == 200
    cai.did.append(clicked(answer))
    week_old = caller.pressed(ann, "1.next", on=0)
    assert await caller.post(week_old) == 200
    ann.did.append(clicked("1.next"))
    await town.check()
    assert [row.key for row in rows(town.database_url, EventRow)].count("telegram:900") == 1


def some_updates(chance: Random, how_many: int, group: int, first: int) -> list[bytes]:
    """Updates of every kind, half of them spoiled."""
    found = []
    for number in range(first, first + how_many):
        update = any_update(chance, number, group)
        found.append(written(spoiled(chance, update) if chance.random() < 0.5 else update))
    return found


async def test_forged_buttons_and_spoiled_updates_end_nothing(caller: Caller) -> None:
    town = caller.town
    ann, mallory = await town.on_first_quiz(2)
    forged = [caller.pressed(mallory, data) for data in DATA]
    bodies = some_updates(Random(SEED), UPDATES, town.fake.group.id, 6_000_000)
    statuses = await caller.post_all(forged + bodies)
    assert set(statuses) <= {200, 400}
    assert not rows(town.database_url, TicketRow) or all(
        row.helper is None for row in rows(town.database_url, TicketRow)
    )
    ann.presses("A")
    await town.fake.wait_for(lambda: any("The sky is often blue" in text for text in ann.user.texts), PATIENCE)
    assert not [line for line in town.program.written if "CRITICAL" in line]
