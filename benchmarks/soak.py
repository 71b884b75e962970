"""`python -m benchmarks.soak [--on sqlite|postgres] [--kills 250] [--updates 100000]`: are promises kept for long?

Twenty learners walk about in a small lesson of the real program (`tests/faults`). Odd updates of hundreds of strangers
come between theirs; some of theirs come twice, under two numbers, or swapped; and one process is killed at a random
call again and again, or told to stop. Then the books are read: nothing may be lost or counted twice, and of each chat
at most one message may be repeated for a kill. On SQLite one process asks Telegram; on PostgreSQL two webs are called
by it, and two workers do the rest. The exit code is 1 if a promise broke; else the figures are written to SOAK.md.
Bounded by `--minutes` and `--kills`; talks to loopback only.
"""

import argparse
import asyncio
import shlex
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import quantiles
from time import monotonic

from benchmarks import soak_report
from benchmarks.sizes import empty_database
from tests.acceptance.conftest import Program
from tests.fake_bot_api import FakeBotApi
from tests.faults.town import Town, called_by, company, settings
from tests.faults.updates import any_update, spoiled
from tests.leaks import leaks, names_in, said_in
from tutorbot.store.schema import migrate

LEARNERS = 20
BAD_LINES = 4  # of the learners, each time
CHECKED = 20  # every so manieth kill the books are read
TOLD_TO_STOP = 0.2  # of the kills are SIGTERM
TIMES = 100  # into how many parts the waits are put
SQLITE, POSTGRES = "sqlite", "postgres"
NAMES = {SQLITE: "SQLite", POSTGRES: "PostgreSQL"}


@dataclass
class Soak:
    """One run."""

    town: Town
    programs: Sequence[Program]
    chance: Random
    odd: int  # updates of any shape that come with each kill
    waits: list[float] = field(default_factory=list)  # seconds until an answer, while nothing is killed
    memory: float = 0.0  # MiB, the most that a process ever used
    sent: int = 0  # odd updates
    killed: Counter[str] = field(default_factory=Counter)  # by what was killed, and how
    let_go: int = 0  # updates so odd that they could not be read

    async def run(self, kills: int, until: float) -> None:
        """Kill so many times, or until that moment. AssertionError: a promise broke."""
        await self.town.on_first_quiz(LEARNERS)
        while self.town.kills < kills and monotonic() < until:
            await self._quiet()
            self._be_odd()
            await self._kill()
            if self.town.kills % CHECKED == 0:
                await self._check()
        await self._check()

    async def _kill(self) -> None:
        """Any of the processes, in either way."""
        self.town.program = self.chance.choice(self.programs)
        how = signal.SIGTERM if self.chance.random() < TOLD_TO_STOP else signal.SIGKILL
        for walker in self.chance.sample(self.town.walkers, BAD_LINES):
            self.town.has_a_bad_line(walker, self.chance)
        await self.town.killed_among_all(self.chance, how)
        self.killed[f"{self.town.program.serves}, {how.name}"] += 1

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
        self.memory = max(self.memory, *map(_mib, self.programs))

    def _be_odd(self) -> None:
        enough = self.sent + self.odd
        while self.sent < enough:
            update = any_update(self.chance, 1, self.town.fake.group.id)
            update = spoiled(self.chance, update) if self.chance.random() < 0.5 else update
            for kind, content in update.items():
                if kind != "update_id":  # of the kinds that nobody asked for, none is told
                    self.sent += self.town.fake.world.tell(kind, content) is not None

    async def _check(self) -> None:
        """Read the books and the logs."""
        await self.town.check()
        fake = self.town.fake
        said, names = said_in(fake), names_in(fake)
        for program in self.programs:
            written = "\n".join(program.written)
            program.written.clear()
            self.let_go += written.count("could not be handled (try 1)")
            assert leaks(written, program.secrets, said, names) == [], "the log holds a secret or words"
            assert "Traceback" not in written, f"the log holds a traceback:\n{_traceback(written)}"

    def rows(self, seconds: float) -> Iterator[tuple[str, str]]:
        """What came of it."""
        ours, walkers = sum(len(one.did) for one in self.town.walkers), len(self.town.walkers)
        times = quantiles(self.waits, n=TIMES) if len(self.waits) > 1 else [0.0] * TIMES
        yield "time", f"{seconds / 60:.1f} minutes"
        yield "kills", f"{self.town.kills} ({', '.join(f'{how}: {n}' for how, n in sorted(self.killed.items()))})"
        yield "updates", f"{ours + self.sent:,} ({ours:,} of {walkers} learners, {self.sent:,} odd ones)"
        yield "odd ones that could not be read, and were let go", f"{self.let_go:,}"
        yield "lost, counted twice, out of order", "0"
        yield "messages that came a second time", f"{self.town.again} (at most {self.town.kills * walkers:,} allowed)"
        yield "until the answer, all learners at once", f"p50 {times[49] * 1000:.0f} ms, p99 {times[98] * 1000:.0f} ms"
        yield "most memory of one process", f"{self.memory:.0f} MiB"


