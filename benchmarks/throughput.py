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

from benchmarks.bots import Bot, gather
from benchmarks.cpus import cpu_of
from benchmarks.kinds import ALL, Kind
from benchmarks.postgres import Postgres

ACTIVE = 64
TURN = 1.0  # seconds
WARM_UP = 1.5  # seconds


@dataclass(slots=True)
class Load:
    """What one bot did in one round."""

    replies: int = 0
    answers: int = 0  # of presses
    letters: int = 0  # of the replies, as JSON
    cpu: float = 0.0  # seconds, of all its processes
    busiest: float = 0.0  # seconds of CPU of the one that used most
    database: float = 0.0  # seconds of CPU of the database's server
    wall: float = 0.0  # seconds
    in_time: int = 0  # replies before the turn was called off
    loader: float = 0.0  # seconds of CPU of the Bot API and the learners
    lost: int = 0

    @property
    def per_cpu(self) -> float:
        """Replies for each second of CPU."""
        return self.replies / self.cpu if self.cpu else 0.0

    @property
    def per_busiest(self) -> float:
        """Replies for each second of CPU of the busiest process: no more can come where each has a core of its own."""
        return self.replies / self.busiest if self.busiest else 0.0

    @property
    def per_second(self) -> float:
        """Replies for each second on the clock."""
        return self.in_time / self.wall if self.wall else 0.0


@dataclass(slots=True)
class Throughput:
    """By bot, a load for each round. `failed`: those that did not take part, or not to the end, and why."""

    rounds: dict[str, list[Load]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


async def throughput(
    found: Throughput,
    folder: Path,
    rounds: int,
    seconds: float,
    server: Postgres | None = None,
    kinds: Sequence[Kind] = ALL,
    active: int = ACTIVE,
) -> None:
    """Measure them all."""
    async with AsyncExitStack() as stack:
        bots = await gather(stack, kinds, folder / "throughput", server, found.failed)
        for bot in bots:
            bot.learners.join(active)
        await _round(bots, WARM_UP, found.failed)
        for _ in range(rounds):
            for name, load in (await _round(bots, seconds, found.failed)).items():
                found.rounds.setdefault(name, []).append(load)


async def _round(bots: list[Bot], seconds: float, failed: dict[str, str]) -> dict[str, Load]:
    """Turns of all bots; who does not run any more is left out from then on."""
    loads = {bot.name: Load() for bot in bots}
    for _ in range(max(1, round(seconds / TURN))):
        for bot in list(bots):
            try:
                await _turn(bot, min(TURN, seconds), loads[bot.name])
            except RuntimeError as error:
                failed[bot.name] = str(error)
                bots.remove(bot)
                del loads[bot.name]
    return loads


async def _turn(bot: Bot, seconds: float, load: Load) -> None:
    learners, clock = bot.learners, asyncio.get_running_loop().time
    messages, letters, own = learners.messages, learners.letters, cpu_of(os.getpid())
    cpus, database = bot.cpus, bot.database_cpu
    answers = learners.api.calls["answerCallbackQuery"]
    begin = clock()
    learners.press_on()
    await asyncio.sleep(seconds)
    learners.pause()
    load.in_time += learners.messages - messages
    load.wall += clock() - begin
    load.lost += await learners.settle()
    await rest(bot)
    used = [after - before for before, after in zip(cpus, bot.cpus, strict=True)]
    load.cpu += sum(used)
    load.busiest += max(used)
    load.database += bot.database_cpu - database
    load.loader += cpu_of(os.getpid()) - own
    load.replies += learners.messages - messages
    load.letters += learners.letters - letters
    load.answers += learners.api.calls["answerCallbackQuery"] - answers


async def rest(bot: Bot, quiet: float = 0.05, patience: float = 2.0) -> None:
    """Until the bot has written down what it did: its CPU stands still."""
    for _ in range(round(patience / quiet)):
        before = bot.cpu
        await asyncio.sleep(quiet)
        if bot.cpu == before:
            return
