"""The command `tutorbot web`."""

from argparse import Namespace

from tutorbot import processes
from tutorbot.commands.codes import WELL
from tutorbot.commands.common import settings_to_serve


def carry_out(_typed: Namespace) -> int:
    """Serve the pages, as one of several processes, until told to stop."""
    processes.run_web(settings_to_serve())
    return WELL
