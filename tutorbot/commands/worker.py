"""The command `tutorbot worker`."""

from argparse import Namespace

from tutorbot import processes
from tutorbot.commands.codes import WELL
from tutorbot.commands.common import settings_to_serve


def carry_out(_typed: Namespace) -> int:
    """Do all but the pages, as one of several processes, until told to stop."""
    processes.run_worker(settings_to_serve())
    return WELL
