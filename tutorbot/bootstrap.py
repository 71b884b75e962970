"""Builds the concrete parts and joins them: the only file that knows them all."""

import asyncio
import gc
import logging
import os
import random
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote

from pydantic import SecretStr
from starlette.routing import BaseRoute

from tutorbot.channels.preview import app as previews
from tutorbot.channels.preview.parts import Parts as PreviewParts
from tutorbot.channels.preview.shelf import Shelf
from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.bot import Telegram
from tutorbot.channels.telegram.pace import Pace
from tutorbot.channels.terminal import Screen, Terminal
from tutorbot.channels.web.app import make_app
from tutorbot.channels.web.links import make_link
from tutorbot.channels.web.parts import Parts
from tutorbot.config import CHECKOUT, Settings, wants_colour
from tutorbot.curriculum.loader import Library
from tutorbot.curriculum.problem import Level
from tutorbot.errors import kind_and_place
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import Conversation
from tutorbot.runtime.desk import Desk, Who
from tutorbot.runtime.desk.tools import Tools
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.housekeeping import keep_house
from tutorbot.runtime.limits import Limits
from tutorbot.runtime.live import Live
from tutorbot.runtime.office import Office
from tutorbot.runtime.outbox import Sender
from tutorbot.runtime.ports import Transport
from tutorbot.runtime.rights.retention import Retention
from tutorbot.runtime.timekeeper import Timekeeper
from tutorbot.runtime.turns import Turns
from tutorbot.runtime.values import Owed
from tutorbot.serving import STOPPING, Server, listen, make_server
from tutorbot.store import schema
from tutorbot.store.database import SqlStore, open_store
from tutorbot.tutor.replies import Reply

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
FIRST_HELPER = "Robin"  # a made-up name for whoever tries the desk by the address printed at the start
DOCS = CHECKOUT / "docs" if CHECKOUT else Path(__file__).parent / "_docs"


def now() -> datetime:
    """The one clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class House:
    """The parts that every way of running shares."""

    settings: Settings
    store: SqlStore
    library: Library
    renderer: Renderer
    live: Live
    conversation: Conversation
    desk: Desk
    timekeeper: Timekeeper
    office: Office
    worker: str


def migrate(settings: Settings) -> list[str]:
    """Bring the database to the version this program knows; what was done, a line each."""
    return schema.migrate(settings.database_url)


@asynccontextmanager
async def opened(settings: Settings, deliver: Callable[[Sequence[Owed]], None] | None = None) -> AsyncIterator[House]:
    """The house, with its store open. `deliver`: who sends what is owed; nobody, unless told."""
    store = open_store(settings.database_url)
    try:
        yield _house(settings, store, deliver or (lambda _: None))
    finally:
        await store.close()


def _house(settings: Settings, store: SqlStore, deliver: Callable[[Sequence[Owed]], None]) -> House:
    library, renderer, live = Library(settings.lessons), Renderer(settings.keep), Live()
    for problem in (one for one in library.reload() if one.level is Level.ERROR):
        log.warning("%s", problem, extra={"action": "lesson_problem"})
    worker = f"{os.getpid()}-{token_hex(4)}"
    turns = Turns(Entries(renderer), worker, settings.waits)
    tools, limits = Tools(lambda: library.curriculum, turns), Limits(settings.learner_pace)

    return House(
        settings=settings,
        store=store,
        library=library,
        renderer=renderer,
        live=live,
        conversation=Conversation(store, tools.curriculum, turns, live, deliver, limits),
        desk=Desk(store, tools.curriculum, turns, live, deliver, now, tools.caution),
        timekeeper=Timekeeper(store, tools, live, deliver, now),
        office=Office(store, tools, now),
        worker=worker,
    )


# All in one


def serve(settings: Settings) -> None:
    """Serve everything until the process is told to stop."""
    for line in migrate(settings):
        log.info("The database was brought up to date: %s.", line, extra={"action": "migrated"})
    listening = listen(settings.host, settings.port, "Set PORT to another.")
    try:
        asyncio.run(_serve(settings, listening))
    finally:
        listening.close()


async def _serve(settings: Settings, listening: socket.socket) -> None:
    outgoing = _Outgoing()
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(opened(settings, outgoing.deliver))
        telegram = await _telegram(house, stack) if settings.telegram_token else None
        transports: dict[str, Transport] = {"telegram": telegram.transport} if telegram else {}
        pace = Pace(settings.telegram_pace)
        sender = outgoing.sender = Sender(house.store, transports, pace, now, house.worker, random.Random())  # noqa: S311
        if house.store.exclusive:
            await house.store.transact(lambda tx: tx.outbox.free_all())
        server = _server(house, telegram.routes if telegram else ())
        stopped = asyncio.Event()
        if settings.telegram_token and settings.telegram_helpers_chat:
            await house.office.set_chat(f"telegram:{settings.telegram_helpers_chat}")
        parts = [
            sender.run(),
            house.library.watch(stopped),
            keep_house(Retention(house.conversation.eraser, settings.keep), now, stopped),
            house.timekeeper.run(stopped),
        ]
        works = [start(part) for part in [*parts, *([telegram.run()] if telegram else [])]]
        await _say_where(house)
        _spare_the_collector()
        await server.serve(sockets=[listening])
        stopped.set()
        if telegram:
            telegram.stop()
        await sender.stop()
        await asyncio.wait(works, timeout=STOPPING)
        for work in works:
            work.cancel()


def _spare_the_collector() -> None:
    """Keep Python's garbage collector from walking through lessons and modules again and again: a tenth of all CPU."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def start(part: Coroutine[None, None, None]) -> asyncio.Task[None]:
    """Start a part that runs beside the pages. Nobody waits for it, so should a bug end it, the log says so."""

    def tell(ended: asyncio.Task[None]) -> None:
        if not ended.cancelled() and (bug := ended.exception()):
            what = kind_and_place(bug)
            log.critical("A part of the program has ended (%s). Start it again.", what, extra={"action": "part_ended"})

    work = asyncio.create_task(part)
    work.add_done_callback(tell)
    return work


