"""The command `tutorbot gift`: quizzes to Moodle and back."""

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from tutorbot.commands.codes import PROBLEMS, WELL
from tutorbot.commands.in_lessons import named
from tutorbot.curriculum.gift import from_gift, to_gift
from tutorbot.curriculum.problem import Problem
from tutorbot.curriculum.writer import to_markdown
from tutorbot.errors import SettingError


def carry_out(typed: Namespace) -> int:
    """Print the quizzes of a lesson as GIFT, or GIFT as cards; tell what has no place there."""
    return _export(typed) if typed.what == "export" else _import(typed)


def _export(typed: Namespace) -> int:
    found = named(typed.which)
    lesson = found.loaded.lessons.get(found.path)
    if lesson is None:
        raise SettingError(f"{typed.which} is not a lesson without errors. Look at: tutorbot check {found.folder}")
    written = to_gift(lesson.cards, lesson.path)
    print(written.text, end="")
    return _told(written.problems, PROBLEMS if not written.text else WELL)


def _import(typed: Namespace) -> int:
    try:
        read = from_gift(Path(typed.which).read_text("utf-8-sig"), typed.which)
        cards = to_markdown(read.cards)
        if typed.to and cards:
            with typed.to.open("a", encoding="utf-8") as file:
                file.write(f"\n{cards}" if file.tell() else cards)
    except OSError as error:
        raise SettingError(f"{error.filename} cannot be used ({error.strerror}). Give another.") from None
    except UnicodeError:
        raise SettingError(f"{typed.which} is not UTF-8 text. Save it again as UTF-8.") from None
    print(f"{_cards(len(read.cards))} added to {typed.to}.\n" if typed.to else cards, end="")
    return _told(read.problems, PROBLEMS if read.problems else WELL)


def _cards(number: int) -> str:
    return f"{number} card{'' if number == 1 else 's'}"


def _told(problems: Iterable[Problem], code: int) -> int:
    """Tell the problems, apart from what was asked for."""
    for problem in problems:
        print(problem, file=sys.stderr)
    return code
