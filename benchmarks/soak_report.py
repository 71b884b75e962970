"""Writes what came of a soak to SOAK.md: the section of its database, and leaves that of the other one as it is."""

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).with_name("SOAK.md")
HEAD = """# Promises, for long

Made by `python -m benchmarks.soak`; what it does is told in [README.md](README.md).
"""


def write(name: str, command: str, rows: Sequence[tuple[str, str]]) -> None:
    """The section of this database, anew."""
    before = RESULTS.read_text("utf-8") if RESULTS.is_file() else ""
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", before, re.MULTILINE | re.DOTALL))
    sections[name] = _section(command, rows)
    parts = (f"\n## {one}\n\n{sections[one].strip()}\n" for one in sorted(sections, reverse=True))
    RESULTS.write_text(HEAD + "".join(parts), "utf-8")


def _section(command: str, rows: Sequence[tuple[str, str]]) -> str:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    machine = f"{os.cpu_count()} CPUs, {platform.system()} {platform.release()}, Python {platform.python_version()}"
    about = [
        f"- Command: `{command}`",
        f"- Date: {datetime.now(UTC):%d %B %Y}",
        f"- Machine: {machine}; load of the last 1, 5 and 15 minutes: {load}",
    ]
    table = ["| what | figure |", "| --- | --- |", *(f"| {what} | {figure} |" for what, figure in rows)]
    return "\n".join([*about, "", *table])
