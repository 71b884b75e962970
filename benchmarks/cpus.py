"""Which processor does what, and what processes have used of it. Linux only."""

import os
from collections.abc import Iterator
from pathlib import Path

CPUS = sorted(os.sched_getaffinity(0))
OUR_CPU = CPUS[-1]  # of the Bot API and the learners
APART = len(CPUS) >= 5  # enough for each process of a bot, the database, and us to have one alone
BOTS_CPUS = CPUS[:-2] if APART else CPUS[:1]
DATABASE_CPU = CPUS[-2] if APART else OUR_CPU  # as if it were on another machine than the bot
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = _fields(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS


def cpu_of_family(pid: int) -> float:
    """Seconds of CPU that a process and its children have used, those that have ended too."""
    own = sum(int(field) for field in _fields(pid)[11:15]) / TICKS  # of its own, and of those that have ended
    return own + sum(_cpu_if_alive(child) for child in _children(pid))


def memory_of(pid: int) -> float:
    """MiB that a process has in memory."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def _children(parent: int) -> Iterator[int]:
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if int(_fields(int(place.name))[1]) == parent:
                yield int(place.name)
        except OSError:  # it ended meanwhile
            continue


def _cpu_if_alive(pid: int) -> float:
    try:
        return cpu_of(pid)
    except OSError:
        return 0.0


def _fields(pid: int) -> list[str]:
    """Of /proc/<pid>/stat, from the third on: state, parent, ..."""
    return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
