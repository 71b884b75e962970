"""`python -m benchmarks.soak [--minutes 10] [--kills 200] [--updates 100000]`: does it keep its promises for long?

Twenty learners walk about in a small lesson of the real program (`tests/faults`), odd updates come between theirs, and
the program is killed at a random call again and again. Then its books are read: nothing may be lost or counted twice,
and of each chat at most one message may be repeated for a kill. The exit code is 1 if a promise broke. Bounded by
`--minutes` and `--kills`; talks to loopback only. `--database`: a PostgreSQL that is empty or at head, not SQLite.
"""

import argparse
import asyncio
import signal
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import quantiles
from time import monotonic

from tests.acceptance.conftest import Program
from tests.fake_bot_api import FakeBotApi
from tests.faults.town import Town, settings
from tests.faults.updates import any_update, spoiled
from tests.leaks import leaks, names_in, said_in
from tutorbot.store.schema import migrate

LEARNERS = 20
CHECKED = 20  # every so manieth kill the books are read


@dataclass
class Soak:
    """One run."""

    town: Town
    chance: Random
    odd: int  # updates of any shape that come with each kill
    waits: list[float] = field(default_factory=list)  # seconds until an answer, while nothing is killed
    memory: float = 0.0  # MiB, the most that was ever in use
    sent: int = 0  # odd updates

    async def run(self, kills: int, until: float) -> None:
        """Kill so many times, or until that moment. AssertionError: a promise broke."""
        await self.town.on_first_quiz(LEARNERS)
        while self.town.kills < kills and monotonic() < until:
            await self._quiet()
            self._be_odd()
            await self.town.killed_among_all(self.chance)
            if self.town.kills % CHECKED == 0:
                await self.town.check()
                self._look_at_the_log()
        await self.town.check()
        self._look_at_the_log()

    async def _quiet(self) -> None:
        """Everybody does one thing, and is timed."""
        await self.town.settled()
        began = monotonic()
        waiting = {walker.user.id for walker in self.town.walkers}

        def heard(chat: object, _: object) -> None:
            if (number := getattr(chat, "id", 0)) in waiting:
                waiting.remove(number)
                self.waits.append(monotonic() - began)

        self.town.fake.world.on_post.append(heard)
        self.town.everybody_acts(self.chance)
        await self.town.settled()
        self.town.fake.world.on_post.remove(heard)
        self.memory = max(self.memory, _mib(self.town.program))

    def _be_odd(self) -> None:
        enough = self.sent + self.odd
        while self.sent < enough:
            update = any_update(self.chance, 1, self.town.fake.group.id)
            update = spoiled(self.chance, update) if self.chance.random() < 0.5 else update
            for kind, content in update.items():
                if kind != "update_id":  # of the kinds that nobody asked for, none is told
                    self.sent += self.town.fake.world.tell(kind, content) is not None

    def _look_at_the_log(self) -> None:
        program, fake = self.town.program, self.town.fake
        written = "\n".join(program.written)
        program.written.clear()
        assert leaks(written, program.secrets, said_in(fake), names_in(fake)) == [], "the log holds a secret or words"
        assert "Traceback" not in written, "the log holds a traceback"

    def told(self, seconds: float) -> str:
        """What came of it."""
        did = sum(len(walker.did) for walker in self.town.walkers)
        p99 = quantiles(self.waits, n=100)[98] * 1000 if len(self.waits) > 1 else 0.0
        return (
            f"{self.town.kills} kills in {seconds:.0f} s, {did} updates of learners and {self.sent} odd ones; "
            f"lost 0, repeated {self.town.again}; p99 of an answer {p99:.0f} ms; memory {self.memory:.0f} MiB"
        )


def _mib(program: Program) -> float:
    assert program.process
    status = Path(f"/proc/{program.process.pid}/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


async def soak(chosen: argparse.Namespace, folder: Path) -> int:
    """Run it; the exit code."""
    url = chosen.database or f"sqlite:///{folder / 'soak.db'}"
    await asyncio.to_thread(migrate, url)
    async with FakeBotApi() as fake:
        program = Program(settings(fake, folder, url))
        await program.start()
        town = Town(fake, program, url, folder / "lessons")
        found = Soak(town, Random(chosen.seed), chosen.updates // chosen.kills)
        began = monotonic()
        try:
            await found.run(chosen.kills, began + 60 * chosen.minutes)
        except (AssertionError, TimeoutError) as broken:
            print(f"A promise broke after {town.kills} kills: {str(broken) or type(broken).__name__}")
            return 1
        finally:
            if program.process and program.process.returncode is None:
                await program.end(signal.SIGKILL)
        print(found.told(monotonic() - began))
    return 0


def main() -> int:
    """Kill, read the books, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="the most it may take, beside the last reading")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--updates", type=int, default=100_000, help="odd ones, over all kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default="", help="postgresql://...; SQLite in a folder of its own if left out")
    with tempfile.TemporaryDirectory(prefix="tutorbot-soak-") as name:
        return asyncio.run(soak(parser.parse_args(), Path(name)))


if __name__ == "__main__":
    sys.exit(main())
