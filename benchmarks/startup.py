"""How long our process takes to start: until it asks for updates, and until the first learner is answered."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.bots import Bot
from benchmarks.kinds import BARE, Kind, with_lessons

PATIENCE = 10.0  # seconds for the first answer


@dataclass(slots=True)
class Startup:
    """By what was started, for each try: seconds until it asks for updates, until the first answer, and of CPU."""

    tries: dict[str, list[tuple[float, float, float]]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def later(kind: Kind) -> str:
    """What a start of ours is called where there was one before."""
    return f"{kind.name}, later start"


async def startup(found: Startup, folder: Path, rounds: int) -> None:
    """Measure it: the first start with an empty folder, and starts after it."""
    for number in range(rounds):
        for kind in (with_lessons(0), with_lessons(1_000), BARE):
            if kind.name in found.failed:
                continue
            try:
                await _start(kind, folder / f"startup-{number}-{kind.name}", found)
            except RuntimeError as error:
                found.failed[kind.name] = str(error)


async def _start(kind: Kind, folder: Path, found: Startup) -> None:
    bot = Bot(kind, folder)
    await bot.learners.api.start()
    try:
        for name in (kind.name,) if kind is BARE else (f"{kind.name}, first start", later(kind)):
            asked = await bot.start()
            cpu = bot.cpu
            found.tries.setdefault(name, []).append((asked, asked + await _first_answer(bot), cpu))
            await bot.stop()
    finally:
        await bot.stop()
        await bot.learners.api.stop()


async def _first_answer(bot: Bot) -> float:
    """Seconds until somebody new is answered."""
    clock = asyncio.get_running_loop().time
    begin, messages = clock(), bot.learners.messages
    bot.learners.join(1)
    while bot.learners.messages == messages:
        if clock() - begin > PATIENCE:
            raise RuntimeError(f"{bot.name} did not answer:\n{bot.log}")
        await asyncio.sleep(0.001)
    took = clock() - begin
    await bot.learners.settle()
    return took
