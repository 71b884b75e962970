"""A lean Bot API on loopback: raw asyncio, so that it is not what is measured. Knows no learner.

It takes what bots send as JSON or as a form, answers with whole messages as Telegram does, and hands updates over by
polling or by webhook. `tests/fake_bot_api` checks what it is sent; this one is only fast.
"""

import asyncio
import json
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl

from benchmarks.caller import Caller
from benchmarks.wire import Connection, Request

BOT = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
TOKEN = "42:benchmarks-on-loopback"
DONE = b'{"ok":true,"result":true}'
POSTED = frozenset({"sendMessage", "editMessageText"})
PLAIN = {
    "getMe": {**BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False},
    "getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
}

Keyboard = list[list[dict[str, str]]]
Heard = Callable[[int, str, Keyboard], None]
"""Told of each message of the bot: the chat, the message as JSON, its buttons."""


class BotApi:
    """The server of one bot."""

    def __init__(self, heard: Heard, delay: float = 0.0) -> None:
        self.heard = heard
        self.delay = delay  # seconds before each answer
        self.calls: Counter[str] = Counter()
        self.asked = asyncio.Event()  # the bot is there: it asked for updates, or to be called
        self.caller: Caller | None = None  # once the bot wants to be called
        self.ports: Sequence[int] = ()  # where calls go in turn; none: to the address that the bot gives
        self._updates: deque[tuple[int, bytes]] = deque()
        self._numbers = iter(range(1000, 2**62))
        self._waiting: tuple[Connection, int, asyncio.TimerHandle] | None = None
        self._connections: set[Connection] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen on a free port of loopback."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Connection(self._take, self._connections), "127.0.0.1", 0)

    async def stop(self) -> None:
        """Let go of everything."""
        if self.caller:
            self.caller.close()
        if self._waiting:
            self._waiting[2].cancel()
        for connection in list(self._connections):
            connection.close()
        if self._server:
            self._server.close()
            await self._server.wait_closed()

    @property
    def url(self) -> str:
        """What the bot is told instead of https://api.telegram.org."""
        if self._server is None:
            raise RuntimeError("the server is not started")
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def tell(self, content: str) -> None:
        """Something happened: the update's content, as JSON without its braces."""
        number = next(self._numbers)
        update = f'{{"update_id":{number},{content}}}'.encode()
        if self.caller:
            self.caller.post(update)
            return
        self._updates.append((number, update))
        if self._waiting:
            connection, limit, timer = self._waiting
            self._waiting = None
            timer.cancel()
            self._hand_over(connection, limit)

    def _take(self, connection: Connection, request: Request) -> None:
        method = request.path.rpartition("/")[2]
        self.calls[method] += 1
        fields = _fields(request)
        if method in POSTED:
            self._answer(connection, self._posted(method, fields))
        elif method == "getUpdates":
            self._get_updates(connection, fields)
        else:
            if method == "setWebhook":
                self.caller = Caller(str(fields["url"]), str(fields.get("secret_token", "")), self._asked)
                self.caller.spread(self.ports)
                self.asked.set()
            result = PLAIN.get(method)
            self._answer(connection, json.dumps({"ok": True, "result": result}).encode() if result else DONE)

    def _asked(self, body: bytes) -> None:
        """What the bot asks for in its answer to an update, and will not hear of."""
        self.calls[json.loads(body)["method"]] += 1

    def _posted(self, method: str, fields: dict[str, Any]) -> bytes:
        chat = int(fields["chat_id"])
        markup = fields.get("reply_markup")
        markup = json.loads(markup) if isinstance(markup, str) else markup
        message: dict[str, Any] = {
            "message_id": int(fields["message_id"]) if method == "editMessageText" else self.calls[method],
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "Ann"},
            "from": BOT,
            "text": fields["text"],
        }
        if entities := fields.get("entities"):
            message["entities"] = json.loads(entities) if isinstance(entities, str) else entities
        if markup:
            message["reply_markup"] = markup
        said = json.dumps(message)
        self.heard(chat, said, (markup or {}).get("inline_keyboard", []))
        return f'{{"ok":true,"result":{said}}}'.encode()

    def _get_updates(self, connection: Connection, fields: dict[str, Any]) -> None:
        self.asked.set()
        offset, limit = int(fields.get("offset") or 0), int(fields.get("limit") or 100)
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        if self._waiting:  # of two at once the older is ended
            old, _, timer = self._waiting
            self._waiting = None
            timer.cancel()
            self._hand_over(old, 0)
        patience = _seconds(fields.get("timeout"))
        if self._updates or not patience:
            self._hand_over(connection, limit)
        else:
            self._waiting = connection, limit, asyncio.get_running_loop().call_later(patience, self._nothing)

    def _nothing(self) -> None:
        if self._waiting:
            connection, _, _ = self._waiting
            self._waiting = None
            self._hand_over(connection, 0)

    def _hand_over(self, connection: Connection, limit: int) -> None:
        updates = b",".join(update for _, update in islice(self._updates, limit))
        self._answer(connection, b'{"ok":true,"result":[' + updates + b"]}")

    def _answer(self, connection: Connection, body: bytes) -> None:
        if self.delay:
            asyncio.get_running_loop().call_later(self.delay, connection.answer, body)
        else:
            connection.answer(body)


def _fields(request: Request) -> dict[str, Any]:
    if not request.body:
        return {}
    if request.body.startswith(b"{"):
        found: dict[str, Any] = json.loads(request.body)
        return found
    return dict(parse_qsl(request.body.decode(), keep_blank_values=True))


def _seconds(written: object) -> float:
    """A timeout as bots send it: a number, or a number in a string."""
    return float(str(written)) if written else 0.0
