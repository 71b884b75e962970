"""Tells open pages that something has changed, so that they look again: here at once, in other processes by the store.

A topic is a word: a chat's address, "desk" for the queue, "ticket:27". It has no content: whoever is woken reads the
record, so a missed wake-up can delay but never lose a message.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b

from tutorbot.runtime.values import PULLED, NewEntry

ALL = "*"  # as a sign: anything may have changed
OUTBOX = "outbox"  # as a sign: something is owed that nobody has taken


def sign(topic: str) -> str:
    """What stands for a topic where others may read along. It names nobody: all chats there are share 65,536 signs."""
    return blake2b(topic.encode(), digest_size=2).hexdigest()


def signs(entries: Sequence[NewEntry], *, taken: bool) -> set[str]:
    """What other processes are told when these are written. `taken`: what is owed of them has its sender already."""
    found = {sign(str(entry.to)) for entry in entries if entry.to.channel in PULLED}
    for ticket in {entry.ticket for entry in entries if entry.ticket is not None}:
        found |= {sign("desk"), sign(f"ticket:{ticket}")}
    return found | ({OUTBOX} if not taken and any(entry.owed for entry in entries) else set())


class Live:
    """Topics, by their signs, and who listens to them."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    def publish(self, *topics: str) -> None:
        """Wake everyone who listens to one of these topics."""
        self.wake([sign(topic) for topic in topics])

    def wake(self, told: Sequence[str]) -> None:
        """The same for signs that came from another process."""
        for one in self._listeners if ALL in told else told:
            for event in self._listeners.get(one, ()):
                event.set()

    @contextmanager
    def listen(self, topic: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever the topic changes; the listener clears it."""
        event, mine = asyncio.Event(), sign(topic)
        self._listeners[mine].add(event)
        try:
            yield event
        finally:
            self._listeners[mine].discard(event)
            if not self._listeners[mine]:
                del self._listeners[mine]
