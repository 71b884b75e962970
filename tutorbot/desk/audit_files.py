"""The audit as a file for a spreadsheet or for programs. Pure."""

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import UTC
from io import StringIO
from typing import Any

from tutorbot.desk.audit import Audited


def as_csv(acts: Sequence[Audited]) -> str:
    """A line for each act, below one with the names of the columns."""
    file = StringIO()
    writer = csv.DictWriter(file, [field.name for field in fields(Audited)], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in as_row(act).items()} for act in acts)
    return file.getvalue()


def as_json(acts: Sequence[Audited]) -> str:
    """A list of acts."""
    return json.dumps([as_row(act) for act in acts], indent=1)


def as_row(act: Audited) -> dict[str, Any]:
    """An act in plain words, its moment in UTC."""
    return {**asdict(act), "at": act.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"), "act": act.act.value}


def _harmless(value: Any) -> Any:
    """A name that a spreadsheet would take for a formula is made a text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value
