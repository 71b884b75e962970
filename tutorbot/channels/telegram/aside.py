"""Small calls that nobody waits for: answers to presses, lines to helpers. Tried a few times, then let go."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from tutorbot.channels.telegram.api import Api

log = logging.getLogger(__name__)

TRIES = 3
LONGEST_WAIT = 60.0  # seconds
AT_ONCE = 50  # of the hundred connections we have; messages owed need the others
MOST = 1000  # under way or waiting for that


class Aside:
    """Calls under way."""

    def __init__(self, api: Api, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._api, self._pause = api, pause
        self._tasks: set[asyncio.Task[None]] = set()
        self._at_once = asyncio.Semaphore(AT_ONCE)

    def call(self, method: str, **fields: object) -> None:
        """Start a call. One too many is let go: a slow Telegram must not hold up what comes in."""
        if len(self._tasks) >= MOST:
            log.info("%s was let go: too many are under way", method, extra={"action": "aside_let_go"})
            return
        task = asyncio.create_task(self._try(method, fields))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self, seconds: float = 3.0) -> None:
        """Let the calls under way end; those that take longer are given up."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()

    async def _try(self, method: str, fields: Mapping[str, object]) -> None:
        for attempt in range(1, TRIES + 1):
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


def _wait(error: TelegramError, attempt: int) -> float | None:
    """Seconds until another try; None if it would not help."""
    if isinstance(error, RetryAfter):
        return min(seconds_of(error), LONGEST_WAIT)
    return float(attempt) if isinstance(error, NetworkError) and not isinstance(error, BadRequest) else None


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
