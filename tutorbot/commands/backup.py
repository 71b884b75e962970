"""The command `tutorbot backup`: the database and the secret key in one file."""

from argparse import Namespace
from datetime import UTC, datetime

from tutorbot.caretaker import place_of
from tutorbot.commands.codes import WELL
from tutorbot.commands.common import settings_to_talk
from tutorbot.commands.of_copies import progress, table
from tutorbot.upkeep.backup import back_up

_MEGABYTE = 2**20


def carry_out(typed: Namespace) -> int:
    """Make a backup, and say where it is and what is in it."""
    made = back_up(place_of(settings_to_talk()), typed.file, datetime.now(UTC), progress)
    size = made.file.stat().st_size / _MEGABYTE
    key = "and the secret key" if made.has_key else "but not the secret key, which is a setting of yours"
    print(f"Written: {made.file} ({size:.1f} MB). Only you can read it.")
    print(f"It holds the database, at version {made.note.schema}, {key}. It was read again and is whole.")
    print(table(made.note.rows))
    print("It holds what people wrote. Keep it safe, and on another machine.")
    return WELL
