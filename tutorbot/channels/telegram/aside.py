"""Small calls that nobody waits for: answers to presses, lines to helpers. Tried a few times, then let go.

What shows in a group takes its place in the pace of that group, like any message there.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import cast

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from tutorbot.channels.telegram.api import Api

log = logging.getLogger(__name__)

TRIES = 3
LONGEST_WAIT = 60.0  # seconds
AT_ONCE = 50  # of the hundred connections we have; messages owed need the others
MOST = 1000  # under way or waiting for that


Fields = Mapping[str, object]
Place = tuple[str, object, object]
"""A method, and the chat and the message that it is about."""


class Aside:
    """Calls under way."""

    def __init__(
        self,
        api: Api,
        turn: Callable[[int], Awaitable[None]],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`turn`: returns when one more call may go to this group."""
        self._api, self._turn, self._pause = api, turn, pause
        self._tasks: set[asyncio.Task[None]] = set()
        self._latest: dict[Place, Fields] = {}  # what waits for its turn in a group
        self._at_once = asyncio.Semaphore(AT_ONCE)

    def call(self, method: str, **fields: object) -> None:
        """Start a call. One too many is let go: a slow Telegram must not hold up what comes in.

        Of calls that change the same message of a group, and still wait, only the last goes.
        """
        place = (method, fields.get("chat_id"), fields.get("message_id"))
        if place in self._latest:
            self._latest[place] = fields
            return
        if len(self._tasks) >= MOST:
            log.info("%s was let go: too many are under way", method, extra={"action": "aside_let_go"})
            return
        if _shows_in_group(fields) and "message_id" in fields:
            self._latest[place] = fields
        task = asyncio.create_task(self._try(place, fields))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self, seconds: float = 3.0) -> None:
        """Let the calls under way end; those that take longer are given up."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()

    async def _try(self, place: Place, fields: Fields) -> None:
        method, chat, _ = place
        for attempt in range(1, TRIES + 1):
            if _shows_in_group(fields):
                await self._turn(cast("int", chat))
                fields = self._latest.pop(place, fields)
            try:
                async with self._at_once:
                    await self._api.call(method, **fields)
            except TelegramError as error:
                wait = _wait(error, attempt)
                if wait is None or attempt == TRIES:
                    # Not worth a warning: a press older than some minutes can no longer be answered.
                    log.info("%s was let go: %s", method, type(error).__name__, extra={"action": "aside_let_go"})
                    return
                await self._pause(wait)
            else:
                return


def _shows_in_group(fields: Fields) -> bool:
    chat = fields.get("chat_id")
    return isinstance(chat, int) and chat < 0


def _wait(error: TelegramError, attempt: int) -> float | None:
    """Seconds until another try; None if it would not help."""
    if isinstance(error, RetryAfter):
        return min(seconds_of(error), LONGEST_WAIT)
    return float(attempt) if isinstance(error, NetworkError) and not isinstance(error, BadRequest) else None


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
