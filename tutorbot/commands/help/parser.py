"""What can be typed after `tutorbot`, and the words of its help. Knows nothing of how it is done."""

import argparse
from collections.abc import Sequence

from tutorbot import __version__
from tutorbot.commands.help import authors, desk, learners, rights, upkeep

_FAMILIES = (learners, authors, upkeep, desk, rights)
SUMMARIES = {name: summary for family in _FAMILIES for name, summary in family.SUMMARIES.items()}
_ABOUT = """
A chat tutor for people with few digital skills. It teaches short lessons on government services and social media,
in Telegram, in a web chat or in this terminal, and brings in a human helper when somebody is stuck.
"""
_EXAMPLES = """
examples:
  tutorbot run                     serve learners and helpers
  tutorbot chat                    try a lesson here and now
  tutorbot check lessons           look for mistakes in lessons
  tutorbot new lesson stay-safe/fake-email
  tutorbot preview fake-email      see a lesson as learners do
  tutorbot run --help              every setting, with its default
"""
_CODES = """
exit codes:
  0  all is well
  1  problems were found, or the work could not be done
  2  the command or a setting is not right
"""


def read_words(words: Sequence[str] | None = None) -> argparse.Namespace:
    """What was typed. Prints help, or what is wrong with it, and leaves with code 0 or 2."""
    return make_parser().parse_args(words)


def make_parser() -> argparse.ArgumentParser:
    """All commands; the one that was typed is in `command`."""
    parser = argparse.ArgumentParser(
        "tutorbot", description=_ABOUT, epilog=_EXAMPLES + _CODES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"tutorbot {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)

    def command(name: str, about: str, more: str = "") -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=SUMMARIES[name],
            description=about,
            epilog=more + _CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    for family in _FAMILIES:
        family.add(command)
    return parser
