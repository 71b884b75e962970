"""What has to be tidied up now and then, so that nothing grows for ever."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from tutorbot.errors import StoreUnavailable
from tutorbot.runtime.ports import Store, Transaction

log = logging.getLogger(__name__)

EVERY = timedelta(days=1)
WANTED = timedelta(days=90)  # how long a word that nobody asks for any more is kept for authors
REMEMBERED = timedelta(days=7)  # how long an event's key is known; Telegram repeats nothing older than a day


async def keep_house(store: Store, clock: Callable[[], datetime], stop: asyncio.Event) -> None:
    """Tidy up once a day, until stopped."""
    while not stop.is_set():
        try:
            await store.transact(lambda tx: _tidy(tx, clock()))
        except StoreUnavailable:
            log.warning("The house could not be tidied; it will be tomorrow.", extra={"action": "tidy_failed"})
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), EVERY.total_seconds())


def _tidy(tx: Transaction, now: datetime) -> None:
    tx.forget_events(now - REMEMBERED)
    tx.words.forget(now - WANTED)
    tx.signing.forget(now)
