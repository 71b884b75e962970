"""`python -m benchmarks [--rounds 3] [--seconds 4] [PART ...]`: see README.md for the parts."""

import argparse
import asyncio
import os
import shlex
import signal
import sys
import tempfile
from collections.abc import Callable, Coroutine
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from benchmarks.cpus import CPUS, OUR_CPU
from benchmarks.latency import latency
from benchmarks.memory import memory
from benchmarks.postgres import Postgres, postgres
from benchmarks.report import Report
from benchmarks.startup import startup
from benchmarks.stopping import stopping
from benchmarks.stored import MANY, stored
from benchmarks.throughput import throughput

PARTS = ("throughput", "latency", "startup", "stopping", "memory", "stored")
LIMIT = 900.0  # seconds for one part
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> int:
    """Measure, print and write down; 1 if a part was not measured to its end."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("only", nargs="*", help=f"any of {', '.join(PARTS)}; all, if none is named")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0, help="for each bot and round")
    parser.add_argument("--learners", type=int, default=MANY, help="stored, for the part of that name")
    parser.add_argument("--output", type=Path, help=f"where to write it; a whole run is written to {RESULTS.name}")
    chosen = parser.parse_args()
    if unknown := set(chosen.only) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there is {', '.join(PARTS)}")
    if len(CPUS) > 1:
        os.sched_setaffinity(0, {OUR_CPU})
    report = _report(chosen)
    print(report.markdown())
    whole = RESULTS if set(chosen.only or PARTS) == set(PARTS) else None
    if output := chosen.output or whole:
        output.write_text(report.markdown(), "utf-8")
    return 1 if report.broken else 0


def _report(chosen: argparse.Namespace) -> Report:
    command = shlex.join(["python", "-m", "benchmarks", *sys.argv[1:]])
    report = Report(command, f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", busy=[os.getloadavg()[0]])
    with tempfile.TemporaryDirectory(prefix="tutorbot-benchmarks-") as name, ExitStack() as stack:
        server = _server(stack, Path(name), report)
        with suppress(asyncio.CancelledError, KeyboardInterrupt):
            asyncio.run(_measure(report, chosen, Path(name), server))
    report.busy.append(os.getloadavg()[0])
    return report


def _server(stack: ExitStack, folder: Path, report: Report) -> Postgres | None:
    try:
        server = stack.enter_context(postgres(folder / "postgres"))
        server.pin()
    except Exception as error:
        report.broken["PostgreSQL"] = repr(error)
        return None
    return server


async def _measure(report: Report, chosen: argparse.Namespace, folder: Path, server: Postgres | None) -> None:
    """Each part that was chosen; one that breaks leaves the others alone. A signal ends the run; its figures stay."""
    rounds, seconds = chosen.rounds, chosen.seconds
    parts: dict[str, Callable[[], Coroutine[None, None, None]]] = {
        "throughput": lambda: throughput(report.throughput, folder, rounds, seconds, server),
        "latency": lambda: latency(report.latency, folder, rounds, seconds, server),
        "startup": lambda: startup(report.startup, folder, rounds),
        "stopping": lambda: stopping(report.stopping, folder, rounds, server),
        "memory": lambda: memory(report.memory, folder),
        "stored": lambda: stored(report.stored, folder, rounds, server, chosen.learners),
    }
    task = asyncio.current_task()
    if task:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    for part in chosen.only or PARTS:
        await _part(report, part, parts[part])


async def _part(report: Report, part: str, measure: Callable[[], Coroutine[None, None, None]]) -> None:
    begin = monotonic()
    print(f"{datetime.now(UTC):%H:%M:%S} {part} ...", file=sys.stderr, flush=True)
    try:
        async with asyncio.timeout(LIMIT):
            await measure()
    except asyncio.CancelledError:
        report.broken[part] = "the run was ended"
        raise
    except Exception as error:
        report.broken[part] = " ".join(repr(error).split())[:300]
    finally:
        report.took[part] = monotonic() - begin


if __name__ == "__main__":
    sys.exit(main())
