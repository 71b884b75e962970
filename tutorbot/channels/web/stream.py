"""Keeps an open page up to date: a stream of server-sent events, woken by `Live` and filled from the record."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from hashlib import sha256
from typing import TypeVar

from sse_starlette import EventSourceResponse, ServerSentEvent

from tutorbot.errors import StoreUnavailable
from tutorbot.runtime.live import Live

Mark = TypeVar("Mark")
Look = Callable[[Mark], Awaitable[tuple[Mark, str] | None]]
"""Given what the page shows already: what it shows next and the HTML for it, or None if nothing is new."""

LOOK_AGAIN = 25.0  # seconds; even if nobody wakes us, as when another process wrote
_HEARTBEAT = 15  # seconds; so that nothing on the way takes a quiet stream for a dead one


def stream(live: Live, topic: str, shown: Mark, look: Look[Mark]) -> EventSourceResponse:
    """The answer that follows a topic until the page is closed."""
    return EventSourceResponse(follow(live, topic, shown, look), ping=_HEARTBEAT)


async def follow(
    live: Live, topic: str, shown: Mark, look: Look[Mark], every: float = LOOK_AGAIN
) -> AsyncIterator[ServerSentEvent]:
    """Everything new, now and whenever the topic changes. The id of an event is what the page then shows."""
    with live.listen(topic) as changed:
        while True:
            changed.clear()  # before looking: what comes while we look wakes us again
            found = None
            with suppress(StoreUnavailable):  # the page stays as it is; we look again soon
                found = await look(shown)
            if found:
                shown, html = found
                yield ServerSentEvent(html, id=str(shown))
            with suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), every)


def mark_of(html: str) -> str:
    """A short word for what a page shows."""
    return sha256(html.encode()).hexdigest()[:16]
