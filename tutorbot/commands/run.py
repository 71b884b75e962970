"""The command `tutorbot run`."""

from argparse import Namespace

from tutorbot import processes
from tutorbot.commands.codes import WELL
from tutorbot.commands.common import settings_to_serve


def carry_out(_typed: Namespace) -> int:
    """Serve learners and helpers, all in one process, until told to stop."""
    processes.run_all(settings_to_serve())
    return WELL
