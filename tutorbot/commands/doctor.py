"""The command `tutorbot doctor`: tells what is well, what is not, and what to do."""

import json
from argparse import Namespace
from dataclasses import asdict

from tutorbot import caretaker
from tutorbot.commands.codes import PROBLEMS, WELL
from tutorbot.commands.common import GREEN, RED, YELLOW, painted, settings_to_talk
from tutorbot.config import Settings, env_file
from tutorbot.doctor.examine import House, examine
from tutorbot.doctor.finding import Finding, Health

_COLOURS = {Health.PROBLEM: RED, Health.NOTE: YELLOW, Health.GOOD: GREEN}


def carry_out(typed: Namespace) -> int:
    """Look at everything, and tell it."""
    found = examine(_house(settings_to_talk()))
    print(json.dumps([asdict(one) for one in found], indent=2) if typed.json else "\n".join(map(_line, found)))
    return PROBLEMS if any(one.health is Health.PROBLEM for one in found) else WELL


def _house(settings: Settings) -> House:
    return House(
        caretaker.place_of(settings),
        settings.lessons,
        caretaker.word_of(settings.telegram_token),
        settings.telegram_api_url,
        settings.telegram_helpers_chat,
        settings.public_url,
        [env_file()],
    )


def _line(found: Finding) -> str:
    words = " ".join(filter(None, (found.says, found.todo)))
    return f"{painted(f'{found.health:<8}', _COLOURS[found.health])} {found.about}: {words}"
