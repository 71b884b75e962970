"""The words of `run`, `web`, `worker` and `chat`: what serves learners. See `parser`."""

from textwrap import fill, indent

from tutorbot.commands.help.command import Command
from tutorbot.config import SETTINGS

SUMMARIES = {
    "run": "serve learners and helpers",
    "web": "of several processes: serve the pages",
    "worker": "of several processes: send, and do all that is done by one alone",
    "chat": "be a learner in this terminal",
}
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
_CHAT_EXAMPLES = """
examples:
  tutorbot chat
  TUTORBOT_LESSONS=my/lessons TUTORBOT_DATA=/tmp/trial tutorbot chat --repro
"""


def add(command: Command) -> None:
    """Add them."""
    settings = _settings()
    for name, about in (("run", _RUN), ("web", _WEB), ("worker", _WORKER)):
        command(name, about, settings)
    chat = command("chat", _CHAT, _CHAT_EXAMPLES)
    chat.add_argument("--repro", action="store_true", help="print the dialog at the end, as a test has it")


def _settings() -> str:
    """Every setting, for the help of `run`."""
    lines = ["settings (variables of the environment, or lines NAME=value in a file .env):"]
    for setting in SETTINGS:
        lines += [f"  {setting.name}", indent(fill(f"{setting.meaning} Default: {setting.default}.", 100), "      ")]
    return "\n".join(["", *lines, ""])
