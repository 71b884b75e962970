"""What is measured while the program runs, as a protocol. Knows nothing of who reads the numbers.

No meter is given a person's words, name, address or ticket: channels and results are few, and known before.
"""

from collections.abc import Awaitable
from enum import StrEnum
from typing import Protocol, TypeVar

T = TypeVar("T")


class Sending(StrEnum):
    """What came of a message that was owed."""

    SENT = "sent"
    PUT_OFF = "put_off"  # it is tried again
    GIVEN_UP = "given_up"  # it never will be delivered


class Meters(Protocol):
    """Counts and times. What it is given to wait for, it hands back."""

    def turn(self, channel: str, work: Awaitable[T]) -> Awaitable[T]:
        """Time what a learner did, from when it came in until its effects are committed."""
        ...

    def transaction(self, kind: str, work: Awaitable[T]) -> Awaitable[T]:
        """Time a transaction: "write" or "read"."""
        ...

    def sending(self, channel: str, result: Sending, messages: int) -> None:
        """Count messages that were owed."""
        ...


class NoMeters:
    """Nobody reads the numbers, so nothing is measured."""

    def turn(self, _channel: str, work: Awaitable[T]) -> Awaitable[T]:
        """See `Meters`."""
        return work

    def transaction(self, _kind: str, work: Awaitable[T]) -> Awaitable[T]:
        """See `Meters`."""
        return work

    def sending(self, _channel: str, _result: Sending, _messages: int) -> None:
        """See `Meters`."""


NO_METERS = NoMeters()
