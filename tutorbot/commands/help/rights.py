"""The words of the commands about people's rights: forget, prune, audit. See `parser`."""

import argparse
from datetime import UTC, datetime

from tutorbot.commands.help.command import Command

SUMMARIES = {
    "forget": "remove all that is kept about a learner",
    "prune": "remove what is kept for too long",
    "audit": "tell who did what at the helpers' desk",
}
_FORGET = """
Removes all that is kept about one learner: name, place, answers, talk, questions to a person, and their topics in
Telegram. Numbers without names stay. It is for those who ask a helper or you; learners can write "forget me"
themselves. They get one last line that says so. Works while the tutor runs.
"""
_PRUNE = """
Removes what is older than the settings TUTORBOT_KEEP_... say. `tutorbot run` does it once a day by itself, a little at
a time. With --dry-run it only tells how much that would be.
"""
_AUDIT = """
Prints every act at the helpers' desk: when, who, what, which ticket. Never what was written. For programs with --json
or, for a spreadsheet, --csv.
"""
_FORGET_EXAMPLES = """
examples:
  tutorbot forget --ticket 27      the learner who asked question #27
  tutorbot forget --learner 12     a learner by their number in the database
"""
_AUDIT_EXAMPLES = """
examples:
  tutorbot audit --since 2026-03-01
  tutorbot audit --since 2026-03-01 --csv > acts.csv
"""


def add(command: Command) -> None:
    """Add them."""
    forget = command("forget", _FORGET, _FORGET_EXAMPLES)
    who = forget.add_mutually_exclusive_group(required=True)
    who.add_argument("--ticket", type=int, metavar="N", help="a question of theirs, as in 27 for #27")
    who.add_argument("--learner", type=int, metavar="N", help="their number in the database")
    forget.add_argument("--yes", action="store_true", help="do not ask whether you are sure")
    prune = command("prune", _PRUNE)
    prune.add_argument("--dry-run", action="store_true", help="only tell what would be removed")
    audit = command("audit", _AUDIT, _AUDIT_EXAMPLES)
    audit.add_argument("--since", type=_day, default=_day("2000-01-01"), metavar="DATE", help="as in 2026-03-01")
    form = audit.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print for programs")
    form.add_argument("--csv", action="store_true", help="print for a spreadsheet")


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date. Give one as in 2026-03-01.") from None
