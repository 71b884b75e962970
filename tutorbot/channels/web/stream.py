"""Keeps an open page up to date: a stream of server-sent events, woken by `Live` and filled from the record."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from hashlib import sha256
from typing import TypeVar

from sse_starlette import EventSourceResponse, ServerSentEvent

from tutorbot.errors import StoreUnavailable
from tutorbot.runtime.live import Live

Mark = TypeVar("Mark")
Look = Callable[[Mark], Awaitable[tuple[Mark | None, str] | None]]
"""Given what the page shows already: what it shows next and the HTML for it, or None if nothing is new.

With no mark the HTML is the last that this page gets.
"""

LOOK_AGAIN = 25.0  # seconds; even if nobody wakes us, as when another process wrote
_HEARTBEAT = 15  # seconds; so that nothing on the way takes a quiet stream for a dead one
_ROOM = nullcontext()  # without end


def stream(
    live: Live, topic: str, shown: Mark, look: Look[Mark], room: AbstractContextManager[None] = _ROOM
) -> EventSourceResponse:
    """The answer that follows a topic until the page is closed, and holds its room until then."""
    return EventSourceResponse(follow(live, topic, shown, look, room=room), ping=_HEARTBEAT)


async def follow(
    live: Live,
    topic: str,
    shown: Mark,
    look: Look[Mark],
    every: float = LOOK_AGAIN,
    room: AbstractContextManager[None] = _ROOM,
) -> AsyncIterator[ServerSentEvent]:
    """Everything new, now and whenever the topic changes. The id of an event is what the page then shows."""
    with room, live.listen(topic) as changed:
        while True:
            changed.clear()  # before looking: what comes while we look wakes us again
            found = None
            with suppress(StoreUnavailable):  # the page stays as it is; we look again soon
                found = await look(shown)
            if found:
                mark, html = found
                yield ServerSentEvent(html, id=None if mark is None else str(mark))
                if mark is None:
                    return
                shown = mark
            with suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), every)


def mark_of(html: str) -> str:
    """A short word for what a page shows."""
    return sha256(html.encode()).hexdigest()[:16]
