"""What can be typed after `tutorbot`, and the words of its help. Knows nothing of how it is done."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill, indent

from tutorbot import __version__, cli_words_desk, cli_words_rights
from tutorbot.config import SETTINGS

SUMMARIES = {
    "run": "serve learners and helpers",
    "web": "of several processes: serve the pages",
    "worker": "of several processes: send, and do all that is done by one alone",
    "chat": "be a learner in this terminal",
    "check": "look for mistakes in lessons",
    "new": "begin a course, a lesson or a translation",
    "due": "tell which lessons must be reviewed by when",
    "words": "tell which words are explained, and which learners asked for",
    "preview": "see a lesson in the browser as learners do, while you write it",
    "gift": "carry quizzes to Moodle and back",
    "migrate": "bring the database up to date",
    "backup": "copy the database and the secret key into one file",
    "restore": "put a backup in the place of the database",
    **cli_words_desk.SUMMARIES,
    **cli_words_rights.SUMMARIES,
    "doctor": "look whether everything needed is there",
}
_DIGITS = 5  # of a number of days: more than a life is of no use
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
_RUN = """
Serves the web chat, the helpers' web desk and, with a bot's token, Telegram, until it is stopped with Ctrl-C. The
database is made or brought up to date first. A lesson that is edited is taught anew at once.
"""
_WEB = """
Serves the pages and Telegram's calls, as one of several processes on one PostgreSQL database. Start as many as you
like, and at least one `tutorbot worker` beside them. All need the same settings, TUTORBOT_SECRET_KEY among them.
"""
_WORKER = """
Sends what is owed, asks Telegram for news where Telegram does not call us, and does what is done now and then: as one
of several processes on one PostgreSQL database. One worker leads. If it ends, the next takes over in a few seconds.
"""
_CHAT = """
Be a learner, at this keyboard, with the real lessons and the real database. Your place is kept for the next time.
With --repro the whole dialog is printed at the end, as a file of tests/dialogs has it.
"""
_CHECK = """
Looks for mistakes in lessons: for each the file, the line, and what to do. A lesson with an error is not taught until
it is put right; a warning is advice. Needs no settings if you name a folder or a file. Spelling is looked at if
Harper is installed: pip install 'tutorbot[dev]'.
"""
_NEW = """
Makes a file with an example in it. Write your words where it says CHANGE THIS; `tutorbot check` tells what is left.
Nothing of it is taught before all of that is gone.
"""
_DUE = """
Lists when the facts of each lesson must be looked at again, the most urgent first: a year after 'reviewed', or as
'review_every' in course.md says, in months. The exit code is 1 if something is late.
"""
_MIGRATE = """
Brings the database to the version that this program knows, and makes it if there is none. `tutorbot run` does it too;
this command is for platforms that do it once before a new version starts. All or nothing; twice does no harm.
"""
_BACKUP = """
Copies the database and the secret key into one file, also while the tutor runs. The copy is of one moment, is looked
through, and is readable to you alone. With no name it goes into the folder `backups` of the data folder. PostgreSQL
needs its own program pg_dump.
"""
_RESTORE = """
Puts a backup in the place of the database. Stop the tutor first. The backup is looked through before anything changes,
and what was there before is kept. Messages that the backup has owed for more than a day are set aside. PostgreSQL needs
its own programs pg_dump and pg_restore.
"""
_DOCTOR = """
Looks whether everything that is needed is there and well: disk, rights, database, backups, what waits to be sent, who
waits for a helper, lessons, Telegram, and what the bot may do in the helpers' group. For each it says what is so and
what to do. Changes nothing.
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
_NEW_EXAMPLES = """
examples:
  tutorbot new course stay-safe --title "Stay safe"
  tutorbot new lesson stay-safe/fake-email --title "Spot a fake email"
  tutorbot new translation fake-email cy
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
_BACKUP_EXAMPLES = """
examples:
  tutorbot backup                  into data/backups, named after this moment
  tutorbot backup /mnt/usb         the same, into another folder
  tutorbot backup before-fair.zip  with a name of yours