def _traceback(written: str) -> str:
    """The last words of the first one; each is one line of the log."""
    return next(line for line in written.splitlines() if "Traceback" in line)[-1500:]


def _mib(program: Program) -> float:
    assert program.process
    status = Path(f"/proc/{program.process.pid}/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def running(fake: FakeBotApi, folder: Path, url: str) -> list[Program]:
    """What runs: one program on SQLite; two webs and two workers on PostgreSQL."""
    told = settings(fake, folder, url)
    return [Program(told)] if url.startswith("sqlite") else company(told)


async def soak(chosen: argparse.Namespace, folder: Path, url: str) -> int:
    """Run it; the exit code."""
    await asyncio.to_thread(migrate, url)
    async with FakeBotApi() as fake:
        programs = running(fake, folder, url)
        await asyncio.gather(*(program.start() for program in programs))
        if len(programs) > 1:
            await called_by(fake, programs)
        town = Town(fake, programs[0], url, folder / "lessons")
        found = Soak(town, programs, Random(chosen.seed), chosen.updates // chosen.kills)
        began = monotonic()
        try:
            await found.run(chosen.kills, began + 60 * chosen.minutes)
        except (AssertionError, TimeoutError) as broken:
            print(f"A promise broke after {town.kills} kills: {str(broken) or type(broken).__name__}")
            return 1
        finally:
            for program in programs:
                if program.process and program.process.returncode is None:
                    with suppress(TimeoutError):
                        await program.end(signal.SIGKILL)
        rows = list(found.rows(monotonic() - began))
    print("\n".join(f"{what}: {figure}" for what, figure in rows))
    soak_report.write(NAMES[chosen.on], f"python -m benchmarks.soak {shlex.join(sys.argv[1:])}".strip(), rows)
    return 0


@contextmanager
def database(chosen: argparse.Namespace, folder: Path) -> Iterator[str]:
    """The URL of the database."""
    if chosen.database or chosen.on == SQLITE:
        yield chosen.database or f"sqlite:///{folder / 'soak.db'}"
    else:
        with empty_database(folder) as url:
            yield url


def main() -> int:
    """Kill, read the books, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--on", choices=NAMES, default=SQLITE, help="postgres: one of our own, or --database")
    parser.add_argument("--minutes", type=float, default=15.0, help="the most it may take, beside the last reading")
    parser.add_argument("--kills", type=int, default=250)
    parser.add_argument("--updates", type=int, default=100_000, help="odd ones, over all kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default="", help="postgresql://...: one that is empty or at head")
    chosen = parser.parse_args()
    chosen.on = POSTGRES if chosen.database else chosen.on
    with tempfile.TemporaryDirectory(prefix="tutorbot-soak-") as name, database(chosen, Path(name)) as url:
        return asyncio.run(soak(chosen, Path(name), url))


if __name__ == "__main__":
    sys.exit(main())
