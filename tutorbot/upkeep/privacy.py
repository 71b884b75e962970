"""Finds what others on this machine could read of ours, and mends it. On systems without such rights: nothing."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tutorbot.store.urls import parse, path_of
from tutorbot.upkeep.place import Place

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def exposed(place: Place, more: Sequence[Path] = ()) -> list[Path]:
    """What others could read or change: the database, the secret key, backups, and the folder if it is ours alone."""
    return [path for path in (*_ours(place), *more) if _mode(path) & _OTHERS] if os.name == "posix" else []


def mend(paths: Sequence[Path]) -> list[Path]:
    """Take these from all others; those that we may not change."""
    left = []
    for path in paths:
        try:
            path.chmod(_mode(path) & ~_OTHERS)
        except OSError:
            left.append(path)
    return left


def _ours(place: Place) -> Iterator[Path]:
    files = set()
    if database := path_of(parse(place.url)):
        files |= set(database.parent.glob(f"{database.name}*"))
    if place.data.is_dir():
        files |= {*place.data.glob("secret_key*"), *place.data.glob("backups"), *place.data.glob("backups/*")}
        if {path for path in place.data.iterdir() if not path.name.startswith(".")} <= files:
            files.add(place.data)  # who shares it with other things has reasons of their own
    yield from sorted(files)


def _mode(path: Path) -> int:
    """Its rights; none if it has gone meanwhile."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0
