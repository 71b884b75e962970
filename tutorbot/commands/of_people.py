"""What `forget`, `prune` and `audit` share: the store opened for a moment, and what was removed in words."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, TypeVar

from tutorbot.config import Settings
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.live import Live
from tutorbot.runtime.rights.erasure import Eraser
from tutorbot.runtime.turns import Turns
from tutorbot.store.database import SqlStore, open_store

T = TypeVar("T")
_WORKER = "command"  # what is owed is sent by the program that runs


def with_store(settings: Settings, work: Callable[[SqlStore], Coroutine[Any, Any, T]]) -> T:
    """What `work` makes of the store, which is closed behind it."""

    async def opened() -> T:
        store = open_store(settings.database_url)
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(opened())


def turns(settings: Settings) -> Turns:
    """What writes to a learner; another process sends it."""
    return Turns(Entries(Renderer(settings.keep)), lambda: _WORKER)


def eraser(settings: Settings, store: SqlStore) -> Eraser:
    """What removes a learner."""
    return Eraser(store, turns(settings), Live(), lambda _: None)


def listed(found: Mapping[str, int]) -> str:
    """Numbers of things, as "2 tickets, 1 answer"."""
    return ", ".join(f"{number} {what if number != 1 else what.removesuffix('s')}" for what, number in found.items())
