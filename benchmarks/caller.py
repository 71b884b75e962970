"""The webhook's other side: posts updates to the bot, as many at once as Telegram does."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Sequence
from itertools import cycle
from urllib.parse import urlsplit

from benchmarks.wire import Reader

AT_ONCE = 40  # connections: what Telegram does unless told otherwise
AGAIN = 0.1  # seconds before an update that was refused is posted again


class Caller:
    """Posts updates; those that are refused are posted again."""

    def __init__(self, url: str, secret: str, asked: Callable[[bytes], None]) -> None:
        """`asked`: told of what the bot asks for in an answer."""
        self.asked = asked
        address = urlsplit(url)
        self._host, self._ports = address.hostname or "127.0.0.1", cycle([address.port or 80])
        self._head = (
            f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Length: "
        ).encode()
        self.statuses: Counter[int] = Counter()
        self._waiting: deque[bytes] = deque()
        self._idle: list[_Line] = []
        self._lines: set[_Line] = set()
        self._opening: set[asyncio.Task[None]] = set()

    def spread(self, ports: Sequence[int]) -> None:
        """Connect to these in turn, as a balancer does in front of several processes."""
        self._ports = cycle(ports or [next(self._ports)])

    def post(self, update: bytes) -> None:
        """Post it as soon as there is a free connection."""
        self._waiting.append(update)
        if self._idle:
            self._idle.pop().send_next()
        elif len(self._lines) + len(self._opening) < AT_ONCE:
            task = asyncio.get_running_loop().create_task(self._open())
            self._opening.add(task)
            task.add_done_callback(self._opening.discard)

    def close(self) -> None:
        """Hang up."""
        for task in self._opening:
            task.cancel()
        for line in list(self._lines):
            line.close()

    async def _open(self) -> None:
        try:
            await asyncio.get_running_loop().create_connection(lambda: _Line(self), self._host, next(self._ports))
        except OSError:
            self.statuses[0] += 1
            await asyncio.sleep(AGAIN)
            await self._open()


class _Line(Reader):
    """One connection to the bot."""

    def __init__(self, caller: Caller) -> None:
        super().__init__()
        self._caller, self._sent = caller, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._caller._lines.add(self)
        self.send_next()

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002
        self._caller._lines.discard(self)
        if self in self._caller._idle:
            self._caller._idle.remove(self)
        if self._sent:
            self._caller.post(self._sent)

    def message(self, head: bytes, body: bytes) -> None:
        status = int(head.split(b" ", 2)[1])
        self._caller.statuses[status] += 1
        refused, self._sent = self._sent, b""
        if status != 200:
            asyncio.get_running_loop().call_later(AGAIN, self._caller.post, refused)
        elif body:
            self._caller.asked(body)
        self.send_next()

    def send_next(self) -> None:
        waiting = self._caller._waiting
        if not waiting:
            self._caller._idle.append(self)
            return
        self._sent = waiting.popleft()
        self.write(self._caller._head + f"{len(self._sent)}\r\n\r\n".encode() + self._sent)
