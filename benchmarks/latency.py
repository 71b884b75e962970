"""How long a learner waits: an open loop, presses at the moments of a Poisson process, the same for every bot.

Measured from the moment the press was due to the moment the bot's message arrives at the Bot API.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from benchmarks.bots import ALL, Bot, Kind
from benchmarks.learners import poisson

RATE = 30.0  # presses a second
POOL = 400  # learners, so that there is always one who has read
DELAYS = (0.0, 0.05)  # seconds before each answer of the Bot API
TURN = 4.0  # seconds
LEAST = 12.0  # seconds a round


@dataclass(slots=True)
class Waits:
    """What the learners of one bot met, all rounds together."""

    seconds: list[float] = field(default_factory=list)
    by_round: list[list[float]] = field(default_factory=list)
    lost: int = 0  # presses without an answer
    nobody: int = 0  # moments at which all learners were still waiting

    def percentile(self, percent: int) -> float:
        """Milliseconds."""
        return _percentile(self.seconds, percent)

    def best_round(self, percent: int) -> float:
        """Milliseconds, of the quietest round."""
        return min((_percentile(one, percent) for one in self.by_round if len(one) > 1), default=0.0)


@dataclass(slots=True)
class Latency:
    """By delay and bot. `failed`: those that did not take part, and why."""

    waits: dict[tuple[float, str], Waits] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


async def latency(folder: Path, rounds: int, seconds: float, kinds: Sequence[Kind] = ALL) -> Latency:
    """Measure them all."""
    found = Latency()
    async with AsyncExitStack() as stack:
        bots = []
        for number, kind in enumerate(kinds):
            bot = Bot(kind, folder / f"latency-{number}")
            try:
                bots.append(await stack.enter_async_context(bot))
            except RuntimeError as error:
                found.failed[kind.name] = str(error)
        for bot in bots:
            await _meet(bot)
        for seed in range(rounds):
            for delay in DELAYS:
                for turn in range(max(1, round(max(seconds, LEAST) / TURN))):
                    for bot in bots:
                        await _turn(bot, delay, found.waits.setdefault((delay, bot.name), Waits()), seed, turn)
    return found


async def _meet(bot: Bot) -> None:
    """Greet all learners, and let each walk a little."""
    bot.learners.join(POOL)
    await bot.learners.settle()
    bot.learners.press_on()
    await asyncio.sleep(1.0)
    bot.learners.pause()
    await bot.learners.settle()


async def _turn(bot: Bot, delay: float, waits: Waits, seed: int, turn: int) -> None:
    learners = bot.learners
    learners.waits.clear()
    learners.api.delay = delay
    waits.nobody += await learners.arrive(list(poisson(RATE, TURN, 1000 * seed + turn)))
    waits.lost += await learners.settle()
    await asyncio.sleep(2 * delay)
    learners.api.delay = 0.0
    if turn == 0:
        waits.by_round.append([])
    waits.by_round[-1] += learners.waits
    waits.seconds += learners.waits


def _percentile(seconds: Sequence[float], percent: int) -> float:
    return 1000 * quantiles(seconds, n=100, method="inclusive")[percent - 1] if len(seconds) > 1 else 0.0
