"""How long a learner waits: an open loop, presses at the moments of a Poisson process, the same for every bot.

Measured from the moment the press was due to the moment the bot's message arrives at the Bot API.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from benchmarks.bots import Bot, gather
from benchmarks.kinds import BARE_AIOHTTP, BARE_CONCURRENT, BARES, SINGLE, Kind
from benchmarks.learners import poisson
from benchmarks.postgres import Postgres
from benchmarks.throughput import rest

POOL = 400  # learners, so that there is always one who has read
TURN = 4.0  # seconds
LEAST = 360  # presses a round


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked of the bots."""

    rate: float  # presses a second
    delay: float = 0.0  # seconds before each answer of the Bot API


USUAL, SLOW_API, MANY = Case(30.0), Case(30.0, 0.05), Case(200.0)
CASES: Mapping[Case, Sequence[Kind]] = {
    USUAL: (*SINGLE, *BARES),
    SLOW_API: (*SINGLE, BARE_CONCURRENT, BARE_AIOHTTP),  # one by one, 50 ms for each answer: 10 a second at most
    MANY: (*SINGLE, BARE_AIOHTTP),  # on httpx a bare bot does not reach it
}


@dataclass(slots=True)
class Waits:
    """What the learners of one bot met in one case, all rounds together."""

    seconds: list[float] = field(default_factory=list)
    by_round: list[list[float]] = field(default_factory=list)
    cpu: float = 0.0  # seconds of the bot's
    lost: int = 0  # presses without an answer
    nobody: int = 0  # moments at which all learners were still waiting

    def percentile(self, percent: int) -> float:
        """Milliseconds."""
        return percentile(self.seconds, percent)

    def best_round(self, percent: int) -> float:
        """Milliseconds, of the quietest round."""
        return min((percentile(one, percent) for one in self.by_round if len(one) > 1), default=0.0)

    def share(self, rate: float) -> float:
        """Of one core, at so many replies a second."""
        return self.cpu / len(self.seconds) * rate if self.seconds else 0.0


@dataclass(slots=True)
class Latency:
    """By case and bot. `failed`: those that did not take part, or not to the end, and why."""

    waits: dict[tuple[Case, str], Waits] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


async def latency(
    found: Latency,
    folder: Path,
    rounds: int,
    seconds: float,
    server: Postgres | None = None,
    cases: Mapping[Case, Sequence[Kind]] = CASES,
) -> None:
    """Measure them all."""
    kinds = list(dict.fromkeys(kind for some in cases.values() for kind in some))
    async with AsyncExitStack() as stack:
        bots = {bot.name: bot for bot in await gather(stack, kinds, folder / "latency", server, found.failed)}
        for bot in bots.values():
            await _meet(bot)
        for seed in range(rounds):
            for case, some in cases.items():
                for turn in range(max(1, round(max(seconds, LEAST / case.rate) / TURN))):
                    for name in [kind.name for kind in some if kind.name in bots]:
                        waits = found.waits.setdefault((case, name), Waits())
                        try:
                            await _turn(bots[name], case, waits, seed, turn)
                        except RuntimeError as error:
                            found.failed[name] = str(error)
                            del bots[name]


async def _meet(bot: Bot) -> None:
    """Greet all learners, and let each walk a little."""
    bot.learners.join(POOL)
    await bot.learners.settle()
    bot.learners.press_on()
    await asyncio.sleep(1.0)
    bot.learners.pause()
    await bot.learners.settle()


async def _turn(bot: Bot, case: Case, waits: Waits, seed: int, turn: int) -> None:
    learners, cpu = bot.learners, bot.cpu
    learners.waits.clear()
    learners.api.delay = case.delay
    waits.nobody += await learners.arrive(list(poisson(case.rate, TURN, 1000 * seed + turn)))
    waits.lost += await learners.settle()
    await asyncio.sleep(2 * case.delay)
    learners.api.delay = 0.0
    await rest(bot)
    waits.cpu += bot.cpu - cpu
    if turn == 0:
        waits.by_round.append([])
    waits.by_round[-1] += learners.waits
    waits.seconds += learners.waits


def percentile(seconds: Sequence[float], percent: int) -> float:
    """Milliseconds; 0 if there are none."""
    return 1000 * quantiles(seconds, n=100, method="inclusive")[percent - 1] if len(seconds) > 1 else 0.0
