"""All figures of one run as Markdown: the goals, the machine, each part, and which part broke."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks import goals, sections
from benchmarks.cpus import APART, BOTS_CPUS, CPUS, DATABASE_CPU, OUR_CPU
from benchmarks.goals import Goal
from benchmarks.latency import Latency
from benchmarks.memory import Memory
from benchmarks.startup import Startup
from benchmarks.stopping import Stopping
from benchmarks.stored import Stored
from benchmarks.throughput import Throughput

PACKAGES = (
    "python-telegram-bot",
    "httpx",
    "httpcore",
    "anyio",
    "sniffio",
    "aiohttp",
    "sqlalchemy",
    "uvicorn",
    "psycopg",
)


@dataclass(slots=True)
class Report:
    """Everything that was measured in one run."""

    command: str
    date: str
    throughput: Throughput = field(default_factory=Throughput)
    latency: Latency = field(default_factory=Latency)
    memory: Memory = field(default_factory=Memory)
    stored: dict[str, Stored] = field(default_factory=dict)
    startup: Startup = field(default_factory=Startup)
    stopping: Stopping = field(default_factory=Stopping)
    took: dict[str, float] = field(default_factory=dict)  # seconds, by part
    broken: dict[str, str] = field(default_factory=dict)  # by part, why it was not measured to its end
    busy: list[float] = field(default_factory=list)  # the machine's load before and after

    @property
    def goals(self) -> Iterator[Goal]:
        """All of them, measured or not."""
        yield from goals.of_throughput(self.throughput, apart=APART)
        yield from goals.of_latency(self.latency)
        yield from goals.of_memory(self.memory)
        yield from goals.of_stored(self.stored)
        yield from goals.of_startup(self.startup)
        yield from goals.of_stopping(self.stopping)

    def markdown(self) -> str:
        """All of it."""
        return "\n".join(
            [
                "# Results\n",
                "Made by `python -m benchmarks`; how it is measured is told in [README.md](README.md).\n",
                *sections.of_goals(self.goals),
                *self._setting(),
                *self._parts(),
            ]
        )

    def _parts(self) -> Iterator[str]:
        if self.throughput.rounds or self.throughput.failed:
            yield from sections.of_throughput(self.throughput)
        if self.latency.waits or self.latency.failed:
            yield from sections.of_latency(self.latency)
        if self.memory.kept:
            yield from sections.of_memory(self.memory)
        if self.stored:
            yield from sections.of_stored(self.stored)
        if self.startup.tries or self.startup.failed:
            yield from sections.of_startup(self.startup)
        if self.stopping.seconds or self.stopping.failed:
            yield from sections.of_stopping(self.stopping)

    def _setting(self) -> Iterator[str]:
        yield "## The run\n"
        yield f"- Command: `{self.command}`"
        yield f"- Date: {self.date}"
        yield f"- Machine: {_processor()}, {os.cpu_count()} CPUs, {platform.system()} {platform.release()}; {_places()}"
        yield f"- Load of the machine before and after: {', '.join(f'{load:.1f}' for load in self.busy)}"
        yield f"- Python {platform.python_version()}, {', '.join(map(_version, PACKAGES))}"
        yield f"- Took: {', '.join(f'{part} {seconds:.0f} s' for part, seconds in self.took.items())}"
        for part, why in self.broken.items():
            yield f"- **{part} was not measured to its end**: `{why}`"
        yield ""


def _places() -> str:
    if len(CPUS) == 1:
        return "**one CPU for all: not fair**"
    bots = ", ".join(map(str, BOTS_CPUS))
    return f"bots on CPU {bots}, PostgreSQL on CPU {DATABASE_CPU}, Bot API and learners on CPU {OUR_CPU}"


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"no {package}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
