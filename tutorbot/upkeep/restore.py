"""Puts a backup in the place of the database, and the secret key with it. What was there is kept.

Nothing is changed before the backup was looked through, and all is put back should anything go wrong after. The
messages that the backup still owes are old news: by now they were sent, or are of no use. Those older than a day, for
which Telegram keeps nothing either, are set aside unless somebody says otherwise.
"""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Final

from tutorbot.errors import BackupError, StoreError
from tutorbot.runtime.ports import Transaction
from tutorbot.store import schema, versions
from tutorbot.store.copies import Contents, Copies
from tutorbot.store.database import open_copies, open_store
from tutorbot.store.urls import parse, path_of
from tutorbot.upkeep.archive import Note, mark, read_note, unpack
from tutorbot.upkeep.backup import make, stamp
from tutorbot.upkeep.place import Place

FRESH: Final = timedelta(days=1)  # what is owed for longer is not sent after a restore without asking
WHY: Final = "set aside when a backup was restored"


class Key(StrEnum):
    """What became of the secret key."""

    SAME = "same"  # nothing changes for anybody
    BROUGHT = "brought"  # the one of the backup is in use again
    OTHER = "other"  # the backup was made with another, which it does not hold or which a setting overrules


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done."""

    note: Note
    applied: Sequence[str]  # migrations, a line each
    kept: Sequence[Path]  # where what was there before is now
    old: int  # messages owed for longer than a day
    fresh: int  # messages owed for less, which are sent at the start
    key: Key


def look(place: Place, file: Path) -> Note:
    """What is in this backup. BackupError if it cannot be put here, or not while the tutor runs."""
    note, copies = read_note(file), open_copies(place.url)
    if not versions.is_known(note.schema):
        raise BackupError(f"{file} was made by Tutorbot {note.program}, which is newer. Update this program first.")
    if note.database != copies.kind:
        raise BackupError(f"{file} is of a {note.database} database, and DATABASE_URL names one of {copies.kind}.")
    if copies.in_use():
        raise BackupError("The tutor is running. Stop it, then restore.")
    return note


def present(place: Place) -> Contents | None:
    """What would be replaced; None if there is a database that cannot be read."""
    try:
        return open_copies(place.url).contents()
    except StoreError:
        if path_of(parse(place.url)) is None:
            raise
        return None


def restore(place: Place, file: Path, now: datetime, *, send_old: bool = False) -> Restored:
    """Put this backup in the place of the database. BackupError, StoreError: all is as it was before."""
    note, copies, kept = look(place, file), open_copies(place.url), []
    try:
        with TemporaryDirectory(prefix=".restore-", dir=_room(place)) as room:
            copy = Path(room) / "copy"
            key = unpack(file, note, copy)
            copies.examine(copy)
            if not copies.keeps_old and copies.contents().people:
                kept.append(make(place, place.folder / f"before-restore-{stamp(now)}.zip", now).file)
            with copies.replaced_by(copy, stamp(now)) as beside:
                _compare(copies, note)
                applied = schema.migrate(place.url)
                old, fresh = asyncio.run(_owed(place.url, now, send_old=send_old))
                fate = _key(place, note, key, now, kept)
    except OSError as error:
        raise BackupError(f"The backup could not be put in place ({error.strerror}). All is as it was.") from None
    return Restored(note, applied, [*([Path(beside)] if beside else []), *kept], old, fresh, fate)


def _room(place: Place) -> Path:
    """A folder on the disk that the database is on, so that putting it in place is one step."""
    path = path_of(parse(place.url))
    if path is None:
        return Path(gettempdir())
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path.parent


def _compare(copies: Copies, note: Note) -> None:
    found = copies.contents()
    if (found.version, dict(found.rows)) != (note.schema, dict(note.rows)):
        raise StoreError("What was put in place is not what the backup tells of. All is as it was.")


async def _owed(url: str, now: datetime, *, send_old: bool) -> tuple[int, int]:
    """How many messages have been owed for longer than a day, and how many for less. The old ones are set aside."""
    before = now - FRESH

    def act(tx: Transaction) -> tuple[int, int]:
        both, old = tx.upkeep.owed(now).count, tx.upkeep.owed(before).count
        if not send_old:
            tx.upkeep.set_aside(before, WHY, now)
        return old, both - old

    store = open_store(url)
    try:
        return await store.transact(act)
    finally:
        await store.close()


def _key(place: Place, note: Note, key: str, now: datetime, kept: list[Path]) -> Key:
    """Bring the secret key back, where it is ours to keep."""
    if mark(place.given_key or place.kept_key) == note.key:
        return Key.SAME
    if place.given_key or not key:
        return Key.OTHER
    place.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if place.key_file.exists():
        old = place.key_file.with_name(f"secret_key.before-{stamp(now)}")
        place.key_file.rename(old)
        kept.append(old)
    with open(place.key_file, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as opened:
        opened.write(key)
    return Key.BROUGHT