class _Outgoing:
    """Who sends, once there is somebody: until then what is owed waits in the store."""

    sender: Sender | None = None

    def deliver(self, owed: Sequence[Owed]) -> None:
        if self.sender:
            self.sender.deliver(owed)


async def _telegram(house: House, stack: AsyncExitStack) -> Telegram:
    settings = house.settings
    api = await stack.enter_async_context(Api(_word(settings.telegram_token), settings.telegram_api_url))
    telegram = Telegram(
        api,
        house.store,
        house.conversation,
        house.desk,
        house.renderer,
        lessons=settings.lessons,
        helpers=settings.telegram_helpers_chat,
        public_url=settings.public_url,
        secret=_word(settings.telegram_webhook_secret),
        clock=now,
    )
    await telegram.load()
    stack.push_async_callback(telegram.close)
    return telegram


def _server(house: House, routes: Sequence[BaseRoute]) -> Server:
    parts = Parts(
        store=house.store,
        conversation=house.conversation,
        desk=house.desk,
        live=house.live,
        library=house.library,
        docs=DOCS,
        keep=house.settings.keep,
        secret_key=_word(house.settings.secret_key),
        public_url=house.settings.public_url,
        clock=now,
        extra=routes,
    )
    return make_server(make_app(parts), behind_proxy=bool(house.settings.public_url))


async def _say_where(house: House) -> None:
    """Where to go, for whoever started this by hand."""
    base = base_url(house.settings)
    link = ""
    if not house.settings.public_url:
        link = await sign_in_address(house, await house.office.enlist(FIRST_HELPER, coordinator=True))
    print(house.renderer.words(Reply("started", {"learners": base, "helpers": link, "name": FIRST_HELPER})), flush=True)


async def sign_in_address(house: House, who: Who) -> str:
    """The address that signs this helper in at the web desk, once."""
    return await make_link(house.store, who.name, now(), base_url(house.settings))


def base_url(settings: Settings) -> str:
    """Where the pages are, as people type it."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    return settings.public_url or f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


# At the keyboard


def chat(settings: Settings, *, repro: bool = False) -> None:
    """A learner at the keyboard. `repro`: print the dialog at the end, as a test."""
    migrate(settings)
    asyncio.run(_chat(settings, repro))


async def _chat(settings: Settings, repro: bool) -> None:
    async with opened(settings) as house:
        terminal = Terminal(
            house.conversation,
            house.store,
            house.renderer,
            now,
            Screen(shutil.get_terminal_size().columns, colour=wants_colour(sys.stdout)),
        )
        await terminal.talk()
        if repro:
            print("\n".join(terminal.dialog))


# For authors


def preview(folder: Path, path: str, port: int) -> None:
    """Show lessons to their author, on this machine alone, until it is stopped. `path`: the lesson; "": all of them."""
    parts = PreviewParts(Shelf(folder))
    with listen(LOOPBACK, port, "Give another, as in --port 8200.") as listening:
        parts.shelf.reload()
        where = f"http://{LOOPBACK}:{port}/{f'lesson/{quote(parts.shelf.name_of(path))}' if path else ''}"
        print(parts.renderer.words(Reply("started_preview", {"address": where})), flush=True)
        asyncio.run(_preview(parts, path, listening))


async def _preview(parts: PreviewParts, path: str, listening: socket.socket) -> None:
    stopped = asyncio.Event()
    watching = asyncio.create_task(previews.keep_up(parts, stopped, first=path))
    await make_server(previews.make_app(parts)).serve(sockets=[listening])
    stopped.set()
    await watching


def _word(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
