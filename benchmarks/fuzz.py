"""`python -m benchmarks.fuzz [--inputs 100000] [--wire 5000] [--seed 1]`: does anything that is sent break us?

Calls of Telegram, forms and addresses, whole, odd and spoiled (`tests/faults/inputs.py`), go to the whole program: most
of them in this process, where no socket lies between (`tests/faults/gale.py`), a share over the wire to a real one
(`tests/faults/wire.py`). Each must be answered, in time, and never with a 500; the log may hold no traceback; an update
of Telegram that is whole must be understood; and learners who walk meanwhile lose nothing. The first fault ends the run
with the number that brings it back (`--first`). Bounded by `--inputs` and `--wire`; talks to loopback only.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import monotonic

from tests.fake_bot_api import FakeBotApi
from tests.faults.conftest import opened
from tests.faults.gale import gale
from tests.faults.wire import learners_walk, storm
from tutorbot.store.schema import migrate

WALKERS = 20  # beside what comes over the wire


async def in_process(chosen: argparse.Namespace, folder: Path) -> None:
    """Most of it."""
    migrate(f"sqlite:///{folder / 'fuzz.db'}")
    async with FakeBotApi() as fake, gale(fake, folder, f"sqlite:///{folder / 'fuzz.db'}") as one:
        began = monotonic()
        await one.blow(chosen.inputs, chosen.seed, chosen.first)
        await one.check()
        acts = sum(len(walker.did) for walker in one.walkers)
        print(f"{chosen.inputs:,} inputs in {monotonic() - began:.0f} s; {told(one.statuses)}")
        print(f"{one.log.unread.total():,} times an update was too odd to be read")
        print(f"{acts:,} acts of learners meanwhile: none lost, none counted twice")


async def on_the_wire(chosen: argparse.Namespace, folder: Path) -> None:
    """A share of it, to a real process."""
    migrate(f"sqlite:///{folder / 'wire.db'}")
    async with FakeBotApi() as fake:
        async for town in opened(fake, folder / "wire", f"sqlite:///{folder / 'wire.db'}", called=True):
            await learners_walk(town, fake, WALKERS)
            began = monotonic()
            statuses = await storm(town, chosen.wire, chosen.seed)
            await town.check()
            print(f"{chosen.wire:,} over the wire in {monotonic() - began:.0f} s; {told(statuses)}")


def told(statuses: Counter[int]) -> str:
    """How often each status came; 0 is a line that was cut."""
    return ", ".join(f"{status}: {times:,}" for status, times in sorted(statuses.items()))


async def fuzz(chosen: argparse.Namespace, folder: Path) -> None:
    """All of it."""
    await in_process(chosen, folder)
    if chosen.wire:
        await on_the_wire(chosen, folder)


def main() -> int:
    """Throw; the exit code is 1 at the first fault."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--wire", type=int, default=5_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    parser.add_argument("--seed", type=int, default=1)
    with tempfile.TemporaryDirectory(prefix="tutorbot-fuzz-") as name:
        try:
            asyncio.run(fuzz(parser.parse_args(), Path(name)))
        except (AssertionError, TimeoutError) as fault:
            print(f"{type(fault).__name__}: {fault}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
