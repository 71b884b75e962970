"""A fake Bot API on loopback, a way to call it, and an inbox with stand-ins behind it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from tests.fake_bot_api import FakeBotApi
from tests.integration.telegram.stubs import NOW, StubConversation, StubDesk, StubStore, words
from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.aside import Aside
from tutorbot.channels.telegram.commands import Me
from tutorbot.channels.telegram.desk import TelegramDesk
from tutorbot.channels.telegram.groups import HelpersGroups
from tutorbot.channels.telegram.inbox import Inbox
from tutorbot.channels.telegram.poller import Poller
from tutorbot.messages.renderer import Renderer


@pytest.fixture
async def fake() -> AsyncIterator[FakeBotApi]:
    """A Bot API with a helpers' group that has topics."""
    async with FakeBotApi() as server:
        yield server


@pytest.fixture
async def api(fake: FakeBotApi) -> AsyncIterator[Api]:
    """The bot's way to it."""
    async with Api(fake.token, fake.url) as opened:
        yield opened


@dataclass
class Stand:
    """An inbox and what stands behind it."""

    api: Api
    conversation: StubConversation
    desk: StubDesk
    store: StubStore
    groups: HelpersGroups
    inbox: Inbox

    @asynccontextmanager
    async def polling(self) -> AsyncIterator[Poller]:
        """A poller that runs meanwhile, and is stopped in the end."""
        poller = Poller(self.api, self.inbox.handle, chance=lambda: -1.0)  # no time between tries
        running = asyncio.create_task(poller.run())
        try:
            yield poller
        finally:
            poller.stop()
            await running


async def _at_once(_: float) -> None:
    """A pause that is over."""


@pytest.fixture
async def stand(api: Api, fake: FakeBotApi) -> AsyncIterator[Stand]:
    """All of it, joined as the program joins it."""
    conversation, desk, store = StubConversation(), StubDesk(), StubStore()
    groups, aside = HelpersGroups(store), Aside(api, _at_once, _at_once)
    helpers = TelegramDesk(desk, groups, aside, Renderer(), None, Me(api))  # type: ignore[arg-type]
    inbox = Inbox(conversation, helpers, store, groups, aside, words, lambda: NOW)
    yield Stand(api, conversation, desk, store, groups, inbox)
    await inbox.close()
