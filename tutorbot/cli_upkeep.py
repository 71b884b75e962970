"""The commands of whoever looks after the house: backup, restore. Prints what came of each."""

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from tutorbot.caretaker import place_of
from tutorbot.config import Settings, wants_colour
from tutorbot.errors import BackupError
from tutorbot.store.copies import Contents
from tutorbot.upkeep import restore as back
from tutorbot.upkeep.backup import back_up
from tutorbot.upkeep.restore import Key, Restored

_MEGABYTE = 2**20
_KEYS = {
    Key.SAME: "The secret key is the same as before.",
    Key.BROUGHT: "The secret key of the backup is in use again.",
    Key.OTHER: (
        "The backup was made with another secret key. Learners on the web begin anew, and helpers sign in again; or "
        "set TUTORBOT_SECRET_KEY to the key from then."
    ),
}


def backup(settings: Settings, typed: Namespace) -> None:
    """Make a backup, and say where it is and what is in it."""
    made = back_up(place_of(settings), typed.file, _now(), _progress)
    size = made.file.stat().st_size / _MEGABYTE
    key = "and the secret key" if made.has_key else "but not the secret key, which is a setting of yours"
    print(f"Written: {made.file} ({size:.1f} MB). Only you can read it.")
    print(f"It holds the database, at version {made.note.schema}, {key}. It was read again and is whole.")
    print(_table(made.note.rows))
    print("It holds what people wrote. Keep it safe, and on another machine.")


def restore(settings: Settings, typed: Namespace) -> bool:
    """Put a backup in the place of the database, if whoever typed it means it; whether it was done."""
    place = place_of(settings)
    note, now = back.look(place, typed.file), back.present(place)
    print(f"The backup was made on {note.made.day} {note.made:%B %Y at %H:%M} UTC, by Tutorbot {note.program}.")
    print(_table(note.rows))
    if not typed.yes and not _may_replace(now):
        print("Nothing was changed.")
        return False
    _tell(back.restore(place, typed.file, _now(), send_old=typed.send_old), typed.send_old)
    return True


def _may_replace(now: Contents | None) -> bool:
    """Whether what is there may go. Where there is nobody, nobody is asked."""
    if now and not now.people:
        return True
    held = _table(now.rows) if now else "  It cannot be read."
    if not sys.stdin.isatty():
        raise BackupError(f"There is a database in its place:\n{held}\nTo replace it, add --yes. It is kept beside.")
    print(f"There is a database in its place:\n{held}")
    return input("Replace it? What is there now is kept beside. Type yes: ").strip().lower() == "yes"


def _tell(done: Restored, send_old: bool) -> None:
    print("Restored. The database was looked through, and holds what the backup says.")
    for line in done.applied:
        print(f"It was brought up to date: {line}.")
    print(_KEYS[done.key])
    if done.old:
        fate = "They are sent at the start." if send_old else "They were set aside and are not sent."
        print(f"Messages that were owed for more than a day: {done.old}. {fate}")
    if done.fresh:
        print(f"Messages that were owed for less than a day: {done.fresh}. They are sent at the start, some again.")
    if done.kept:
        print("What was there before is kept. Once all is well, delete it, for it holds what people wrote:")
        print("\n".join(f"  {path}" for path in done.kept))
    print("Helpers who left since the backup are back in it. Look through them before you start.")


def _table(rows: Mapping[str, int]) -> str:
    lines: Sequence[str] = [f"  {name:<16}{count:>9,}" for name, count in sorted(rows.items()) if count]
    return "\n".join(lines) or "  nothing"


def _progress(done: int, of: int) -> None:
    """How far a copy is, on a person's screen alone."""
    if wants_colour(sys.stderr):
        print(f"\rCopying: {100 * done // max(of, 1)}%", end="\n" if done == of else "", file=sys.stderr, flush=True)


def _now() -> datetime:
    return datetime.now(UTC)
