"""Replies for each second of CPU: a closed loop of learners who press as soon as they have read.

All bots run at the same time and get the load in turns of a second, so that a change of the machine's speed meets all
of them alike. A turn ends when the last answer is there, so nothing of it is counted for the next.
"""

import asyncio
import os
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.bots import ALL, Bot, Kind, cpu_of

ACTIVE = 64
TURN = 1.0  # seconds
WARM_UP = 1.5  # seconds


@dataclass(slots=True)
class Load:
    """What one bot did in one round."""

    replies: int = 0
    answers: int = 0  # of presses
    letters: int = 0  # of the replies, as JSON
    cpu: float = 0.0  # seconds
    wall: float = 0.0  # seconds
    in_time: int = 0  # replies before the turn was called off
    loader: float = 0.0  # seconds of CPU of the Bot API and the learners
    lost: int = 0

    @property
    def per_cpu(self) -> float:
        """Replies for each second of CPU."""
        return self.replies / self.cpu if self.cpu else 0.0

    @property
    def per_second(self) -> float:
        """Replies for each second on the clock."""
        return self.in_time / self.wall if self.wall else 0.0


@dataclass(slots=True)
class Throughput:
    """By bot, a load for each round. `failed`: those that did not take part, and why."""

    rounds: dict[str, list[Load]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


async def throughput(
    folder: Path, rounds: int, seconds: float, kinds: Sequence[Kind] = ALL, active: int = ACTIVE
) -> Throughput:
    """Measure them all."""
    found = Throughput()
    async with AsyncExitStack() as stack:
        bots = []
        for number, kind in enumerate(kinds):
            bot = Bot(kind, folder / f"throughput-{number}")
            try:
                bots.append(await stack.enter_async_context(bot))
            except RuntimeError as error:
                found.failed[kind.name] = str(error)
        for bot in bots:
            bot.learners.join(active)
            await _turn(bot, WARM_UP, Load())
        for _ in range(rounds):
            loads = [Load() for _ in bots]
            for _ in range(max(1, round(seconds / TURN))):
                for bot, load in zip(bots, loads, strict=True):
                    await _turn(bot, min(TURN, seconds), load)
            for bot, load in zip(bots, loads, strict=True):
                found.rounds.setdefault(bot.name, []).append(load)
    return found


async def _turn(bot: Bot, seconds: float, load: Load) -> None:
    learners, clock = bot.learners, asyncio.get_running_loop().time
    messages, letters, cpu, own = learners.messages, learners.letters, bot.cpu, cpu_of(os.getpid())
    answers = learners.api.calls["answerCallbackQuery"]
    begin = clock()
    learners.press_on()
    await asyncio.sleep(seconds)
    learners.pause()
    load.in_time += learners.messages - messages
    load.wall += clock() - begin
    load.lost += await learners.settle()
    await _rest(bot)
    load.cpu += bot.cpu - cpu
    load.loader += cpu_of(os.getpid()) - own
    load.replies += learners.messages - messages
    load.letters += learners.letters - letters
    load.answers += learners.api.calls["answerCallbackQuery"] - answers


async def _rest(bot: Bot, quiet: float = 0.05, patience: float = 2.0) -> None:
    """Until the bot has written down what it did: its CPU stands still."""
    for _ in range(round(patience / quiet)):
        before = bot.cpu
        await asyncio.sleep(quiet)
        if bot.cpu == before:
            return
