"""The one file of a backup: a zip with a note of what is in it, the copy of the database, and the secret key.

The key is there only where it is kept in the data folder: one that was given as a setting is the operator's to keep.
Of every key there is a mark, by which another key is told from it. Knows files; knows no database.
"""

import hashlib
import hmac
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from pydantic import TypeAdapter, ValidationError

from tutorbot.errors import BackupError

FORMAT: Final = 1  # a file of a higher number was made by a newer program
_NOTE, _DATABASE, _KEY = "backup.json", "database", "secret_key"
_DAMAGED: Final = (BadZipFile, EOFError, KeyError, RuntimeError, UnicodeError, zlib.error)  # as `zipfile` tells it
_NOT_OURS: Final = "{file} is not a backup made by `tutorbot backup`, or it is damaged. Give another."


@dataclass(frozen=True, slots=True)
class Note:
    """What is in a backup."""

    format: int
    made: datetime
    program: str  # the version of the program that made it
    database: str  # its kind
    schema: str  # its version
    rows: Mapping[str, int]  # in each table
    digest: str  # SHA-256 of the copy, in hex
    key: str  # the mark of the secret key


_NOTES: Final = TypeAdapter(Note)


def mark(key: str) -> str:
    """A few letters by which a key is known, and from which nobody can make the key. "" of no key."""
    return hmac.new(key.encode(), b"tutorbot backup", hashlib.sha256).hexdigest()[:16] if key else ""


def digest(file: Path) -> str:
    """SHA-256 of a file, in hex."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def pack(file: Path, note: Note, copy: Path, key: str) -> None:
    """Write a new archive, readable to its owner alone, and read it to see that it is whole. `key`: "" for none."""
    with open(file, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as opened:
        with ZipFile(opened, "w", ZIP_DEFLATED) as archive:
            archive.writestr(_NOTE, _NOTES.dump_json(note, indent=2))
            archive.write(copy, _DATABASE)
            if key:
                archive.writestr(_KEY, key)
        opened.flush()
        os.fsync(opened.fileno())
    with ZipFile(file) as archive:
        damaged = archive.testzip()
    if damaged:
        raise BackupError(f"{file} was not written as it should be ({damaged}). Look at the disk, then try again.")


def read_note(file: Path) -> Note:
    """What is in this backup. BackupError if it is none, or if a newer program made it."""
    try:
        with ZipFile(file) as archive:
            note = _NOTES.validate_json(archive.read(_NOTE))
    except (*_DAMAGED, ValidationError):
        raise BackupError(_NOT_OURS.format(file=file)) from None
    except OSError as error:
        raise BackupError(f"{file} cannot be read ({error.strerror}). Give another.") from None
    if note.format > FORMAT:
        raise BackupError(f"{file} was made by Tutorbot {note.program}, which is newer. Update this program first.")
    return note


def unpack(file: Path, note: Note, copy: Path) -> str:
    """Write the copy of the database into a new file, as it was; the secret key, or "" if it is not there."""
    try:
        with ZipFile(file) as archive:
            with archive.open(_DATABASE) as packed, _private(copy) as opened:
                copyfileobj(packed, opened)
            key = archive.read(_KEY).decode("ascii") if _KEY in archive.namelist() else ""
    except _DAMAGED:
        raise BackupError(_NOT_OURS.format(file=file)) from None
    if digest(copy) != note.digest:
        raise BackupError(_NOT_OURS.format(file=file))
    return key


def _private(file: Path) -> IO[bytes]:
    return open(file, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))
