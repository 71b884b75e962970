"""Asks Telegram for updates. Telegram may forget a batch only when everything in it is committed.

Telegram forgets what lies below the offset of the next call, so until then it is our durable queue, for a day. The
library's own poller moves the offset before its handlers have run, and a crash would lose up to a hundred updates.
"""

import asyncio
import contextlib
import logging
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeVar

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.aside import seconds_of
from tutorbot.channels.telegram.updates import WANTED, lane
from tutorbot.errors import StoreUnavailable

log = logging.getLogger(__name__)

POLL_SECONDS = 50
CONFIRM_SECONDS = 2
BATCH = 100
SHORTEST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds between tries
CONFLICT_WAIT = 30.0  # seconds; each try ends the other program's call, so it must be rare

Raw = Mapping[str, Any]
T = TypeVar("T")


class Poller:
    """The loop. `handle` returns when an update is committed, or raises StoreUnavailable."""

    def __init__(
        self,
        api: Api,
        handle: Callable[[Raw], Awaitable[None]],
        chance: Callable[[], float] = random.random,
        poll_seconds: int = POLL_SECONDS,
    ) -> None:
        self._api, self._handle, self._chance, self._poll_seconds = api, handle, chance, poll_seconds
        self._stopping = asyncio.Event()
        self._offset: int | None = None
        self._failures = 0  # in a row
        self._told = ""  # what the log says is wrong now

    async def run(self) -> None:
        """Until `stop`. May be cancelled, and run anew."""
        self._offset = None  # whoever asked meanwhile was further
        while not self._stopping.is_set() and not await self._succeeds(self._leave_webhook):
            pass
        while not self._stopping.is_set():
            await self._succeeds(self._take_batch)
        await self._confirm()

    def stop(self) -> None:
        """End the call that waits at Telegram; `run` returns when the batch at hand is committed."""
        self._stopping.set()

    async def _leave_webhook(self) -> None:
        await self._unless_stopped(self._api.call("deleteWebhook"))

    async def _take_batch(self) -> None:
        updates = await self._unless_stopped(
            self._api.call_slowly(
                "getUpdates",
                self._poll_seconds,
                offset=self._offset,
                limit=BATCH,
                timeout=self._poll_seconds,
                allowed_updates=WANTED,
            )
        )
        if updates:
            await self._commit(updates)
            self._offset = max(update["update_id"] for update in updates) + 1

    async def _commit(self, updates: Sequence[Raw]) -> None:
        """Returns when all are committed. StoreUnavailable: some are not, and all must come again."""
        lanes: defaultdict[int, list[Raw]] = defaultdict(list)
        for update in updates:
            lanes[lane(update)].append(update)
        done = await asyncio.gather(*map(self._in_order, lanes.values()), return_exceptions=True)
        for fault in filter(None, done):
            raise fault

    async def _in_order(self, updates: Sequence[Raw]) -> None:
        for update in updates:
            await self._handle(update)

    async def _confirm(self) -> None:
        """Tell Telegram what is committed, so that it is not sent again. If this is lost, no harm is done."""
        if self._offset is not None:
            with contextlib.suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(CONFIRM_SECONDS):
                    await self._api.call("getUpdates", offset=self._offset, limit=1, timeout=0)

    async def _succeeds(self, act: Callable[[], Awaitable[None]]) -> bool:
        """Whether it went well; if not, the time to wait has passed."""
        try:
            await act()
        except Exception as fault:  # even a bug must not make us deaf
            self._failures += 1
            await self._unless_stopped(asyncio.sleep(self._wait(fault)))
            return False
        if self._told:
            log.info("Updates come in again.", extra={"action": "poll_recovered"})
        self._failures, self._told = 0, ""
        return True

    def _wait(self, fault: Exception) -> float:
        """Seconds until the next try. What is wrong is logged once, however many tries it takes."""
        if self._told != (words := _told(fault)):
            log.warning("%s", words, extra={"action": "poll_waits"})
            self._told = words
        if isinstance(fault, RetryAfter):
            return seconds_of(fault)
        if isinstance(fault, Conflict | InvalidToken):
            return CONFLICT_WAIT
        longest: float = min(SHORTEST_WAIT * 2 ** min(self._failures, 10), LONGEST_WAIT)
        return longest * (0.5 + self._chance() / 2)

    async def _unless_stopped(self, act: Coroutine[Any, Any, T]) -> T | None:
        """What it returns; None if `stop` was first, and then it is cancelled."""
        task, stop = asyncio.ensure_future(act), asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
            return await task if task.done() else None
        finally:
            task.cancel()
            stop.cancel()


def _told(fault: Exception) -> str:
    """One line on what is wrong, and what to do where somebody can do something."""
    if isinstance(fault, Conflict):
        return "Another program asks for this bot's updates. Stop it; if it is not yours, change the bot's token."
    if isinstance(fault, InvalidToken):
        return "Telegram does not know this token. Look at TUTORBOT_TELEGRAM_TOKEN."
    if isinstance(fault, StoreUnavailable):
        return "The database does not answer. Updates wait at Telegram."
    what = str(fault) if isinstance(fault, TelegramError) else type(fault).__name__
    return f"Updates cannot be fetched: {what}. We keep trying."
