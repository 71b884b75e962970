"""How long our processes take from SIGTERM to a clean end, while 64 learners press as soon as they have read."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.bots import Bot
from benchmarks.kinds import PG_TWO, PG_WEBHOOK, POLLING, WEBHOOK, Kind
from benchmarks.postgres import Postgres
from benchmarks.throughput import ACTIVE

LOADED = 2.0  # seconds under load before it is told to end
KINDS = (POLLING, WEBHOOK, PG_WEBHOOK, PG_TWO)


@dataclass(slots=True)
class Stopping:
    """By bot, the seconds of each try. `failed`: who did not end cleanly, and how."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


async def stopping(
    found: Stopping, folder: Path, rounds: int, server: Postgres | None = None, kinds: Sequence[Kind] = KINDS
) -> None:
    """Measure it."""
    for number in range(rounds):
        for place, kind in enumerate(kinds):
            try:
                bot = Bot(kind, folder / f"stopping-{place}-{number}", server)
                async with bot:
                    found.seconds.setdefault(kind.name, []).append(await _stop(bot))
            except RuntimeError as error:
                found.failed[kind.name] = str(error)


async def _stop(bot: Bot) -> float:
    bot.learners.join(ACTIVE)
    bot.learners.press_on()
    await asyncio.sleep(LOADED)
    if not bot.learners.messages:
        raise RuntimeError(f"{bot.name} answered nobody:\n{bot.log}")
    return await bot.stop_cleanly()
