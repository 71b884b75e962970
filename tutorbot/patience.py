"""Reads requests as Uvicorn does, but neither waits for ever nor takes in without end.

Uvicorn alone waits as long as a visitor likes for the rest of a request's head, and keeps in memory all that comes of
it; and when a request was answered before all of it had come, it takes in the rest, however long that is.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PATIENCE = 20.0  # seconds for a head, or for the rest of what has its answer
LARGEST_HEAD = 64 * 1024  # bytes
LARGEST_REST = 1024 * 1024  # bytes; a browser reads why its form was too long only when it has sent it


class PatientProtocol(HttpToolsProtocol):
    """One connection. Between a head and the end of its body the pages decide how long and how much."""

    _in_body = False
    _came_in = 0
    _end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has come, and should say what they want."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """They have gone."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """A part of a request. What nobody reads is counted here."""
        if not self._in_body:
            self._wait()
        if not self._in_body or self.cycle.response_complete:
            self._came_in += len(data)  # counted anew once a head is whole
        super().data_received(data)
        if self._came_in > (LARGEST_REST if self._in_body else LARGEST_HEAD) and not self.transport.is_closing():
            self._refuse()

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._stop_waiting()
        self._in_body = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The body is there."""
        self._stop_waiting()
        self._in_body = False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """It was answered, perhaps before all of it had come."""
        super().on_response_complete()
        if self._in_body and self.cycle.response_complete:
            self._wait()

    def _refuse(self) -> None:
        if self.cycle is None:
            self.send_400_response("The head of this request is too long.")
        else:
            self.transport.abort()

    def _wait(self) -> None:
        self._end = self._end or self.loop.call_later(PATIENCE, self.transport.abort)

    def _stop_waiting(self) -> None:
        self._came_in = 0
        if self._end:
            self._end.cancel()
            self._end = None
