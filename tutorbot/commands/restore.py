"""The command `tutorbot restore`: a backup in the place of the database."""

import sys
from argparse import Namespace
from datetime import UTC, datetime

from tutorbot.caretaker import place_of
from tutorbot.commands.codes import PROBLEMS, WELL
from tutorbot.commands.common import settings_to_talk
from tutorbot.commands.of_copies import table
from tutorbot.errors import BackupError
from tutorbot.store.copies import Contents
from tutorbot.upkeep import restore as back
from tutorbot.upkeep.restore import Key, Restored

_KEYS = {
    Key.SAME: "The secret key is the same as before.",
    Key.BROUGHT: "The secret key of the backup is in use again.",
    Key.OTHER: (
        "The backup was made with another secret key. Learners on the web begin anew, and helpers sign in again; or "
        "set TUTORBOT_SECRET_KEY to the key from then."
    ),
}


def carry_out(typed: Namespace) -> int:
    """Put it there, if whoever typed it means it."""
    place = place_of(settings_to_talk())
    note, now = back.look(place, typed.file), back.present(place)
    print(f"The backup was made on {note.made.day} {note.made:%B %Y at %H:%M} UTC, by Tutorbot {note.program}.")
    print(table(note.rows))
    if not typed.yes and not _may_replace(now):
        print("Nothing was changed.")
        return PROBLEMS
    _tell(back.restore(place, typed.file, datetime.now(UTC), send_old=typed.send_old), typed.send_old)
    return WELL


def _may_replace(now: Contents | None) -> bool:
    """Whether what is there may go. Where there is nobody, nobody is asked."""
    if now and not now.people:
        return True
    held = table(now.rows) if now else "  It cannot be read."
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
