"""Whether the parts that run beside the pages still do. One that a bug has ended comes back only with a new start."""

import asyncio
from collections.abc import Iterable


class Pulse:
    """The parts of this process."""

    def __init__(self) -> None:
        self._works: list[asyncio.Task[None]] = []

    def watch(self, works: Iterable[asyncio.Task[None]]) -> None:
        """Feel the pulse of these, too."""
        self._works.extend(works)

    @property
    def ended(self) -> list[str]:
        """The parts that a bug has ended, by the name of what they ran. Who has finished or was stopped is well."""
        return [_name(work) for work in self._works if work.done() and not work.cancelled() and work.exception()]


def _name(work: asyncio.Task[None]) -> str:
    return getattr(work.get_coro(), "__qualname__", work.get_name())
