"""Telegram's pace: about 30 messages a second in all, 20 a minute in one group over all its topics, one a second in a
person's chat.

A bucket lets a few through at once and then a steady flow. The few and the flow together stay within Telegram's
number in any second (or minute), so that it does not tell us to wait. What counts as several at once, as an album, may
be more than the few; so for groups it is also counted what went in the last minute. It is counted here, in memory: of
all processes only the one that leads sends. Who follows on another one takes it that the few have gone through already.
"""

import asyncio
from collections import deque

from aiolimiter import AsyncLimiter

from tutorbot.runtime.values import Address

ALL_PER_SECOND = 30
GROUP_PER_MINUTE = 20
CHAT_PER_SECOND = 1
_BURST = 5
_MANY = 1000  # chats, before those that are as good as new are forgotten


class Pace:
    """Who may send a message now. None is as fast as it goes: for a server of one's own, and for measuring."""

    def __init__(
        self,
        per_second: float | None = ALL_PER_SECOND,
        per_minute: float | None = GROUP_PER_MINUTE,
        per_chat: float | None = CHAT_PER_SECOND,
        *,
        spent: bool = False,
    ) -> None:
        self._per_second, self._per_minute, self._spent = per_second, per_minute, spent
        self._chats = _Chats(per_chat, spent) if per_chat else None
        self._budgets: dict[str, Budget] = {}

    async def wait(self, address: Address, count: int = 1) -> None:
        """Return when so many messages may go to this address."""
        if self._chats and not self.is_group(address):
            await self._chats.wait(address.id, count)
        if self._per_second:
            await self._budget("all", self._per_second, 1.0).take(count)
        if self._per_minute and self.is_group(address):  # last, for what goes later would be counted too early
            await self._budget(address.id, self._per_minute, 60.0).take(count)

    def _budget(self, what: str, limit: float, seconds: float) -> "Budget":
        if what not in self._budgets:
            self._budgets[what] = Budget(limit, seconds, spent=self._spent)
        return self._budgets[what]

    @staticmethod
    def is_group(address: Address) -> bool:
        """Whether it is a group; Telegram gives groups negative ids."""
        return address.channel == "telegram" and address.id.startswith("-")


class Budget:
    """At most `limit` in any `seconds`, whatever is taken at once. Who comes first is served first."""

    def __init__(self, limit: float, seconds: float, *, spent: bool = False) -> None:
        """`spent`: the few that may go at once have gone."""
        self._limit, self._seconds, self._spent = limit, seconds, spent
        burst = max(1.0, min(_BURST, limit / 2))
        flow = max(limit - burst, limit / 2) / seconds
        self._bucket, self._turn = AsyncLimiter(burst, burst / flow), asyncio.Lock()
        self._taken: deque[float] = deque()  # when each was, in seconds of the loop

    async def take(self, count: int) -> None:
        """Return when so many may go."""
        clock = asyncio.get_running_loop().time
        async with self._turn:
            if self._spent:
                self._spent = False
                await self._bucket.acquire(self._bucket.max_rate)
            await asyncio.sleep(self._until_room_for(count, clock()))  # first: who gives up here has taken nothing
            await self._bucket.acquire(min(count, self._bucket.max_rate))
            self._taken.extend([clock()] * count)

    def _until_room_for(self, count: int, now: float) -> float:
        """Seconds."""
        while self._taken and now - self._taken[0] >= self._seconds:
            self._taken.popleft()
        too_many = min(len(self._taken), int(len(self._taken) + count - self._limit))
        return self._taken[too_many - 1] + self._seconds - now if too_many > 0 else 0.0


class _Chats:
    """A bucket for each person's chat. There are very many, so of each we know only when it is full again."""

    def __init__(self, per_second: float, spent: bool) -> None:
        self._each, self._spent = 1 / per_second, spent
        self._full_at: dict[str, float] = {}
        self._begun: float | None = None
        self._tidy_at = _MANY

    async def wait(self, chat: str, count: int) -> None:
        """Take so many places, and return when they have come; what is more than the few goes with them."""
        now = asyncio.get_running_loop().time()
        if self._begun is None:
            self._begun = now
        unknown = self._begun + (_BURST - 1) * self._each if self._spent else now
        full_at = max(now, self._full_at.get(chat, unknown))
        self._full_at[chat] = full_at + count * self._each
        if len(self._full_at) > self._tidy_at:
            self._full_at = {one: at for one, at in self._full_at.items() if at > now}
            self._tidy_at = max(_MANY, 2 * len(self._full_at))
        await asyncio.sleep(max(0.0, full_at - now - (_BURST - min(count, _BURST)) * self._each))
