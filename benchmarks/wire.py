"""As much of HTTP/1.1 as the bots on the other side speak: keep-alive, bodies with a length. Raw asyncio protocols."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"


@dataclass(frozen=True, slots=True)
class Request:
    """What came in."""

    path: str
    body: bytes


class Reader(asyncio.Protocol):
    """Cuts what comes in into messages: the head and the body of each."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self._buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection is open."""
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Some bytes more."""
        self._buffer += data
        while (end := self._buffer.find(HEAD_END)) >= 0:
            head = bytes(self._buffer[:end])
            stop = end + len(HEAD_END) + _length(head)
            if len(self._buffer) < stop:
                return
            body = bytes(self._buffer[end + len(HEAD_END) : stop])
            del self._buffer[:stop]
            self.message(head, body)

    def message(self, head: bytes, body: bytes) -> None:
        """One whole message."""
        raise NotImplementedError

    def write(self, data: bytes) -> None:
        """Send, if the connection is still open."""
        if self.transport and not self.transport.is_closing():
            self.transport.write(data)

    def close(self) -> None:
        """Hang up."""
        if self.transport:
            self.transport.close()


class Connection(Reader):
    """A connection that a bot opened."""

    def __init__(self, take: Callable[["Connection", Request], None], others: set["Connection"]) -> None:
        super().__init__()
        self._take, self._others = take, others
        others.add(self)

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002
        """The bot hung up."""
        self._others.discard(self)

    def message(self, head: bytes, body: bytes) -> None:
        """A call."""
        self._take(self, Request(head.split(b" ", 2)[1].decode(), body))

    def answer(self, body: bytes) -> None:
        """The answer to the last call: JSON."""
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.write(head.encode() + body)


def _length(head: bytes) -> int:
    """How long the body is; 0 if the head does not say."""
    low = head.lower()
    place = low.find(LENGTH)
    return int(low[place + len(LENGTH) :].split(b"\r\n", 1)[0]) if place >= 0 else 0
