"""Makes backups: the database as it is at one moment and the secret key, in one file that was looked through.

The tutor may run meanwhile. When the last backup was made is remembered in the database, for the doctor to tell.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tutorbot import __version__
from tutorbot.errors import BackupError, StoreError
from tutorbot.runtime.values import LAST_BACKUP
from tutorbot.store.copies import Told, untold
from tutorbot.store.database import open_copies
from tutorbot.store.direct import connected, note
from tutorbot.store.urls import parse
from tutorbot.upkeep.archive import FORMAT, Note, digest, mark, pack
from tutorbot.upkeep.place import Place


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made."""

    file: Path
    note: Note
    has_key: bool


def stamp(now: datetime) -> str:
    """A moment, as names of files and schemas have it."""
    return f"{now.astimezone(UTC):%Y-%m-%d-%H%M%S}"


def back_up(place: Place, to: Path | None, now: datetime, told: Told) -> Made:
    """Make a backup: this new file, one in this folder, or (None) one in the data folder. BackupError, StoreError."""
    folder = to or place.folder
    file = folder / f"tutorbot-{stamp(now)}.zip" if to is None or to.is_dir() else to
    if file.exists():
        raise BackupError(f"{file} is there already. Give another name, or a folder.")
    made = make(place, file, now, told)
    with suppress(StoreError), connected(parse(place.url)) as connection:
        note(connection, LAST_BACKUP, now.isoformat())
        connection.commit()
    return made


def make(place: Place, file: Path, now: datetime, told: Told = untold) -> Made:
    """Make a backup without a word to anybody. BackupError, StoreError."""
    try:
        if file.parent == place.folder:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".backup-", dir=file.parent) as room:
            note = _pack(place, Path(room) / "backup", now, told)
            (Path(room) / "backup").replace(file)
    except OSError as error:
        raise BackupError(f"{file} cannot be written ({error.strerror}). Give another place.") from None
    return Made(file, note, bool(place.kept_key))


def _pack(place: Place, to: Path, now: datetime, told: Told) -> Note:
    copies, copy = open_copies(place.url), to.with_suffix(".copy")
    contents = copies.copy_to(copy, told)
    if not contents.version:
        raise BackupError("There is nothing to back up: the database is empty.")
    key = place.kept_key
    note = Note(
        FORMAT,
        now,
        __version__,
        copies.kind,
        contents.version,
        contents.rows,
        digest(copy),
        mark(place.given_key or key),
    )
    pack(to, note, copy, key)
    return note
