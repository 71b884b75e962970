"""`python -m benchmarks [--rounds 3] [--seconds 4] [throughput] [latency] [memory] [startup]`"""

import argparse
import asyncio
import os
import shlex
import signal
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.bots import CPUS, OUR_CPU
from benchmarks.latency import latency
from benchmarks.memory import memory
from benchmarks.report import Report
from benchmarks.startup import startup
from benchmarks.throughput import throughput

PARTS = ("throughput", "latency", "memory", "startup")
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> int:
    """Measure, print and write down."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("only", nargs="*", help=f"any of {', '.join(PARTS)}; all, if none is named")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0, help="for each bot and round")
    parser.add_argument("--output", type=Path, help=f"where to write it; a whole run is written to {RESULTS.name}")
    chosen = parser.parse_args()
    if unknown := set(chosen.only) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there is {', '.join(PARTS)}")
    if len(CPUS) > 1:
        os.sched_setaffinity(0, {OUR_CPU})
    found = asyncio.run(_measure(chosen.only or PARTS, chosen.rounds, chosen.seconds))
    print(found.markdown())
    whole = RESULTS if set(chosen.only or PARTS) == set(PARTS) else None
    if output := chosen.output or whole:
        output.write_text(found.markdown(), "utf-8")
    return 0


async def _measure(parts: list[str] | tuple[str, ...], rounds: int, seconds: float) -> Report:
    task = asyncio.current_task()
    if task:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    command = shlex.join(["python", "-m", "benchmarks", *sys.argv[1:]])
    report = Report(command, f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", busy=[os.getloadavg()[0]])
    with tempfile.TemporaryDirectory(prefix="tutorbot-benchmarks-") as name:
        folder = Path(name)
        if "throughput" in parts:
            report.throughput = await throughput(folder, rounds, seconds)
        if "latency" in parts:
            report.latency = await latency(folder, rounds, seconds)
        if "startup" in parts:
            report.startup = await startup(folder, rounds)
        if "memory" in parts:
            report.memory = await memory(folder)
    report.busy.append(os.getloadavg()[0])
    return report


if __name__ == "__main__":
    sys.exit(main())
