"""Tells open pages that something has changed, so that they look again: here at once, in other processes by the store.

A topic is a word: a chat's address, "desk" for the queue, "ticket:27". It has no content: whoever is woken reads the
record, so a missed wake-up can delay but never lose a message. Other processes hear no topic but its bell, a short word
that names nobody.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b

from tutorbot.runtime.values import PULLED, NewEntry

ALL = "*"  # the bell of everything: anything may have changed
OUTBOX = "outbox"  # another bell: something is owed that nobody has taken


def bell(topic: str) -> str:
    """The bell of a topic. All chats there are share 65,536 of them; who is woken by mistake finds nothing new."""
    return blake2b(topic.encode(), digest_size=2).hexdigest()


def bells(entries: Sequence[NewEntry], *, taken: bool) -> set[str]:
    """What is rung when these are written. `taken`: what is owed of them has its sender already."""
    found = {bell(str(entry.to)) for entry in entries if entry.to.channel in PULLED}
    for ticket in {entry.ticket for entry in entries if entry.ticket is not None}:
        found |= {bell("desk"), bell(f"ticket:{ticket}")}
    return found | ({OUTBOX} if not taken and any(entry.owed for entry in entries) else set())


class Live:
    """Topics, by their bells, and who listens to them."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    def publish(self, *topics: str) -> None:
        """Wake everyone who listens to one of these topics."""
        self.ring([bell(topic) for topic in topics])

    def ring(self, heard: Sequence[str]) -> None:
        """The same for bells that were heard from another process."""
        for one in self._listeners if ALL in heard else heard:
            for event in self._listeners.get(one, ()):
                event.set()

    @contextmanager
    def listen(self, topic: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever the topic changes; the listener clears it."""
        event, mine = asyncio.Event(), bell(topic)
        self._listeners[mine].add(event)
        try:
            yield event
        finally:
            self._listeners[mine].discard(event)
            if not self._listeners[mine]:
                del self._listeners[mine]
