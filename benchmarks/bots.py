"""The bots that are compared, each a process of its own on the CPU of the bots."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self

from benchmarks.learners import Learners
from benchmarks.lessons import write_lessons
from benchmarks.server import TOKEN

CHECKOUT = Path(__file__).resolve().parent.parent
CPUS = sorted(os.sched_getaffinity(0))
BOTS_CPU, OUR_CPU = CPUS[0], CPUS[-1]
TICKS = os.sysconf("SC_CLK_TCK")
STARTS = 30.0  # seconds in which a bot must ask for updates
STOPS = 10.0
LESSONS = 20

Words = tuple[Sequence[str], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A bot to compare: its name, and how it is started for a Bot API and with a folder of its own."""

    name: str
    words: Callable[[str, Path], Words]  # arguments of Python, and variables of the environment


class Bot:
    """A running bot with its Bot API and its learners. Use with `async with`."""

    def __init__(self, kind: Kind, folder: Path, seed: int = 1) -> None:
        self.name = kind.name
        self.learners = Learners(seed)
        self.folder = folder
        self.failed = ""  # why it takes no further part
        self._kind = kind
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        await self.learners.api.start()
        try:
            await self.start()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        await self.learners.api.stop()

    async def start(self) -> float:
        """Start the process; the seconds until it asked for updates. RuntimeError if it does not."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.learners.api.asked.clear()
        arguments, variables = self._kind.words(self.learners.api.url, self.folder)
        clock = asyncio.get_running_loop().time
        begin = clock()
        with (self.folder / "log.txt").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *arguments,
                cwd=CHECKOUT,
                env=_environment() | variables,
                stdout=log,
                stderr=log,
                preexec_fn=partial(os.sched_setaffinity, 0, {BOTS_CPU}),
            )
        asked = asyncio.ensure_future(self.learners.api.asked.wait())
        ended = asyncio.ensure_future(self._process.wait())
        await asyncio.wait({asked, ended}, timeout=STARTS, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not asked.done():
            asked.cancel()
            raise RuntimeError(f"{self.name} did not start:\n{self.log}")
        return clock() - begin

    async def stop(self) -> None:
        """End the process that we started."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), STOPS)
        except TimeoutError:
            process.kill()
            await process.wait()

    @property
    def log(self) -> str:
        """The last lines it wrote."""
        return "\n".join((self.folder / "log.txt").read_text("utf-8", "replace").splitlines()[-15:])

    @property
    def pid(self) -> int:
        """Its process."""
        if self._process is None or self._process.returncode is not None:
            raise RuntimeError(f"{self.name} does not run:\n{self.log}")
        return self._process.pid

    @property
    def cpu(self) -> float:
        """Seconds of CPU it has used, all threads together."""
        return cpu_of(self.pid)

    @property
    def memory(self) -> float:
        """MiB it has in memory."""
        lines = Path(f"/proc/{self.pid}/status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _environment() -> dict[str, str]:
    """Ours, without any setting of Tutorbot's. Python keeps what it compiles, as it does for whoever installs us."""
    left = ("TUTORBOT_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left)}
    return {**kept, "DATABASE_URL": "", "PORT": "", "TUTORBOT_TELEGRAM_HELPERS_CHAT": "", "TUTORBOT_PUBLIC_URL": ""}


def _ours(url: str, folder: Path, *, webhook: bool = False, lessons: int = LESSONS, real: bool = False) -> Words:
    port = _free_port()
    place = CHECKOUT / "lessons" if real else folder / "lessons"
    if not place.exists():
        write_lessons(place, lessons)
    return ("-m", "tutorbot", "run"), {
        "TUTORBOT_DATA": str(folder),
        "TUTORBOT_LESSONS": str(place),
        "TUTORBOT_TELEGRAM_TOKEN": TOKEN,
        "TUTORBOT_TELEGRAM_API_URL": url,
        "TUTORBOT_TELEGRAM_PACE": "1000",
        "TUTORBOT_LEARNER_PACE": "1000000",  # ours press faster than anybody reads
        "TUTORBOT_PUBLIC_URL": f"http://127.0.0.1:{port}" if webhook else "",
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }


def _bare(url: str, _: Path, *, transport: str, order: str) -> Words:
    return ("-m", "benchmarks.bare_bot", url, TOKEN, transport, order), {}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


POLLING = Kind("Tutorbot, polling", _ours)
WEBHOOK = Kind("Tutorbot, webhook", partial(_ours, webhook=True))
BARE = Kind("bare, as pip installs it", partial(_bare, transport="httpx", order="sequential"))
BARE_CONCURRENT = Kind("bare, as pip installs it, concurrent", partial(_bare, transport="httpx", order="concurrent"))
BARE_AIOHTTP = Kind("bare, on aiohttp, concurrent", partial(_bare, transport="aiohttp", order="concurrent"))
ALL = (POLLING, WEBHOOK, BARE, BARE_CONCURRENT, BARE_AIOHTTP)


def with_lessons(count: int) -> Kind:
    """Ours with so many lessons; 0: the real ones."""
    name = f"{count:,} made lessons" if count else "the lessons of the project"
    return Kind(name, partial(_ours, lessons=count, real=count == 0))
