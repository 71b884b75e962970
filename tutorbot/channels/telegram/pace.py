"""Telegram's pace: about 30 messages a second in all, and 20 a minute in one group.

A bucket lets a few through at once and then a steady flow. The few and the flow together stay within Telegram's
number in any second (or minute), so that it does not tell us to wait. It is counted here, in memory: of all processes
only the one that leads sends. Who follows on another one takes it that the few have gone through already.
"""

from aiolimiter import AsyncLimiter

from tutorbot.runtime.values import Address

ALL_PER_SECOND = 30
GROUP_PER_MINUTE = 20
_BURST = 5


class Pace:
    """Who may send a message now. None is as fast as it goes: for a server of one's own, and for measuring."""

    def __init__(
        self,
        per_second: float | None = ALL_PER_SECOND,
        per_minute: float | None = GROUP_PER_MINUTE,
        *,
        spent: bool = False,
    ) -> None:
        self._per_second, self._per_minute, self._spent = per_second, per_minute, spent
        self._buckets: dict[str, AsyncLimiter] = {}

    async def wait(self, address: Address) -> None:
        """Return when a message may go to this address."""
        if self._per_minute and self.is_group(address):
            await self._take(address.id, self._per_minute, 60.0)
        if self._per_second:
            await self._take("all", self._per_second, 1.0)

    @staticmethod
    def is_group(address: Address) -> bool:
        """Whether it is a group; Telegram gives groups negative ids."""
        return address.channel == "telegram" and address.id.startswith("-")

    async def _take(self, what: str, limit: float, seconds: float) -> None:
        bucket = self._buckets.get(what)
        if bucket is None:
            bucket = self._buckets[what] = _bucket(limit, seconds)
            if self._spent:
                await bucket.acquire(bucket.max_rate)
        await bucket.acquire()


def _bucket(limit: float, seconds: float) -> AsyncLimiter:
    """A bucket that lets at most `limit` through in any `seconds`."""
    burst = max(1.0, min(_BURST, limit / 2))
    flow = max(limit - burst, limit / 2) / seconds
    return AsyncLimiter(burst, burst / flow)
