"""Builds the concrete parts of what serves and joins them."""

import logging
import os
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from secrets import token_hex

from tutorbot.caretaker import meters_of, word_of
from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.bot import Telegram
from tutorbot.channels.telegram.pace import ALL_PER_SECOND, CHAT_PER_SECOND, Pace
from tutorbot.channels.web import links
from tutorbot.collector import nothing_thrown_away
from tutorbot.config import Settings
from tutorbot.curriculum.loader import Library
from tutorbot.curriculum.problem import Level
from tutorbot.desk.caution import concerns
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import Conversation
from tutorbot.runtime.desk import Desk, Who
from tutorbot.runtime.desk.tools import Tools
from tutorbot.runtime.doubt import Doubt
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.limits import Limits
from tutorbot.runtime.live import Live
from tutorbot.runtime.meters import Meters
from tutorbot.runtime.office import Office
from tutorbot.runtime.outbox import Sender
from tutorbot.runtime.ports import Transport
from tutorbot.runtime.pulse import Pulse
from tutorbot.runtime.timekeeper import Timekeeper
from tutorbot.runtime.turns import Turns
from tutorbot.runtime.values import Owed
from tutorbot.store.database import SqlStore, open_store
from tutorbot.tutor.replies import Reply

log = logging.getLogger(__name__)

FIRST_HELPER = "Robin"  # a made-up name for whoever tries the desk by the address printed at the start


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
    meters: Meters
    pulse: Pulse = field(default_factory=Pulse)


class Outgoing:
    """Who sends in this process, while it leads. Else what is owed waits in the store, for the one that does."""

    sender: Sender | None = None
    before: Sender | None = None  # who did when this process led before

    def worker(self) -> str:
        """Their name; "": there is nobody."""
        return self.sender.worker if self.sender else ""

    def deliver(self, owed: Sequence[Owed]) -> None:
        """Here is something to send."""
        if self.sender:
            self.sender.deliver(owed)

    def look(self) -> None:
        """There may be something to send in the store."""
        if self.sender:
            self.sender.look()


@asynccontextmanager
async def opened(settings: Settings, outgoing: Outgoing | None = None) -> AsyncIterator[House]:
    """The house, with its store open. `outgoing`: who sends what is owed; nobody, unless told."""
    meters = meters_of(settings)
    store = open_store(settings.database_url, meters)
    try:
        yield _house(settings, store, meters, outgoing or Outgoing())
    finally:
        await store.close()


def _house(settings: Settings, store: SqlStore, meters: Meters, outgoing: Outgoing) -> House:
    library, renderer, live = Library(settings.lessons), Renderer(settings.keep), Live()
    with nothing_thrown_away():
        problems = library.reload()
    for problem in (one for one in problems if one.level is Level.ERROR):
        log.warning("%s", problem, extra={"action": "lesson_problem"})
    turns = Turns(Entries(renderer), outgoing.worker, settings.waits)
    tools, limits = Tools(lambda: library.curriculum, turns, concerns), Limits(settings.learner_pace)

    return House(
        settings=settings,
        store=store,
        library=library,
        renderer=renderer,
        live=live,
        conversation=Conversation(store, tools.curriculum, turns, live, outgoing.deliver, meters, limits),
        desk=Desk(store, tools.curriculum, turns, live, outgoing.deliver, now, tools.caution),
        timekeeper=Timekeeper(store, tools, live, outgoing.deliver, now),
        office=Office(store, tools, now),
        meters=meters,
    )


# Parts of a running program


async def make_telegram(house: House, stack: AsyncExitStack) -> Telegram:
    """Telegram, open until the stack closes."""
    settings = house.settings
    api = await stack.enter_async_context(Api(word_of(settings.telegram_token), settings.telegram_api_url))
    telegram = Telegram(
        api,
        house.store,
        house.conversation,
        house.desk,
        house.renderer,
        lessons=settings.lessons,
        public_url=settings.public_url,
        secret=word_of(settings.telegram_webhook_secret),
        desk_link=partial(links.sign_in_address, settings.public_url) if settings.public_url else None,
        clock=now,
    )
    await telegram.load()
    stack.push_async_callback(telegram.close)
    return telegram


def make_sender(house: House, telegram: Telegram | None, *, succeeds: bool) -> Sender:
    """Who sends. `succeeds`: another process may have sent until now."""
    fast = house.settings.telegram_pace > ALL_PER_SECOND  # agreed upon with Telegram, which says itself when to wait
    pace = Pace(house.settings.telegram_pace, per_chat=None if fast else CHAT_PER_SECOND, spent=succeeds)
    transports: dict[str, Transport] = {"telegram": telegram.transport(pace)} if telegram else {}
    worker, chance = f"{os.getpid()}-{token_hex(4)}", random.Random()  # noqa: S311 (only for waiting)
    doubt = Doubt(Entries(house.renderer), house.live)
    return Sender(house.store, transports, pace, now, worker, chance, house.meters, doubt)


async def say_where(house: House, *, pages: bool) -> None:
    """Where to go, for whoever started this by hand."""
    if not pages:
        print(house.renderer.words(Reply("started_worker")), flush=True)
        return
    base = base_url(house.settings)
    alone = not (house.settings.public_url or house.settings.is_open)  # others may read what is printed here
    link = await sign_in_address(house, await house.office.enlist(FIRST_HELPER, coordinator=True)) if alone else ""
    print(house.renderer.words(Reply("started", {"learners": base, "helpers": link, "name": FIRST_HELPER})), flush=True)


async def sign_in_address(house: House, who: Who) -> str:
    """The address that signs this helper in at the web desk, once."""
    return links.sign_in_address(base_url(house.settings), await house.desk.sign_in_link(who))


def base_url(settings: Settings) -> str:
    """Where the pages are, as people type it."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    return settings.public_url or f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
