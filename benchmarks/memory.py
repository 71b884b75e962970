"""How much memory our process has: with a thousand learners who came, and with a hundred thousand, most of them stored.

Those who are stored were filled into the database (see `filling`); others then come, say /start and press once.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.bots import Bot
from benchmarks.filling import fill
from benchmarks.kinds import POLLING
from benchmarks.walk import Walk
from tutorbot.store.database import open_store
from tutorbot.store.schema import migrate

STEPS = ((0, 1_000), (90_000, 10_000))  # learners stored when it starts, and who come then
WALKERS, WALKED = 10, 10  # who is copied, and their turns
FILLING = 60.0  # seconds at most
AT_ONCE = 64
PATIENCE = 180.0  # seconds for those who come


@dataclass(frozen=True, slots=True)
class Kept:
    """One figure."""

    learners: int  # in the database
    served: int  # of them since the start of the process
    mib: float


@dataclass(slots=True)
class Memory:
    """In the order in which it was measured."""

    kept: list[Kept] = field(default_factory=list)
    file: float = 0.0  # MiB of the database at the end


async def memory(found: Memory, folder: Path, steps: Sequence[tuple[int, int]] = STEPS) -> None:
    """Measure it. RuntimeError if the process ends or does not serve them."""
    for stored, come in steps:
        place = folder / f"memory-{stored}"
        place.mkdir()
        there = await _store(place, stored) if stored else 0
        async with Bot(POLLING, place) as bot:
            found.kept.append(Kept(there, 0, bot.memory))
            if not await bot.learners.come(come, AT_ONCE, PATIENCE):
                raise RuntimeError(f"{come:,} learners were not served within {PATIENCE:.0f} s")
            found.kept.append(Kept(there + come, come, bot.memory))
            found.file = sum(path.stat().st_size for path in place.glob("*.db*")) / 2**20


async def _store(place: Path, learners: int) -> int:
    """Make the database of a process that is to be started in this folder; how many learners are in it."""
    url = f"sqlite:///{place}/tutorbot.db"
    migrate(url)
    store = open_store(url)
    try:
        walk = Walk(store)
        await walk.come(WALKERS)
        await walk.go_on(WALKED)
    finally:
        await store.close()
    return await asyncio.to_thread(fill, url, learners, FILLING)
