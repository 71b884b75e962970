"""Telegram as one thing to start and stop: the way in, by asking or by being called, and the way out.

`routes` may be served by any number of processes; `run` and `transport` are for the one that leads.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from starlette.routing import BaseRoute
from telegram.error import TelegramError

from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.aside import Aside
from tutorbot.channels.telegram.commands import introduce
from tutorbot.channels.telegram.group import HelpersGroup
from tutorbot.channels.telegram.inbox import Inbox
from tutorbot.channels.telegram.pictures import Pictures
from tutorbot.channels.telegram.poller import Poller
from tutorbot.channels.telegram.post import Post
from tutorbot.channels.telegram.topics import Topics
from tutorbot.channels.telegram.transport import TelegramTransport
from tutorbot.channels.telegram.webhook import register, webhook
from tutorbot.desk.briefing import briefing
from tutorbot.desk.ticket import Ticket
from tutorbot.messages.locale import FALLBACK
from tutorbot.messages.message import Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import Conversation
from tutorbot.runtime.desk import Desk
from tutorbot.runtime.ports import Store

log = logging.getLogger(__name__)

REGISTER_AGAIN = 30.0  # seconds, where Telegram did not take our address


class Telegram:
    """The whole of Telegram. With `public_url` Telegram calls us (`routes`); without it we ask."""

    def __init__(
        self,
        api: Api,
        store: Store,
        conversation: Conversation,
        desk: Desk,
        renderer: Renderer,
        *,
        lessons: Path,
        helpers: int | None,
        public_url: str,
        secret: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._api, self._public_url, self._secret = api, public_url, secret
        self._words, self._stopping = renderer.words, asyncio.Event()
        self._group = HelpersGroup(store, helpers)
        self._inbox = Inbox(conversation, desk, store, self._group, Aside(api), renderer.words, clock)
        self._poller = Poller(api, self._inbox.handle)
        post = Post(api, Pictures(api, lessons))

        def card(ticket: Ticket) -> Message:
            return renderer.message(briefing(ticket, clock(), waits=False), FALLBACK)

        self.transport = TelegramTransport(
            post, Topics(api, store, self._group, post, card), self._group, conversation.copies
        )

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """What the web serves for Telegram."""
        return (webhook(self._inbox.handle, self._secret),) if self._public_url else ()

    async def load(self) -> None:
        """Recall what was learned before."""
        await self._group.load()

    async def run(self) -> None:
        """Ask for what comes, or have Telegram call us, until `stop`. In one process at a time."""
        introduction = asyncio.create_task(introduce(self._api, self._words))
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