"""
_RESTORE_EXAMPLES = """
examples:
  tutorbot restore data/backups/tutorbot-2026-11-22-030000.zip
  TUTORBOT_DATA=/tmp/drill tutorbot restore copy.zip    a drill, far from the real thing
"""
_CHAT_EXAMPLES = """
examples:
  tutorbot chat
  TUTORBOT_LESSONS=my/lessons TUTORBOT_DATA=/tmp/trial tutorbot chat --repro
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

    for name, about in (("run", _RUN), ("web", _WEB), ("worker", _WORKER)):
        command(name, about, _settings())

    chat = command("chat", _CHAT, _CHAT_EXAMPLES)
    chat.add_argument("--repro", action="store_true", help="print the dialog at the end, as a test has it")

    _add_check(command("check", _CHECK, _CHECK_EXAMPLES))
    _add_new(command("new", _NEW, _NEW_EXAMPLES))
    _add_due(command("due", _DUE, _DUE_EXAMPLES))
    _add_words(command("words", _WORDS, _WORDS_EXAMPLES))

    _add_preview(command("preview", _PREVIEW, _PREVIEW_EXAMPLES))
    _add_gift(command("gift", _GIFT, _GIFT_EXAMPLES))

    command("migrate", _MIGRATE)

    _add_backup(command("backup", _BACKUP, _BACKUP_EXAMPLES))
    _add_restore(command("restore", _RESTORE, _RESTORE_EXAMPLES))
    cli_words_desk.add(command)
    cli_words_rights.add(command)
    command("doctor", _DOCTOR).add_argument("--json", action="store_true", help="print for programs")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port. Give a number from 1 to 65535.")
    return int(text)


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


def _add_preview(preview: argparse.ArgumentParser) -> None:
    preview.add_argument("lesson", nargs="?", default="", help="the lesson, by its id or its file; or a lessons folder")
    preview.add_argument("--port", type=_port, default=8100, help="where the page is served (default: %(default)s)")


def _add_gift(gift: argparse.ArgumentParser) -> None:
    gift.add_argument("what", choices=["export", "import"], help="from a lesson to GIFT, or from GIFT to cards")
    gift.add_argument("which", help="the lesson, by its id or its file; or the file of GIFT")
    gift.add_argument("--to", type=Path, help="with import: the file that gets the cards, at its end")


def _add_words(words: argparse.ArgumentParser) -> None:
    words.add_argument("path", nargs="?", default="", help="a folder of courses (else all lessons)")
    words.add_argument("--asked", action="store_true", help="the words that learners asked for instead")
    words.add_argument("--json", action="store_true", help="print for programs")


def _add_backup(backup: argparse.ArgumentParser) -> None:
    backup.add_argument("file", nargs="?", type=Path, help="the new file, or a folder for it")


def _add_restore(restore: argparse.ArgumentParser) -> None:
    restore.add_argument("file", type=Path, help="the backup")
    restore.add_argument("--yes", action="store_true", help="replace what is there, without being asked")
    restore.add_argument("--send-old", action="store_true", help="send what has been owed for more than a day, too")


def _days(word: str) -> int:
    number = word.removesuffix("d")
    if not (number.isascii() and number.isdigit() and len(number) <= _DIGITS):
        raise argparse.ArgumentTypeError(f"'{word}' is not a number of days. Give one, as in 90d.")
    return int(number)


def _settings() -> str:
    """Every setting, for the help of `run`."""
    lines = ["settings (variables of the environment, or lines NAME=value in a file .env):"]
    for setting in SETTINGS:
        lines += [f"  {setting.name}", indent(fill(f"{setting.meaning} Default: {setting.default}.", 100), "      ")]
    return "\n".join(["", *lines, ""])
