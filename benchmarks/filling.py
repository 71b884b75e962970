"""Fills a database with learners who once walked, by copying those who walked in it. The same SQL for both databases.

One in ten is still in the record (the others' talk is older than what is kept), with all that they and we said; nothing
is owed to anybody. Numbers of learners, their addresses and the keys of events are moved on, so that none is twice.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from time import monotonic
from typing import Any

import psycopg
from sqlalchemy import Table

from benchmarks.walk import FIRST
from tutorbot.store.tables import (
    AddressRow,
    AttemptRow,
    EntryRow,
    EventRow,
    LearnerRow,
    LessonRow,
    Row,
    SkillRow,
    table,
)

ALWAYS: Sequence[type[Row]] = (LearnerRow, AddressRow, LessonRow, SkillRow, AttemptRow)
RECENT: Sequence[type[Row]] = (EventRow, EntryRow)  # of those who were here lately
RECENTLY = 10  # one in so many
CHUNK = 20_000  # learners, in one transaction
AWAY = 10 * FIRST  # from keys that the walk goes on to use
FAST = {
    # what is filled in need not outlive a power cut, and points at nothing that is not there
    "sqlite": ("PRAGMA synchronous = OFF", "PRAGMA cache_size = -400000", "PRAGMA foreign_keys = OFF"),
    "postgres": ("SET synchronous_commit = off", "SET session_replication_role = replica"),
}
LAST = "SELECT setval(pg_get_serial_sequence('learners', 'id'), max(id)) FROM learners"


def fill(url: str, upto: int, seconds: float) -> int:
    """Copy those who are there until there are so many, or time is up; how many there are then."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
            return _fill(file, FAST["sqlite"], ("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"), upto, seconds)
    with psycopg.connect(url) as server:
        return _fill(server, FAST["postgres"], (LAST, "ANALYZE"), upto, seconds)


def _fill(connection: Any, before: Sequence[str], after: Sequence[str], upto: int, seconds: float) -> int:
    for words in before:
        connection.execute(words)
    connection.commit()
    own = _one(connection, "SELECT count(*) FROM learners")
    keys = _one(connection, "SELECT count(*) FROM seen_events")
    copies, end = 0, monotonic() + seconds
    while (copies + 1) * own < upto and monotonic() < end:
        until = min(copies + CHUNK // own, upto // own - 1)
        for row in (*ALWAYS, *RECENT):
            connection.execute(copying(table(row), own, keys, copies, until, RECENTLY if row in RECENT else 1))
        connection.commit()
        copies = until
    for words in after:
        connection.execute(words)
        connection.commit()
    return (copies + 1) * own


def copying(into: Table, own: int, keys: int, after: int, until: int, every: int) -> str:
    """The statement that copies the first `own` learners' rows, as number `after` + 1 to `until` of the copies."""
    moved = {
        "learner": f"t.learner + n.i * {own}",
        "address": f"'telegram:' || (CAST(substr(t.address, 10) AS BIGINT) + n.i * {own})",
        "key": f"'telegram:' || (CAST(substr(t.key, 10) AS BIGINT) + n.i * {keys} + {AWAY})",
    }
    if into.name == "learners":
        moved["id"] = f"t.id + n.i * {own}"
    names = [column.name for column in into.columns if column.name != "id" or "id" in moved]
    owner = {"learners": f"t.id <= {own}", "seen_events": "length(t.key) = 19"}.get(into.name, f"t.learner <= {own}")
    return (
        f"INSERT INTO {into.name} ({', '.join(names)}) "
        f"WITH RECURSIVE n(i) AS (SELECT {after + 1} UNION ALL SELECT i + 1 FROM n WHERE i < {until}), "
        f"t AS MATERIALIZED (SELECT * FROM {into.name} t WHERE {owner}) "
        f"SELECT {', '.join(moved.get(name, f't.{name}') for name in names)} "
        f"FROM n CROSS JOIN t WHERE n.i % {every} = 0"
    )


def _one(connection: Any, words: str) -> int:
    return int(connection.execute(words).fetchone()[0])
