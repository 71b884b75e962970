"""Finds what a program must never write into its log: secrets, and what people are called, say and are told."""

import re
from collections.abc import Iterable

from tests.fake_bot_api import FakeBotApi

TOKEN = re.compile(r"(?<!\d)\d{2,}:[A-Za-z0-9_-]{20,}")  # what any bot's token looks like
PHONE = re.compile(r"\b07700 ?900 ?\d{3}\b")  # the numbers that stories are given
WORTH = 12  # letters; what is shorter may stand in a log by chance


def leaks(written: str, secrets: Iterable[str] = (), said: Iterable[str] = (), names: Iterable[str] = ()) -> list[str]:
    """What of these stands in what was written."""
    lines = {line.strip() for text in said for line in text.splitlines()}
    return [
        *(secret for secret in secrets if secret in written),
        *(line for line in lines if len(line) >= WORTH and line in written),
        *(name for name in names if re.search(rf"\b{re.escape(name)}\b", written)),
        *TOKEN.findall(written),
        *PHONE.findall(written),
    ]


def said_in(fake: FakeBotApi) -> list[str]:
    """Everything that stands in any chat."""
    return [post.text for chat in fake.world.chats.values() for post in chat.posts.values()]


def names_in(fake: FakeBotApi) -> list[str]:
    """Everybody who wrote something, but for the bot."""
    senders = [post.sender for chat in fake.world.chats.values() for post in chat.posts.values() if not post.by_bot]
    return sorted({sender["first_name"] for sender in senders if not sender["is_bot"]})
