"""Runs the parts that bootstrap builds: all in one process, or as many that share the work on one PostgreSQL.

Any number may serve pages and take Telegram's calls. One leads at a time: it alone sends, asks Telegram and keeps
house. So Telegram's limits are kept by one count in memory.
"""

import asyncio
import logging
import socket
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack
from functools import partial
from importlib import import_module
from typing import Any

from tutorbot import collector
from tutorbot.bootstrap import (
    House,
    Outgoing,
    make_sender,
    make_telegram,
    now,
    opened,
    say_where,
)
from tutorbot.caretaker import look_over, prepare
from tutorbot.channels.telegram.bot import Telegram
from tutorbot.config import Settings
from tutorbot.errors import SettingError, kind_and_place
from tutorbot.listening import STOPPING, listen, told_to_stop
from tutorbot.runtime.housekeeping import keep_house
from tutorbot.runtime.live import ALL, OUTBOX
from tutorbot.runtime.rights.retention import Retention
from tutorbot.store.urls import parse, path_of

log = logging.getLogger(__name__)

_PAGES = "tutorbot.pages"


def run_all(settings: Settings) -> None:
    """Everything in one process, until it is told to stop."""
    prepare(settings)
    _run_pages(settings, leads=True)


def run_web(settings: Settings) -> None:
    """The pages and Telegram's calls, until told to stop; what is owed is left to a worker."""
    _prepare_shared(settings)
    _run_pages(settings, leads=False)


def run_worker(settings: Settings) -> None:
    """All but the pages, until told to stop: while this process leads, or as soon as it does."""
    _prepare_shared(settings)
    if not settings.worker_port:
        return asyncio.run(_run(settings, None, pages=False, leads=True))
    with listen(settings.host, settings.worker_port, "Set TUTORBOT_WORKER_PORT to another.") as listening:
        return asyncio.run(_run(settings, listening, pages=False, leads=True))


def _prepare_shared(settings: Settings) -> None:
    """Before the start of one of several processes. `tutorbot migrate` has come first."""
    if path_of(parse(settings.database_url)):
        raise SettingError(
            "DATABASE_URL means a SQLite file, which serves one process. Use `tutorbot run`, or set it to PostgreSQL."
        )
    if settings.given_secret_key is None:
        raise SettingError("TUTORBOT_SECRET_KEY is not set. Set it, to the same for every web and worker process.")
    look_over(settings)


def _run_pages(settings: Settings, *, leads: bool) -> None:
    with listen(settings.host, settings.port, "Set PORT to another.") as listening:
        asyncio.run(_run(settings, listening, pages=True, leads=leads))


async def _run(settings: Settings, listening: socket.socket | None, *, pages: bool, leads: bool) -> None:
    """`listening`: where we are asked for the pages, or by programs alone; None: nowhere."""
    outgoing, stopped = Outgoing(), asyncio.Event()
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(opened(settings, outgoing))
        needed = settings.telegram_token and (leads or settings.public_url)
        if settings.telegram_token and settings.telegram_helpers_chat:
            await house.office.set_chat(f"telegram:{settings.telegram_helpers_chat}")
        telegram = await make_telegram(house, stack) if needed else None
        parts = [house.library.watch(stopped), house.store.follow(partial(_heard, house, outgoing), stopped)]
        if leads:
            parts.append(house.store.lead(partial(_lead, house, telegram, outgoing, stopped), stopped))
        works = [start(part) for part in parts]
        house.pulse.watch(works)
        server = await _server(house, telegram, pages=pages) if listening else None
        collector.spare()
        await say_where(house, pages=pages)
        await (server.serve(sockets=[listening]) if server else told_to_stop())
        stopped.set()
        await _ended(works, 3 * STOPPING)


async def _server(house: House, telegram: Telegram | None, *, pages: bool) -> Any:
    """What serves the pages, or programs alone. It is imported while all else begins its work."""
    made = await asyncio.to_thread(import_module, _PAGES)
    return made.make_pages(house, telegram) if pages else made.make_watch(house)


def _heard(house: House, outgoing: Outgoing, bells: Sequence[str]) -> None:
    """Another process has written something."""
    house.live.ring(bells)
    if not {OUTBOX, ALL}.isdisjoint(bells):
        outgoing.look()


async def _lead(
    house: House, telegram: Telegram | None, outgoing: Outgoing, stopped: asyncio.Event, succeeds: bool
) -> None:
    """What only one process may do at a time, until `stopped`. `succeeds`: another one may have done it until now."""
    if outgoing.before:
        await outgoing.before.settled()  # what it has sent, and not written down yet, would be sent again
    sender = make_sender(house, telegram, succeeds=succeeds)
    parts = [
        sender.run(),
        keep_house(Retention(house.conversation.eraser, house.settings.keep), now, stopped),
        house.timekeeper.run(stopped),
    ]
    works = [start(part) for part in [*parts, *([telegram.run()] if telegram else [])]]
    house.pulse.watch(works)
    outgoing.sender = sender
    try:
        await stopped.wait()
        if telegram:
            telegram.stop()
        await sender.stop()
        await _ended(works, STOPPING)
    finally:
        outgoing.sender, outgoing.before = None, sender
        for work in works:
            work.cancel()


def start(part: Coroutine[None, None, None]) -> asyncio.Task[None]:
    """Start a part that runs beside the pages. Nobody waits for it, so should a bug end it, the log says so."""

    def tell(ended: asyncio.Task[None]) -> None:
        if not ended.cancelled() and (bug := ended.exception()):
            what = kind_and_place(bug)
            log.critical("A part of the program has ended (%s). Start it again.", what, extra={"action": "part_ended"})

    work = asyncio.create_task(part)
    work.add_done_callback(tell)
    return work


async def _ended(works: Sequence[asyncio.Task[None]], patience: float) -> None:
    """Wait for these to end; then end them."""
    await asyncio.wait(works, timeout=patience)
    for work in works:
        work.cancel()
    await asyncio.wait(works, timeout=STOPPING)
