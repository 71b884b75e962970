"""How much memory our process has after so many learners have said /start and pressed once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.bots import POLLING, Bot

COUNTS = (1_000, 10_000, 100_000)
AT_ONCE = 64
PATIENCE = 1_200.0  # seconds for all of them


@dataclass(slots=True)
class Memory:
    """MiB by number of learners; 0: before the first."""

    mib: dict[int, float] = field(default_factory=dict)
    file: float = 0.0  # MiB of the database at the end
    failed: str = ""


async def memory(folder: Path, counts: Sequence[int] = COUNTS) -> Memory:
    """Measure it."""
    found = Memory()
    place = folder / "memory"
    try:
        async with Bot(POLLING, place) as bot:
            found.mib[0] = bot.memory
            for count in counts:
                if not await bot.learners.come(count, AT_ONCE, PATIENCE):
                    found.failed = f"{count:,} learners were not served within {PATIENCE:.0f} s"
                    break
                found.mib[count] = bot.memory
            found.file = sum(path.stat().st_size for path in place.glob("*.db*")) / 2**20
    except RuntimeError as error:
        found.failed = str(error)
    return found
