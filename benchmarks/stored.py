"""What a turn takes with ten learners in the database, and with a million: the same walk by learners alike, no wire."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks.filling import fill
from benchmarks.postgres import Postgres
from benchmarks.walk import FIRST, Walk
from tutorbot.runtime.values import Address
from tutorbot.store.database import open_store
from tutorbot.store.schema import migrate

FEW, MANY = 10, 1_000_000
BEFORE = 10  # turns of each before the copies are made
WARM_UP, TURNS = 5, 15  # of each
ROUNDS = 15
FILLING = {"SQLite": 240.0, "PostgreSQL": 240.0}  # seconds at most


@dataclass(frozen=True, slots=True)
class Turns:
    """What the turns of one round took."""

    cpu: float  # seconds of ours for one
    wall: float  # seconds for one


@dataclass(slots=True)
class Stored:
    """On one database."""

    few: list[Turns] = field(default_factory=list)  # one for each round
    many: list[Turns] = field(default_factory=list)
    learners: int = 0  # so many are "many"
    filled: float = 0.0  # seconds that it took

    @property
    def ratio(self) -> float:
        """Time of a turn with many over time with few: the median of the rounds. 0: not measured."""
        ratios = [many.wall / few.wall for few, many in zip(self.few, self.many, strict=True)]
        return median(ratios) if ratios else 0.0


async def stored(
    found: dict[str, Stored], folder: Path, rounds: int, server: Postgres | None = None, learners: int = MANY
) -> None:
    """Measure it, on SQLite first."""
    await _measure(found.setdefault("SQLite", Stored()), "SQLite", _files(folder), rounds, learners)
    if server:
        urls = [server.database("stored-few"), server.database("stored-many")]
        await _measure(found.setdefault("PostgreSQL", Stored()), "PostgreSQL", urls, rounds, learners)


def _files(folder: Path) -> Sequence[str]:
    urls = [f"sqlite:///{folder / name}.db" for name in ("stored-few", "stored-many")]
    for url in urls:
        migrate(url)
    return urls


async def _measure(found: Stored, name: str, urls: Sequence[str], rounds: int, learners: int) -> None:
    stores = [open_store(url) for url in urls]
    try:
        few, many = [Walk(store) for store in stores]
        for walk in (few, many):
            await walk.come(FEW)
            await walk.go_on(BEFORE)
        begin = perf_counter()
        found.learners = await asyncio.to_thread(fill, urls[1], learners, FILLING[name])
        found.filled = perf_counter() - begin
        many.move(lambda address: _spread(address, found.learners))
        for walk in (few, many):
            await walk.go_on(WARM_UP)
        for _ in range(max(rounds, ROUNDS)):
            with_few, with_many = await _turns(few), await _turns(many)
            found.few.append(with_few)
            found.many.append(with_many)
    finally:
        for store in stores:
            await store.close()


async def _turns(walk: Walk) -> Turns:
    turns, cpu, wall = walk.turns, process_time(), perf_counter()
    await walk.go_on(TURNS)
    done = walk.turns - turns
    return Turns((process_time() - cpu) / done, (perf_counter() - wall) / done)


def _spread(address: Address, learners: int) -> Address:
    """Of the copies of one learner, one of those who were here lately; the learners' places are far from each other."""
    own = int(address.id) - FIRST
    copy = learners // FEW * (own + 1) // (FEW + 1) // 10 * 10
    return Address(address.channel, str(int(address.id) + copy * FEW))
