"""The log: one line a record, as text or as JSON; never a secret, never a learner's words.

As text it is a sentence and then `action=` and the like. `turn` joins the lines about one thing that somebody did.

Others write `log.info("A sentence.", extra={"action": "message_sent", "entry": 27})`. Libraries that tell of every
request are kept quiet: Telegram's addresses hold the bot's token.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable
from typing import Any, TextIO

from tutorbot.runtime.trail import trail

_QUIET = (  # tell of every single request or poll
    "aiohttp.access",
    "alembic",
    "asyncio",
    "httpcore",
    "httpx",
    "markdown_it",
    "sse_starlette",
    "telegram",
    "uvicorn.access",
    "uvicorn.error",
    "watchfiles",
)
_HIDDEN = "[hidden]"
_BOT_TOKEN = r"\d+:[A-Za-z0-9_-]{30,}"  # noqa: S105 (what any bot's token looks like)
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}


def set_up(level: str, secrets: Iterable[str] = (), stream: TextIO | None = None, form: str = "text") -> None:
    """Log to `stream` (stderr unless told) from `level` on ("debug" to "error"), with `secrets` blotted out.

    `form`: "text" or "json", a line a record.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLine(secrets) if form == "json" else OneLine(secrets))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    logging.getLogger("asyncio").addFilter(_without_words)


def _is_news(record: logging.LogRecord) -> bool:
    """False for what uvicorn calls an error each time a page is open while we stop: its stream just ends."""
    return "without completing response" not in record.getMessage()


def _without_words(record: logging.LogRecord) -> bool:
    """Keep only the first line of what asyncio says: below it stands what an error says, perhaps a person's words."""
    record.msg, record.args = record.getMessage().partition("\n")[0], ()
    return True


class OneLine(logging.Formatter):
    """A record as one line, `time LEVEL room: sentence key=value`, without any of the secrets."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")
        words = sorted({re.escape(secret) for secret in secrets if secret}, key=len, reverse=True)
        self._hidden = re.compile("|".join([*words, _BOT_TOKEN]))

    def format(self, record: logging.LogRecord) -> str:
        """The line. The trace of an error stands in it too, its lines parted by ` | `."""
        return self.hide(" | ".join(super().format(record).splitlines()))

    def hide(self, text: str) -> str:
        """The text without any of the secrets."""
        return self._hidden.sub(_HIDDEN, text)

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the library's name)
        """The trace and the kinds of error, without what they say: libraries put the value they choke on into it."""
        return "\n".join(_trace(ei[1]))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (the library's name)
        """The sentence and what was given beside it, before the trace."""
        return super().formatMessage(record) + "".join(f" {key}={value}" for key, value in _beside(record).items())


class JsonLine(OneLine):
    """A record as one line of JSON: time, level, logger, message, then what was given beside it, and a trace."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. What is neither text nor a number is written as text."""
        fields = {
            "time": self.formatTime(record, self.datefmt),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_beside(record),
            **({"trace": self.formatException(record.exc_info)} if record.exc_info else {}),
        }
        return json.dumps({key: self._told(value) for key, value in fields.items()}, ensure_ascii=False)

    def _told(self, value: object) -> object:
        return value if isinstance(value, int | float | None) else self.hide(str(value))


def _beside(record: logging.LogRecord) -> dict[str, Any]:
    """What was given beside the sentence, and the turn that it is about."""
    given = {key: value for key, value in vars(record).items() if key not in _OWN}
    return {**given, "turn": trail()} if trail() else given


def _trace(error: BaseException | None) -> list[str]:
    """Where an error came from, and before it the error that it came of."""
    if error is None:
        return []
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    return [*_trace(before), "Traceback (most recent call last):", frames, type(error).__name__]
