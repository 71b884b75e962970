"""The figures as Markdown, with what was noisy and what did not work."""

import os
import platform
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from benchmarks.bots import BARE, BARE_AIOHTTP, BARE_CONCURRENT, CPUS, POLLING
from benchmarks.latency import RATE, Latency
from benchmarks.memory import Memory
from benchmarks.startup import Startup
from benchmarks.throughput import ACTIVE, Load, Throughput

BASES = (BARE, BARE_CONCURRENT, BARE_AIOHTTP)
PACKAGES = ("python-telegram-bot", "httpx", "httpcore", "anyio", "sniffio", "aiohttp", "sqlalchemy", "uvicorn")
NOISY = 1.5  # the largest ratio of a bot's rounds over the smallest, from which on we say so


@dataclass(slots=True)
class Report:
    """Everything that was measured in one run."""

    command: str
    date: str
    throughput: Throughput | None = None
    latency: Latency | None = None
    memory: Memory | None = None
    startup: Startup | None = None
    busy: list[float] = field(default_factory=list)  # the machine's load before and after

    def markdown(self) -> str:
        """All of it."""
        parts = [
            "# Results\n",
            "Made by `python -m benchmarks`; how it is measured is told in [README.md](README.md).\n",
            _setting(self),
            *(_throughput(self.throughput) if self.throughput else ()),
            *(_latency(self.latency) if self.latency else ()),
            *(_memory(self.memory) if self.memory else ()),
            *(_startup(self.startup) if self.startup else ()),
        ]
        return "\n".join(parts)


def _setting(report: Report) -> str:
    lines = [
        f"- Command: `{report.command}`",
        f"- Date: {report.date}",
        f"- Machine: {_processor()}, {os.cpu_count()} CPUs, {platform.system()} {platform.release()}; "
        + (f"bots on CPU {CPUS[0]}, Bot API on CPU {CPUS[-1]}" if len(CPUS) > 1 else "**one CPU for all: not fair**"),
        f"- Load of the machine before and after: {', '.join(f'{load:.1f}' for load in report.busy)}",
        f"- Python {platform.python_version()}, {', '.join(filter(None, map(_version, PACKAGES)))}",
    ]
    return "\n".join(lines) + "\n"


def _throughput(found: Throughput) -> Iterable[str]:
    yield f"## Replies, {ACTIVE} learners who press as soon as they have read\n"
    yield "Ratios are of replies for each second of CPU; medians of rounds, in brackets the smallest and the largest.\n"
    names = list(found.rounds)
    rows = []
    for name in names:
        loads = found.rounds[name]
        replies = sum(load.replies for load in loads)
        rows.append(
            [
                name,
                f"{median(load.per_cpu for load in loads):,.0f}",
                *(_ratio(found.rounds, name, base.name, lambda load: load.per_cpu) for base in BASES),
                f"{median(load.per_second for load in loads):,.0f}",
                f"{sum(load.letters for load in loads) / max(replies, 1):,.0f}",
            ]
        )
    short = ("x bare, as pip installs it", "x the same, concurrent", "x bare on aiohttp")
    yield _table(["bot", "replies/CPU-s", *short, "replies/s", "bytes a reply"], rows)
    yield from _notes([*_throughput_notes(found), *_failures(found.failed)])


def _throughput_notes(found: Throughput) -> Iterable[str]:
    for name, loads in found.rounds.items():
        speeds = [load.per_cpu for load in loads]
        if min(speeds) <= 0:
            yield f"{name}: a round without any reply."
        elif max(speeds) / min(speeds) > NOISY:
            yield f"{name}: noisy, {min(speeds):,.0f} to {max(speeds):,.0f} replies for each second of CPU."
        if lost := sum(load.lost for load in loads):
            yield f"{name}: {lost} presses were never answered with a message."
        odd = sum(load.replies - load.answers for load in loads)
        if abs(odd) > ACTIVE:
            yield f"{name}: {odd:+} messages more than answered presses."
        busiest = max(load.loader / load.wall for load in loads)
        if busiest > NOISY / 2:
            yield f"{name}: the Bot API was {busiest:.0%} busy, and may have limited replies/s (not replies/CPU-s)."


def _latency(found: Latency) -> Iterable[str]:
    yield f"## Waiting times at {RATE:.0f} presses a second\n"
    yield "Milliseconds from the due press to the bot's message; in brackets the quietest round.\n"
    delays = sorted({delay for delay, _ in found.waits})
    names = list(dict.fromkeys(name for _, name in found.waits))
    rows, notes = [], []
    for name in names:
        row = [name]
        for delay in delays:
            waits = found.waits[delay, name]
            row += [f"{waits.percentile(50):,.1f}", f"{waits.percentile(99):,.1f} ({waits.best_round(99):,.1f})"]
            if waits.lost or waits.nobody:
                notes.append(
                    f"{name}, {1000 * delay:.0f} ms: {waits.lost} presses without an answer, "
                    f"{waits.nobody} not made because all learners were waiting."
                )
        rows.append(row)
    heads = [f"p{percent}, answers after {1000 * delay:.0f} ms" for delay in delays for percent in (50, 99)]
    yield _table(["bot", *heads], rows)
    count = min((len(waits.seconds) for waits in found.waits.values()), default=0)
    yield from _notes([f"{count:,} presses or more in each cell.", *notes, *_failures(found.failed)])


def _memory(found: Memory) -> Iterable[str]:
    yield "## Memory of our process\n"
    yield _table(["learners", "MiB"], [[f"{count:,}", f"{mib:.0f}"] for count, mib in found.mib.items()])
    yield from _notes([f"The database has {found.file:.0f} MiB then.", *filter(None, [found.failed])])


def _startup(found: Startup) -> Iterable[str]:
    yield "## Start\n"
    yield "Seconds from the start of the process; medians, in brackets the range. CPU until it asks.\n"
    rows = []
    for name, tries in found.tries.items():
        cells = [f"{median(one):.2f} ({min(one):.2f}-{max(one):.2f})" for one in zip(*tries, strict=True)]
        rows.append([name if name == BARE.name else f"{POLLING.name}, {name}", *cells])
    yield _table(["what", "until it asks for updates", "until the first learner is answered", "CPU"], rows)
    yield from _notes(_failures(found.failed))


def _ratio(rounds: dict[str, list[Load]], name: str, base: str, of: Callable[[Load], float]) -> str:
    if base not in rounds:
        return "-"
    ratios = [of(one) / of(other) for one, other in zip(rounds[name], rounds[base], strict=True) if of(other)]
    if name == base or not ratios:
        return "1" if ratios else "-"
    return f"**{median(ratios):.2f}** ({min(ratios):.2f}-{max(ratios):.2f})"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *("---:" for _ in heads[1:])], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _notes(notes: Iterable[str]) -> Iterable[str]:
    lines = [f"- {note}" for note in notes]
    if lines:
        yield "\n".join(lines) + "\n"


def _failures(failed: dict[str, str]) -> Iterable[str]:
    for name, why in failed.items():
        yield f"**{name} failed**: `{why.splitlines()[-1]}`"


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
