"""The command `tutorbot check`: mistakes in lessons, and other ways to look at all of them."""

import sys
from argparse import Namespace
from dataclasses import asdict
from json import dumps
from pathlib import Path

from tutorbot.collector import nothing_thrown_away
from tutorbot.commands.codes import PROBLEMS, WELL
from tutorbot.commands.common import RED, YELLOW, painted
from tutorbot.commands.in_lessons import named
from tutorbot.config import wants_colour
from tutorbot.curriculum.named import Named
from tutorbot.curriculum.problem import Level
from tutorbot.workshop import formats
from tutorbot.workshop.check import Checked, check
from tutorbot.workshop.spelling import HARPER
from tutorbot.workshop.table import table
from tutorbot.workshop.translations import State, summary, translations

_COLOURS = {Level.ERROR: RED, Level.WARNING: YELLOW}
_BAR = 30  # letters
_WORTH_A_BAR = 50  # files
_NO_SPELLING = "Spelling was not looked at. To have it looked at: pip install 'tutorbot[dev]'"


def carry_out(typed: Namespace) -> int:
    """Look for mistakes in lessons, or tell of them in another way."""
    return WELL if _check(typed) else PROBLEMS


def _check(typed: Namespace) -> bool:
    if typed.rules:
        print(formats.rules_as_json() if typed.json else "\n".join(formats.rules_as_lines()))
        return True
    with nothing_thrown_away():
        place = named(typed.path)
        if typed.translations:
            return _translations(place, typed.json)
        found = check(place.folder, place.loaded, place.path, _progress)
    if typed.table:
        print("\n".join(table(found.loaded.curriculum, found.scripts)))
        return True
    _tell(found, typed, place.folder)
    levels = {problem.level for problem in found.problems}
    return not levels if typed.strict else Level.ERROR not in levels


def _tell(found: Checked, typed: Namespace, folder: Path) -> None:
    if typed.json:
        print(formats.as_json(found))
        return
    if typed.github:
        print("\n".join(formats.as_annotations(found.problems, lambda path: _from_here(folder, path))))
    else:
        print("\n".join(formats.as_lines(found, lambda text, level: painted(text, _COLOURS[level]))))
    if HARPER is None:
        print(_NO_SPELLING, file=sys.stderr)


def _translations(place: Named, as_json: bool) -> bool:
    rows = [row for row in translations(place.loaded.curriculum) if row.path.startswith(place.path)]
    if as_json:
        print(dumps([asdict(row) for row in rows], indent=2))
    else:
        for row in rows:
            print(f"{row.language}  {row.state:<22}  {row.course}/{row.lesson}  {row.path}")
        print("\n".join(summary(rows)) or "There are no translations.")
    return all(row.state is not State.OLD for row in rows)


def _from_here(folder: Path, path: str) -> str:
    """The path of a problem as seen from where we stand, as a repository has it."""
    whole = folder.resolve().parent / path
    return whole.relative_to(Path.cwd()).as_posix() if whole.is_relative_to(Path.cwd()) else path


def _progress(done: int, of: int) -> None:
    """Draw a bar on a person's screen, and take it away at the end."""
    if of < _WORTH_A_BAR or not wants_colour(sys.stderr):
        return
    full = _BAR * done // of
    bar = f"\r{'█' * full}{'░' * (_BAR - full)} {done} of {of}"
    print(bar if done < of else f"\r{' ' * len(bar)}\r", end="", file=sys.stderr, flush=True)
