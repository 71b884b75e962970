"""Anything at all over a real socket to the real process, and what came back."""

import asyncio
from collections import Counter
from random import Random

from tests.fake_bot_api import FakeBotApi
from tests.faults.inputs import Known, any_ask, on_the_wire
from tests.faults.town import PATIENCE, Town

AT_ONCE = 20
WALK_EVERY = 50  # inputs


async def storm(town: Town, inputs: int, seed: int) -> Counter[int]:
    """So many inputs while learners walk; how often each status came. AssertionError, TimeoutError: a fault."""
    (secret,) = {call["secret_token"] for call in town.fake.called("setWebhook")}
    known, statuses = Known(secret.encode(), town.fake.group.id, [b"tutorbot_chat=x"]), Counter[int]()
    for first in range(0, inputs, WALK_EVERY):
        town.everybody_acts(Random(f"{seed}.{first}"))
        for at in range(first, min(first + WALK_EVERY, inputs), AT_ONCE):
            numbers = range(at, min(at + AT_ONCE, first + WALK_EVERY, inputs))
            statuses.update(await asyncio.gather(*(_thrown(town, known, seed, number) for number in numbers)))
    return statuses


async def _thrown(town: Town, known: Known, seed: int, number: int) -> int:
    chance = Random(f"{seed}.{number}")
    sent, endless = on_the_wire(chance, any_ask(chance, 2_000_000 + number, known))
    status = await _answered(int(town.program.environment["PORT"]), sent, endless=endless)
    assert status < 500, f"seed {seed}, input {number}: {status} for {sent[:500]!r}"
    assert status or endless, f"seed {seed}, input {number}: no answer to {sent[:500]!r}"
    return status


async def _answered(port: int, sent: bytes, *, endless: bool) -> int:
    """The status; 0 if there was none. `endless`: we hang up instead of waiting for an answer for ever."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(PATIENCE):
            writer.write(sent)
            if endless:
                writer.write_eof()
            line = await reader.readline()
    except ConnectionError:
        return 0
    finally:
        writer.transport.abort()
    return int(line.split()[1]) if line.startswith(b"HTTP/1.") else 0


async def learners_walk(town: Town, fake: FakeBotApi, count: int) -> None:
    """So many learners are on their way, and Telegram calls the program."""
    await fake.wait_for(lambda: fake.webhook.url, PATIENCE)
    await town.on_first_quiz(count)
