"""The other processes on the same PostgreSQL: which one leads, and what they tell each other. Knows no table.

Who holds an advisory lock leads. The server gives the lock back when the session ends, however it ends, so nothing has
to be tidied up after a process that was killed. Both need a session of their own: a pooler that lends connections for
one transaction at a time (as PgBouncer may) breaks them.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

import psycopg
from sqlalchemy.engine import URL

from tutorbot.runtime.live import ALL
from tutorbot.runtime.ports import Duty
from tutorbot.store.postgres import connect
from tutorbot.store.query import CHANNEL

log = logging.getLogger(__name__)

BEAT: Final = 1.0  # seconds between two looks at the lock, whether we hold it or wait for it
SILENCE: Final = 4  # seconds; a server that is silent for so long is gone for us, and with it the lead
GONE: Final = 15  # seconds; who is silent for so long is gone for the server: longer, so that two never lead at once

_LOCK: Final = 0x6C656164  # "lead": advisory locks have numbers for names
_TAKE: Final = f"SELECT pg_try_advisory_lock({_LOCK})"
_IS_OURS: Final = f"""
SELECT count(*) > 0 FROM pg_locks
WHERE locktype = 'advisory' AND objid = {_LOCK} AND pid = pg_backend_pid() AND granted
"""  # noqa: S608 (a number of ours)

Ask = Callable[[str], Coroutine[Any, Any, bool]]


class Others:
    """The others, as one process sees them. `name`: how it marks what it tells, so as not to hear itself."""

    def __init__(self, url: URL, name: str) -> None:
        self._url, self._name = url, name

    async def lead(self, duty: Duty, stop: asyncio.Event) -> None:
        """See `ports.Store`."""
        succeeds = told = False
        while not stop.is_set():
            try:
                async with _asking(self._url) as ask:
                    told = False
                    while not await ask(_TAKE):
                        succeeds = True
                        if await _is_set(stop, BEAT):
                            return
                    log.info("This process leads now.", extra={"action": "lead_taken"})
                    if await _while_ours(duty(succeeds), ask):
                        return
            except psycopg.Error as error:
                if not told:
                    what = type(error).__name__
                    log.warning("This process cannot lead now (%s).", what, extra={"action": "lead_lost"})
                told = True
            succeeds = True
            await _is_set(stop, BEAT)

    async def follow(self, heard: Callable[[Sequence[str]], None], stop: asyncio.Event) -> None:
        """See `ports.Store`."""
        deaf = False
        while not stop.is_set():
            try:
                async with _session(self._url) as session:
                    await asyncio.to_thread(session.execute, f"LISTEN {CHANNEL}")
                    if deaf:
                        log.info("Other processes are heard again.", extra={"action": "hearing"})
                    deaf = False
                    heard([ALL])  # whatever was told until now
                    while not stop.is_set():
                        for words in await asyncio.to_thread(self._words, session):
                            heard(words)
            except psycopg.Error as error:
                if not deaf:
                    what = type(error).__name__
                    log.warning("Other processes are not heard (%s): all takes longer.", what, extra={"action": "deaf"})
                deaf = True
            await _is_set(stop, BEAT)

    def _words(self, session: psycopg.Connection) -> list[list[str]]:
        """What was told until somebody told something, or some time has gone by."""
        told = [one.payload.split(" ") for one in session.notifies(timeout=BEAT, stop_after=1)]
        return [words for name, *words in told if name != self._name]


async def _while_ours(term: Coroutine[Any, Any, None], ask: Ask) -> bool:
    """Whether our term in the lead came to its own end; else the lead was lost, and what was under way is cancelled."""
    work = asyncio.ensure_future(term)
    try:
        while not work.done():
            await asyncio.wait({work}, timeout=BEAT)
            if not work.done() and not await ask(_IS_OURS):
                log.warning("The lead was lost.", extra={"action": "lead_lost"})
                return False
        work.result()
        return True
    finally:
        work.cancel()
        await asyncio.wait({work})


@asynccontextmanager
async def _session(url: URL, silence: int = 10) -> AsyncIterator[psycopg.Connection]:
    session = await asyncio.to_thread(connect, url, silence)
    try:
        yield session
    finally:
        await asyncio.to_thread(session.close)


@asynccontextmanager
async def _asking(url: URL) -> AsyncIterator[Ask]:
    """Asks the server something; true or false. On a session that dies on both sides when one of them falls silent."""
    async with _session(url, SILENCE) as session:

        async def ask(sql: str) -> bool:
            (row,) = (await asyncio.to_thread(session.execute, sql)).fetchall()
            return bool(row[0])

        await asyncio.to_thread(session.execute, f"SET idle_session_timeout = '{GONE}s'")
        yield ask


async def _is_set(stop: asyncio.Event, seconds: float) -> bool:
    """Whether it is, after waiting for it for so long."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
    return stop.is_set()
