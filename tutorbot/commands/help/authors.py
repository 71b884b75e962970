"""The words of the author's commands: check, new, due, words, preview, gift. See `parser`."""

import argparse
from pathlib import Path

from tutorbot.commands.help.command import Command

SUMMARIES = {
    "check": "look for mistakes in lessons",
    "new": "begin a course, a lesson or a translation",
    "due": "tell which lessons must be reviewed by when",
    "words": "tell which words are explained, and which learners asked for",
    "preview": "see a lesson in the browser as learners do, while you write it",
    "gift": "carry quizzes to Moodle and back",
}
_DIGITS = 5  # of a number of days: more than a life is of no use
_CHECK = """
Looks for mistakes in lessons: for each the file, the line, and what to do. A lesson with an error is not taught until
it is put right; a warning is advice. Needs no settings if you name a folder or a file. Spelling is looked at if
Harper is installed: pip install 'tutorbot[dev]'.
"""
_CHECK_EXAMPLES = """
examples:
  tutorbot check                   the lessons that are taught now
  tutorbot check fake-email        one lesson, by its id
  tutorbot check lessons/stay-safe/01-fake-email.md
  tutorbot check lessons --strict  warnings count as errors, as before a release
  tutorbot check lessons --json    for an editor or another program
  tutorbot check --rules           every rule, with its reason
"""
_NEW = """
Makes a file with an example in it. Write your words where it says CHANGE THIS; `tutorbot check` tells what is left.
Nothing of it is taught before all of that is gone.
"""
_NEW_EXAMPLES = """
examples:
  tutorbot new course stay-safe --title "Stay safe"
  tutorbot new lesson stay-safe/fake-email --title "Spot a fake email"
  tutorbot new translation fake-email cy
"""
_DUE = """
Lists when the facts of each lesson must be looked at again, the most urgent first: a year after 'reviewed', or as
'review_every' in course.md says, in months. The exit code is 1 if something is late.
"""
_DUE_EXAMPLES = """
examples:
  tutorbot due                     all lessons
  tutorbot due --within 90d        what is late, or due in the next 90 days
"""
_WORDS = """
Lists the words of words.md, with the number of cards on which each stands unexplained, and those that stand on none.
With --asked it lists the words that learners asked for and that are not on the list: how often, and when last. It
shows what was asked twice or more; who asked is not kept.
"""
_WORDS_EXAMPLES = """
examples:
  tutorbot words                   the words that are explained now
  tutorbot words --asked           the words that learners miss
"""
_PREVIEW = """
Shows a lesson in your browser as learners see it, on the web and on Telegram. Play it, jump to any card, try each
answer. What `tutorbot check` says stands beside its card. Save the file, and the page changes by itself. Only this
computer can see it. Without a lesson it shows the list of all.
"""
_PREVIEW_EXAMPLES = """
examples:
  tutorbot preview                 all lessons, with what to mend
  tutorbot preview fake-email      one lesson, by its id
  tutorbot preview lessons/safe-social/03-scam-texts.md
"""
_GIFT = """
Carries quizzes to Moodle and back, in its text format GIFT. `export` prints the quizzes of a lesson; `import` prints
the cards for a lesson, or adds them to the file given with --to. What has no place there is told, and left out.
"""
_GIFT_EXAMPLES = """
examples:
  tutorbot gift export fake-email > fake-email.gift
  tutorbot gift export lessons/safe-social/03-scam-texts.md
  tutorbot gift import quiz.gift --to lessons/safe-social/09-new.md
"""


def add(command: Command) -> None:
    """Add them."""
    _add_check(command("check", _CHECK, _CHECK_EXAMPLES))
    _add_new(command("new", _NEW, _NEW_EXAMPLES))
    _add_due(command("due", _DUE, _DUE_EXAMPLES))
    _add_words(command("words", _WORDS, _WORDS_EXAMPLES))
    _add_preview(command("preview", _PREVIEW, _PREVIEW_EXAMPLES))
    _add_gift(command("gift", _GIFT, _GIFT_EXAMPLES))


def _add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument(
        "path", nargs="?", default="", help="a lesson, a course or a folder of courses (else all lessons)"
    )
    check.add_argument("--strict", action="store_true", help="take warnings as errors")
    check.add_argument("--json", action="store_true", help="print for programs: each problem with its code and level")
    shown = check.add_mutually_exclusive_group()
    shown.add_argument("--github", action="store_true", help="print as annotations of GitHub Actions")
    shown.add_argument("--rules", action="store_true", help="print every rule: its level, its fix, its reason")
    shown.add_argument("--table", action="store_true", help="print a table of the courses, as Markdown")
    shown.add_argument("--translations", action="store_true", help="print what is translated, and how well")


def _add_new(new: argparse.ArgumentParser) -> None:
    new.add_argument("what", choices=["course", "lesson", "translation"], help="what to begin")
    new.add_argument("name", help="the id of the course; course/lesson; or the lesson to translate")
    new.add_argument("language", nargs="?", default="", help="of a translation: its code, as in cy for Welsh")
    new.add_argument("--title", default="", help="the title, as learners see it (else it is made of the id)")
    new.add_argument("--kind", choices=["skill", "service", "staff"], default="skill", help="of a course")
    new.add_argument("--folder", type=Path, help="the folder that holds the courses (else TUTORBOT_LESSONS)")


def _add_due(due: argparse.ArgumentParser) -> None:
    due.add_argument("path", nargs="?", default="", help="a folder of courses (else all lessons)")
    due.add_argument("--within", type=_days, metavar="DAYS", help="only what is due in so many days, as in 90d")
    due.add_argument("--json", action="store_true", help="print for programs")


def _add_words(words: argparse.ArgumentParser) -> None:
    words.add_argument("path", nargs="?", default="", help="a folder of courses (else all lessons)")
    words.add_argument("--asked", action="store_true", help="the words that learners asked for instead")
    words.add_argument("--json", action="store_true", help="print for programs")


def _add_preview(preview: argparse.ArgumentParser) -> None:
    preview.add_argument("lesson", nargs="?", default="", help="the lesson, by its id or its file; or a lessons folder")
    preview.add_argument("--port", type=_port, default=8100, help="where the page is served (default: %(default)s)")


def _add_gift(gift: argparse.ArgumentParser) -> None:
    gift.add_argument("what", choices=["export", "import"], help="from a lesson to GIFT, or from GIFT to cards")
    gift.add_argument("which", help="the lesson, by its id or its file; or the file of GIFT")
    gift.add_argument("--to", type=Path, help="with import: the file that gets the cards, at its end")


def _days(word: str) -> int:
    number = word.removesuffix("d")
    if not (number.isascii() and number.isdigit() and len(number) <= _DIGITS):
        raise argparse.ArgumentTypeError(f"'{word}' is not a number of days. Give one, as in 90d.")
    return int(number)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port. Give a number from 1 to 65535.")
    return int(text)
