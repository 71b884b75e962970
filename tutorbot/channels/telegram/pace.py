"""Telegram's pace: about 30 messages a second in all, and 20 a minute in one group.

A bucket lets a few through at once and then a steady flow. The few and the flow together stay within Telegram's
number in any second (or minute), so that it does not tell us to wait.
"""

from collections import defaultdict

from aiolimiter import AsyncLimiter

from tutorbot.runtime.values import Address

ALL_PER_SECOND = 30
GROUP_PER_MINUTE = 20
_BURST = 5


class Pace:
    """Who may send a message now. None is as fast as it goes: for a server of one's own, and for measuring."""

    def __init__(self, per_second: float | None = ALL_PER_SECOND, per_minute: float | None = GROUP_PER_MINUTE) -> None:
        self._everyone = _bucket(per_second, 1.0)
        self._groups: defaultdict[str, AsyncLimiter | None] = defaultdict(lambda: _bucket(per_minute, 60.0))

    async def wait(self, address: Address) -> None:
        """Return when a message may go to this address."""
        group = self._groups[address.id] if self.is_group(address) else None
        if group:
            await group.acquire()
        if self._everyone:
            await self._everyone.acquire()

    @staticmethod
    def is_group(address: Address) -> bool:
        """Whether it is a group; Telegram gives groups negative ids."""
        return address.channel == "telegram" and address.id.startswith("-")


def _bucket(limit: float | None, seconds: float) -> AsyncLimiter | None:
    """A bucket that lets at most `limit` through in any `seconds`."""
    if limit is None:
        return None
    burst = max(1.0, min(_BURST, limit / 2))
    flow = max(limit - burst, limit / 2) / seconds
    return AsyncLimiter(burst, burst / flow)
