"""The command `tutorbot`: finds the file of the command that was typed, in `commands`, and carries it out.

Exit codes: 0 all is well; 1 problems were found, or the work could not be done; 2 a command or setting is not right.
"""

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from tutorbot.collector import nothing_thrown_away
from tutorbot.commands.codes import PROBLEMS, WELL, WRONG_USE
from tutorbot.commands.help.parser import read_words
from tutorbot.errors import SettingError, TutorbotError


def main(words: Sequence[str] | None = None) -> int:
    """Carry out one command; its exit code. `words`: what was typed after `tutorbot`, unless it is the real thing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # not every terminal knows every letter
    typed = read_words(words)
    try:
        with nothing_thrown_away():
            command = import_module(f"tutorbot.commands.{typed.command}")
        code: int = command.carry_out(typed)
        sys.stdout.flush()
        return code
    except TutorbotError as error:
        print(error, file=sys.stderr)
        return WRONG_USE if isinstance(error, SettingError) else PROBLEMS
    except KeyboardInterrupt:
        return WELL
    except BrokenPipeError:  # whoever read what we print, as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it ends
        return WELL
