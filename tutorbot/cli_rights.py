"""The commands about people's rights: forget, prune, audit. Prints what came of each."""

import asyncio
import csv
import json
import sys
from argparse import Namespace
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any, TypeVar

from tutorbot.config import Settings
from tutorbot.desk.audit import Audited
from tutorbot.errors import SettingError
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.live import Live
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.rights.erasure import Eraser, begin
from tutorbot.runtime.rights.retention import Retention
from tutorbot.runtime.rights.values import Old, Removed, Why
from tutorbot.runtime.turns import Turns
from tutorbot.store.database import SqlStore, open_store

T = TypeVar("T")
_WORKER = "command"  # what is owed is sent by the program that runs


def forget(settings: Settings, typed: Namespace) -> bool:
    """Forget one learner, if whoever typed it means it; whether it was done."""
    if not typed.yes and not _sure("Remove all that is kept about this learner? It cannot be brought back."):
        print("Nothing was removed.")
        return False
    removed = _with(settings, lambda store: _forget(settings, store, typed.ticket, typed.learner))
    print(f"Removed: {_listed(asdict(removed))}. They are told so, and topics in Telegram are deleted, as it runs.")
    print("Backups made before now still hold them: see docs/operators.md.")
    return True


async def _forget(settings: Settings, store: SqlStore, ticket: int | None, learner: int | None) -> Removed:
    turns, now = _turns(settings), datetime.now(UTC)
    eraser = Eraser(store, turns, Live(), lambda _: None)

    def start(tx: Transaction) -> int:
        number = learner if ticket is None else found.learner if (found := tx.tickets.get(ticket)) else None
        try:
            return begin(tx, turns, tx.learners.get(number or 0), Why.OPERATOR, now)[0]
        except KeyError:
            raise SettingError("There is no such ticket or learner. Perhaps they are forgotten already.") from None

    return await eraser.finish(await store.transact(start), now)


def prune(settings: Settings, typed: Namespace) -> None:
    """Remove what is kept for longer than the settings say, or tell how much that is."""

    async def work(store: SqlStore) -> Old:
        turns, now = _turns(settings), datetime.now(UTC)
        retention = Retention(Eraser(store, turns, Live(), lambda _: None), settings.keep)
        return await (retention.look(now) if typed.dry_run else retention.prune(now))

    found = asdict(_with(settings, work))
    print(f"{'Would be removed' if typed.dry_run else 'Removed'}: {_listed(found)}.")


def audit(settings: Settings, typed: Namespace) -> None:
    """Print who did what at the desk, and when."""

    async def work(store: SqlStore) -> list[Audited]:
        return [*await store.read(lambda tx: tx.audit.since(typed.since))]

    acts = _with(settings, work)
    if typed.json:
        print(json.dumps([_row(act) for act in acts], indent=1))
    elif typed.csv:
        _print_csv(map(_row, acts))
    else:
        for act in map(_row, acts):
            about = f"#{act['ticket']}" if act["ticket"] else ""
            print("  ".join(filter(None, (act["at"], act["name"] or "-", act["act"], about, act["detail"]))))


def _print_csv(rows: Iterable[dict[str, Any]]) -> None:
    writer = csv.DictWriter(sys.stdout, [field.name for field in fields(Audited)], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)


def _harmless(value: Any) -> Any:
    """A name that a spreadsheet would take for a formula is made a text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


def _row(act: Audited) -> dict[str, Any]:
    return {**asdict(act), "at": act.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S"), "act": act.act.value}


def _turns(settings: Settings) -> Turns:
    return Turns(Entries(Renderer(settings.keep)), lambda: _WORKER)


def _with(settings: Settings, work: Callable[[SqlStore], Coroutine[Any, Any, T]]) -> T:
    async def opened() -> T:
        store = open_store(settings.database_url)
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(opened())


def _sure(question: str) -> bool:
    if not sys.stdin.isatty():
        raise SettingError(f"{question} To say yes, add --yes.")
    return input(f"{question} Type yes: ").strip().lower() == "yes"


def _listed(found: dict[str, int]) -> str:
    return ", ".join(f"{number} {what if number != 1 else what.removesuffix('s')}" for what, number in found.items())
