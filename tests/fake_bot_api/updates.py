"""How updates come to the bot: getUpdates with its offset, or a webhook that is called until it says yes."""

import asyncio
import contextlib
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from itertools import islice
from typing import Any

import aiohttp

from tests.fake_bot_api.faults import Refused
from tests.fake_bot_api.world import DEFAULT_UPDATES, Json, World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Polling:
    """getUpdates. Of two at once the older is ended."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._arrived = asyncio.Event()
        self._newest = 0
        self.waiting = False  # whether the bot is on the line, with nothing to give it

    def wake(self) -> None:
        """Something is in the queue."""
        self._arrived.set()

    async def get_updates(self, fields: Json) -> list[Json]:
        """What waits, from the offset on; that which is below is confirmed."""
        world = self._world
        world.confirm(fields.get("offset", 0))
        world.allowed = frozenset(fields.get("allowed_updates") or world.allowed)
        self._newest += 1
        mine = self._newest
        self._arrived.set()  # ends an older one
        await asyncio.sleep(0)
        if not world.updates:
            await self._wait(fields.get("timeout", 0))
        if mine != self._newest:
            reason = "terminated by other getUpdates request; make sure that only one bot instance is running"
            raise Refused(409, f"Conflict: {reason}")
        return list(islice(world.updates, fields.get("limit", 100)))

    async def _wait(self, seconds: float) -> None:
        self._arrived.clear()
        self.waiting = True
        self._world.touch()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._arrived.wait(), seconds)
        self.waiting = False


class Webhook:
    """Posts updates: those of one chat in order, chats side by side."""

    def __init__(self, world: World, asked: Callable[[Json], Awaitable[None]]) -> None:
        """`asked`: carries out what the bot asks for in an answer."""
        self._world, self.asked = world, asked
        self.url = ""
        self.mirrors: list[str] = []  # the same bot in other processes: each gets its share, as from a load balancer
        self.statuses: list[int] = []  # of the bot's answers
        self.patience = 0.05  # seconds before an update is posted again
        self._secret = ""
        self._lanes: defaultdict[int, deque[Json]] = defaultdict(deque)
        self._tasks: set[asyncio.Task[None]] = set()
        self._seen: set[int] = set()
        self._session: aiohttp.ClientSession | None = None

    def set(self, _: World, fields: Json) -> bool:
        """setWebhook."""
        self.url, self._secret = fields["url"], fields.get("secret_token", "")
        self._world.allowed = frozenset(fields.get("allowed_updates") or DEFAULT_UPDATES)
        self.wake()
        return True

    def delete(self, _: World, fields: Json) -> bool:
        """deleteWebhook."""
        self.url = ""
        if fields.get("drop_pending_updates"):
            self._world.updates.clear()
        return True

    def info(self, world: World, _: Json) -> Json:
        """getWebhookInfo."""
        return {"url": self.url, "has_custom_certificate": False, "pending_update_count": len(world.updates)}

    def wake(self) -> None:
        """Something is in the queue: give it to the lanes."""
        if not self.url:
            return
        for update in self._world.updates:
            if update["update_id"] not in self._seen:
                self._seen.add(update["update_id"])
                self.enter(update)

    async def close(self) -> None:
        """Stop posting."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    def enter(self, update: Json) -> None:
        """Post it when those before it, of the same chat, are done with."""
        lane = lane_of(update)
        busy = bool(self._lanes[lane])
        self._lanes[lane].append(update)
        if not busy:
            task = asyncio.create_task(self._drain(lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _drain(self, lane: int) -> None:
        waiting = self._lanes[lane]
        while waiting and self.url:
            if 200 <= await self._post(waiting[0]) < 300:
                self._world.updates.remove(waiting.popleft())
            else:
                await asyncio.sleep(self.patience)
            self._world.touch()

    def _turn(self) -> str:
        """Whose turn it is."""
        urls = [self.url, *self.mirrors]
        return urls[len(self.statuses) % len(urls)]

    async def _post(self, update: Json) -> int:
        self._session = self._session or aiohttp.ClientSession()
        headers = {SECRET_HEADER: self._secret} if self._secret else {}
        try:
            async with self._session.post(self._turn(), json=update, headers=headers) as answer:
                status = answer.status
                asked = await answer.json() if answer.content_type == "application/json" else {}
        except aiohttp.ClientError:
            status, asked = 0, {}
        if status == 200 and asked:
            await self.asked(asked)
        self.statuses.append(status)
        return status


def lane_of(update: Json) -> int:
    """The chat of an update, or who pressed; 0 for what is too odd to tell."""
    for kind in ("message", "edited_message", "my_chat_member", "chat_member"):
        if kind in update:
            return _number(update, kind, "chat", "id")
    return _number(update, "callback_query", "from", "id")


def _number(value: Any, *names: str) -> int:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, int) else 0
