"""A fake Bot API on loopback and a way to call it."""

from collections.abc import AsyncIterator

import pytest

from tests.fake_bot_api import FakeBotApi
from tutorbot.channels.telegram.api import Api


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
