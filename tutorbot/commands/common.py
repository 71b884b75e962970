"""What commands of every kind need: settings with a log that suits them, and colours."""

import sys

from tutorbot import log
from tutorbot.config import Settings, load_settings, wants_colour

RED, GREEN, YELLOW = "31", "32", "33"


def settings_to_serve() -> Settings:
    """The settings of a command that serves, with its log set up as they say."""
    settings = load_settings()
    _ = settings.secret_key  # made now, so that the log knows what to hide
    log.set_up(settings.log, settings.secrets, form=settings.log_form)
    return settings


def settings_to_talk() -> Settings:
    """The settings of a command that talks to a person: only warnings are logged."""
    settings = load_settings()
    log.set_up("warning", settings.secrets, form=settings.log_form)
    return settings


def painted(text: str, colour: str) -> str:
    """The text in this colour, where somebody sees it."""
    return f"\033[{colour}m{text}\033[0m" if wants_colour(sys.stdout) else text
