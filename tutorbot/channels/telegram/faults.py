"""What an error of Telegram means for a message: try again, when, or never. By exact kind and text.

A refusal we do not know is of this one message: trying again would change nothing and hold up those behind it.
"""

from collections.abc import Iterable
from datetime import timedelta

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError, TimedOut

from tutorbot.channels.telegram.aside import seconds_of
from tutorbot.errors import TransportError

# As the Bot API server words it, in small letters.
_NOBODY_THERE = (
    "bot was blocked by the user",
    "user is deactivated",
    "bot can't initiate conversation with a user",
    "bot can't send messages to bots",
    "bot was kicked from",
    "bot is not a member of",
    "the group chat was deleted",
    "group chat was deactivated",
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "input_user_deactivated",
    "user_is_blocked",
)
_MAY_PASS = ("rights", "chat_write_forbidden", "chat_restricted", "topic_closed")  # an administrator can mend it
_NOT_MODIFIED = ("message is not modified",)
_TOPIC_GONE = ("message thread not found", "topic_id_invalid", "topic_deleted")
_TOPIC_CLOSED = ("topic_closed",)
_GONE = ("message to delete not found", "message to edit not found")


def transport_error(error: TelegramError, *, may_return: bool = False) -> TransportError:
    """The error as the sender understands it. `may_return`: of a chat that lets us in again, nothing is given up."""
    if isinstance(error, RetryAfter):
        return TransportError(str(error), retry_after=timedelta(seconds=seconds_of(error)))
    if isinstance(error, TimedOut):
        return TransportError(str(error), unsure=True)
    if isinstance(error, Forbidden | BadRequest) and _says(error, _NOBODY_THERE):
        return TransportError(str(error), permanent=not may_return)
    # BadRequest is a kind of NetworkError in the library, but trying again does not help it.
    return TransportError(str(error), refused=isinstance(error, BadRequest) and not _says(error, _MAY_PASS))


def is_not_modified(error: BadRequest) -> bool:
    """The message stands as it should already."""
    return _says(error, _NOT_MODIFIED)


def is_topic_gone(error: BadRequest) -> bool:
    """Somebody deleted the topic; bots are not told of that otherwise."""
    return _says(error, _TOPIC_GONE)


def is_topic_closed(error: BadRequest) -> bool:
    """Somebody closed the topic."""
    return _says(error, _TOPIC_CLOSED)


def is_of_topic(error: TelegramError) -> bool:
    """It is about the topic that was written in."""
    return _says(error, (*_TOPIC_GONE, *_TOPIC_CLOSED))


def is_gone(error: BadRequest) -> bool:
    """The message is not there any more."""
    return _says(error, _GONE)


def _says(error: TelegramError, texts: Iterable[str]) -> bool:
    said = str(error).lower()
    return any(text in said for text in texts)
