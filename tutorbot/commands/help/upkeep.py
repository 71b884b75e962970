"""The words of `migrate`, `backup`, `restore` and `doctor`: what looks after the house. See `parser`."""

import argparse
from pathlib import Path

from tutorbot.commands.help.command import Command

SUMMARIES = {
    "migrate": "bring the database up to date",
    "backup": "copy the database and the secret key into one file",
    "restore": "put a backup in the place of the database",
    "doctor": "look whether everything needed is there",
}
_MIGRATE = """
Brings the database to the version that this program knows, and makes it if there is none. `tutorbot run` does it too;
this command is for platforms that do it once before a new version starts. All or nothing; twice does no harm.
"""
_BACKUP = """
Copies the database and the secret key into one file, also while the tutor runs. The copy is of one moment, is looked
through, and is readable to you alone. With no name it goes into the folder `backups` of the data folder. PostgreSQL
needs its own program pg_dump.
"""
_BACKUP_EXAMPLES = """
examples:
  tutorbot backup                  into data/backups, named after this moment
  tutorbot backup /mnt/usb         the same, into another folder
  tutorbot backup before-fair.zip  with a name of yours
"""
_RESTORE = """
Puts a backup in the place of the database. Stop the tutor first. The backup is looked through before anything changes,
and what was there before is kept. Messages that the backup has owed for more than a day are set aside. PostgreSQL needs
its own programs pg_dump and pg_restore.
"""
_RESTORE_EXAMPLES = """
examples:
  tutorbot restore data/backups/tutorbot-2026-11-22-030000.zip
  TUTORBOT_DATA=/tmp/drill tutorbot restore copy.zip    a drill, far from the real thing
"""
_DOCTOR = """
Looks whether everything that is needed is there and well: disk, rights, database, backups, what waits to be sent, who
waits for a helper, lessons, Telegram, and what the bot may do in the helpers' group. For each it says what is so and
what to do. Changes nothing.
"""


def add(command: Command) -> None:
    """Add them."""
    command("migrate", _MIGRATE)
    _add_backup(command("backup", _BACKUP, _BACKUP_EXAMPLES))
    _add_restore(command("restore", _RESTORE, _RESTORE_EXAMPLES))
    command("doctor", _DOCTOR).add_argument("--json", action="store_true", help="print for programs")


def _add_backup(backup: argparse.ArgumentParser) -> None:
    backup.add_argument("file", nargs="?", type=Path, help="the new file, or a folder for it")


def _add_restore(restore: argparse.ArgumentParser) -> None:
    restore.add_argument("file", type=Path, help="the backup")
    restore.add_argument("--yes", action="store_true", help="replace what is there, without being asked")
    restore.add_argument("--send-old", action="store_true", help="send what has been owed for more than a day, too")
