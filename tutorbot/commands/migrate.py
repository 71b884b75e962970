"""The command `tutorbot migrate`: the database is made, or brought up to date."""

from argparse import Namespace

from tutorbot import caretaker
from tutorbot.commands.codes import WELL
from tutorbot.commands.common import settings_to_talk


def carry_out(_typed: Namespace) -> int:
    """Do it, and tell what was done."""
    print("\n".join(caretaker.migrate(settings_to_talk())) or "The database is up to date.")
    return WELL
