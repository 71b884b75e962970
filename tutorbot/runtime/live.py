"""Tells open pages of this process that something has changed, so that they look again.

A topic is a word: a chat's address, "desk" for the queue, "ticket:27". It has no content: whoever is woken reads the
record, so a missed wake-up can delay but never lose a message.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Live:
    """Topics and who listens to them."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    def publish(self, *topics: str) -> None:
        """Wake everyone who listens to one of these topics."""
        for topic in topics:
            for event in self._listeners.get(topic, ()):
                event.set()

    @contextmanager
    def listen(self, topic: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever the topic changes; the listener clears it."""
        event = asyncio.Event()
        self._listeners[topic].add(event)
        try:
            yield event
        finally:
            self._listeners[topic].discard(event)
            if not self._listeners[topic]:
                del self._listeners[topic]
