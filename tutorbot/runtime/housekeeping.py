"""What has to be tidied up now and then, so that nothing grows for ever."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from tutorbot.errors import StoreUnavailable
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.rights.erasure import Eraser
from tutorbot.runtime.rights.retention import Retention

log = logging.getLogger(__name__)

EVERY = timedelta(days=1)
WANTED = timedelta(days=90)  # how long a word that nobody asks for any more is kept for authors
AGAIN = timedelta(minutes=1)  # between two looks whether somebody is still to be forgotten
REMEMBERED = timedelta(days=7)  # how long an event's key is known; Telegram repeats nothing older than a day


async def keep_house(retention: Retention, clock: Callable[[], datetime], stop: asyncio.Event) -> None:
    """Tidy up, until stopped."""
    await asyncio.gather(_tidy_up(retention, clock, stop), _keep_promises(retention.eraser, clock, stop))


async def _tidy_up(retention: Retention, clock: Callable[[], datetime], stop: asyncio.Event) -> None:
    """Once a day, a little at a time: nobody waits for it."""
    while not stop.is_set():
        try:
            await retention.store.transact(lambda tx: _tidy(tx, clock()))
            await retention.prune(clock())
        except StoreUnavailable:
            log.warning("The house could not be tidied; it will be tomorrow.", extra={"action": "tidy_failed"})
        await _pause(EVERY, stop)


def _tidy(tx: Transaction, now: datetime) -> None:
    tx.forget_events(now - REMEMBERED)
    tx.words.forget(now - WANTED)
    tx.signing.forget(now)


async def _keep_promises(eraser: Eraser, clock: Callable[[], datetime], stop: asyncio.Event) -> None:
    """Go on with forgetting whoever a crash or a failing store has left half forgotten."""
    while not stop.is_set():
        try:
            await eraser.finish_all(clock())
        except StoreUnavailable:
            log.warning("Those who asked to be forgotten have to wait.", extra={"action": "erasure_waits"})
        await _pause(AGAIN, stop)


async def _pause(time: timedelta, stop: asyncio.Event) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), time.total_seconds())
