"""Telegram as one thing to start and stop: the way in, by asking or by being called, and the way out.

Any number of processes may be called (`in_front_of`); `run` and `transport` are for the one that leads.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from starlette.types import ASGIApp
from telegram.error import TelegramError

from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.aside import Aside
from tutorbot.channels.telegram.commands import Me, introduce
from tutorbot.channels.telegram.desk import TelegramDesk
from tutorbot.channels.telegram.groups import HelpersGroups
from tutorbot.channels.telegram.inbound import CHANNEL
from tutorbot.channels.telegram.inbox import Inbox
from tutorbot.channels.telegram.pace import Pace
from tutorbot.channels.telegram.pictures import Pictures
from tutorbot.channels.telegram.poller import Poller
from tutorbot.channels.telegram.post import Post
from tutorbot.channels.telegram.topics import Topics
from tutorbot.channels.telegram.transport import TelegramTransport
from tutorbot.channels.telegram.webhook import Webhook, register
from tutorbot.desk.briefing import briefing
from tutorbot.desk.ticket import Ticket
from tutorbot.messages.locale import FALLBACK
from tutorbot.messages.message import Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import Conversation
from tutorbot.runtime.desk import Desk
from tutorbot.runtime.ports import Store
from tutorbot.runtime.values import Address

log = logging.getLogger(__name__)

REGISTER_AGAIN = 30.0  # seconds, where Telegram did not take our address


class Telegram:
    """The whole of Telegram. With `public_url` Telegram calls us; without it we ask."""

    def __init__(
        self,
        api: Api,
        store: Store,
        conversation: Conversation,
        desk: Desk,
        renderer: Renderer,
        *,
        lessons: Path,
        public_url: str,
        secret: str,
        desk_link: Callable[[str], str] | None,
        clock: Callable[[], datetime],
    ) -> None:
        """`desk_link`: the address that signs in at the web desk with a secret, if it has one."""
        self._api, self._store, self._public_url, self._secret = api, store, public_url, secret
        self._renderer, self._lessons, self._clock = renderer, lessons, clock
        self._desk, self._stopping, self._groups = desk, asyncio.Event(), HelpersGroups(store)
        # Until this process leads, and sends, its small calls have a pace of their own.
        self._pace = Pace(per_second=None)
        self._copies, aside = conversation.copies, Aside(api, self._turn)
        helpers = TelegramDesk(desk, self._groups, aside, renderer, desk_link, Me(api))
        self._inbox = Inbox(conversation, helpers, store, self._groups, aside, renderer.words, clock)
        self._poller = Poller(api, self._inbox.handle)

    def transport(self, pace: Pace) -> TelegramTransport:
        """The way out. `pace`: what whoever sends keeps to, for what is more than one message and for small calls."""
        self._pace = pace
        post = Post(self._api, Pictures(self._api, self._lessons), self._renderer.words)
        topics = Topics(self._api, self._store, self._groups, post, self._card, pace.wait)
        return TelegramTransport(self._store, post, topics, self._copies, self._desk.tell)

    async def _turn(self, chat: int) -> None:
        """Return when one more call may go to this group, however its chat is numbered now."""
        home = self._groups.at(chat)
        await self._pace.wait(home.address if home else Address(CHANNEL, str(chat)))

    def _card(self, ticket: Ticket) -> Message:
        return self._renderer.message(briefing(ticket, self._clock(), waits=False), FALLBACK)

    def in_front_of(self, pages: ASGIApp) -> ASGIApp:
        """The app that serves these pages, and Telegram's calls if it makes any."""
        return Webhook(pages, self._inbox.take, self._secret) if self._public_url else pages

    async def load(self) -> None:
        """Recall what was learned before."""
        await self._groups.load()

    async def run(self) -> None:
        """Ask for what comes, or have Telegram call us, until `stop`. In one process at a time."""
        chats = [home.now for home in self._groups.all]
        introduction = asyncio.create_task(introduce(self._api, self._renderer.words, chats))
        try:
            await (self._be_called() if self._public_url else self._poller.run())
            if not self._stopping.is_set():
                await asyncio.wait({introduction})
        finally:
            introduction.cancel()

    def stop(self) -> None:
        """Take nothing more; what was taken is finished."""
        self._stopping.set()
        self._poller.stop()

    async def _be_called(self) -> None:
        """Give Telegram our address, however long that takes."""
        while not self._stopping.is_set():
            try:
                await register(self._api, self._public_url, self._secret)
            except TelegramError as error:
                log.warning("Telegram did not take our address: %s", error, extra={"action": "register_failed"})
            else:
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), REGISTER_AGAIN)

    async def close(self) -> None:
        """Let the small calls under way end."""
        await self._inbox.close()
