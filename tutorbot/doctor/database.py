"""Looks at the database, and asks it what waits: backups to be made, messages to be sent, learners to be helped."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

from tutorbot.doctor.finding import Finding, Health, count, span
from tutorbot.errors import SchemaMismatch, StoreUnavailable
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.values import LAST_BACKUP, Pile
from tutorbot.store import versions
from tutorbot.store.database import open_store
from tutorbot.store.readiness import found_version
from tutorbot.store.schema import APPLIED
from tutorbot.store.urls import parse, path_of

_LATE, _TOO_LATE = timedelta(days=2), timedelta(days=8)  # since the last backup
_SLOW, _TOO_SLOW = timedelta(minutes=15), timedelta(hours=1)  # that a message is owed
_LONG: Final = timedelta(days=1)  # that a learner waits for a helper

Asked = tuple[str | None, Pile, Pile, str | None]


def database(url: str) -> list[Finding]:
    """Whether the database answers, takes writes and is at our version; and if so, what waits in it."""
    path = path_of(parse(url))
    if path and not path.exists():
        return [_finding(Health.NOTE, "It is not made yet.", "Run `tutorbot migrate`.")]
    try:
        if found_version(url) != versions.head():
            return [_finding(Health.NOTE, "It is not up to date yet.", "Run `tutorbot migrate`.")]
        last, owed, waiting, since = asyncio.run(_ask(url))
    except SchemaMismatch as error:
        return [_finding(Health.PROBLEM, str(error))]
    except StoreUnavailable as error:
        return [_finding(Health.PROBLEM, str(error), "Check DATABASE_URL, and that the database runs.")]
    now = datetime.now(UTC)
    version = f"version {versions.head()}, {since}" if since else f"version {versions.head()}"
    well = _finding(Health.GOOD, f"It answers, takes writes and is up to date ({version}).")
    return [well, backup(last, now), outbox(owed, now), tickets(waiting, now)]


def _finding(health: Health, says: str, todo: str = "") -> Finding:
    return Finding("database", health, says, todo)


async def _ask(url: str) -> Asked:
    def ask(tx: Transaction) -> Asked:
        tx.upkeep.check()
        since = tx.setting(APPLIED + versions.head())
        return tx.setting(LAST_BACKUP), tx.upkeep.owed(datetime.now(UTC)), tx.upkeep.waiting(), since

    store = open_store(url)
    try:
        return await store.transact(ask)
    finally:
        await store.close()


def backup(last: str | None, now: datetime) -> Finding:
    """How old the last backup is. `last`: when it was made."""
    todo = "Run `tutorbot backup`, and let it run every night."
    if not last:
        return Finding("backup", Health.NOTE, "None was made with `tutorbot backup` yet.", todo)
    age = now - datetime.fromisoformat(last)
    health = Health.GOOD if age < _LATE else Health.NOTE if age < _TOO_LATE else Health.PROBLEM
    return Finding("backup", health, f"The last was made {span(age)} ago.", "" if health is Health.GOOD else todo)


def outbox(owed: Pile, now: datetime) -> Finding:
    """What is owed, and for how long."""
    if not owed.oldest:
        return Finding("outbox", Health.GOOD, "Nothing is owed to anybody.")
    age = now - owed.oldest
    health = Health.GOOD if age < _SLOW else Health.NOTE if age < _TOO_SLOW else Health.PROBLEM
    todo = "Start the tutor. If it runs, the log says why they wait." if health is not Health.GOOD else ""
    return Finding("outbox", health, f"{count(owed.count, 'message')} to be sent, the first for {span(age)}.", todo)


def tickets(waiting: Pile, now: datetime) -> Finding:
    """Who waits for a helper, and for how long."""
    if not waiting.oldest:
        return Finding("tickets", Health.GOOD, "Nobody waits for a helper.")
    age = now - waiting.oldest
    says = f"{count(waiting.count, 'learner')} waiting for a helper, the first for {span(age)}."
    if age < _LONG:
        return Finding("tickets", Health.GOOD, says)
    return Finding("tickets", Health.NOTE, says, "Ask your helpers to look at the desk.")
