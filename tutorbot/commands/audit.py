"""The command `tutorbot audit`: who did what at the desk, and when."""

import csv
import json
import sys
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC
from typing import Any

from tutorbot.commands.codes import WELL
from tutorbot.commands.common import settings_to_talk
from tutorbot.commands.of_people import with_store
from tutorbot.desk.audit import Audited
from tutorbot.store.database import SqlStore


def carry_out(typed: Namespace) -> int:
    """Print it, in the form that was asked for."""

    async def work(store: SqlStore) -> list[Audited]:
        return [*await store.read(lambda tx: tx.audit.since(typed.since))]

    acts = with_store(settings_to_talk(), work)
    if typed.json:
        print(json.dumps([_row(act) for act in acts], indent=1))
    elif typed.csv:
        _print_csv(map(_row, acts))
    else:
        for act in map(_row, acts):
            about = f"#{act['ticket']}" if act["ticket"] else ""
            print("  ".join(filter(None, (act["at"], act["name"] or "-", act["act"], about, act["detail"]))))
    return WELL


def _print_csv(rows: Iterable[dict[str, Any]]) -> None:
    writer = csv.DictWriter(sys.stdout, [field.name for field in fields(Audited)], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)


def _harmless(value: Any) -> Any:
    """A name that a spreadsheet would take for a formula is made a text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


def _row(act: Audited) -> dict[str, Any]:
    return {**asdict(act), "at": act.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"), "act": act.act.value}
