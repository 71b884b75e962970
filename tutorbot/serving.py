"""Serves an app on a socket of this machine until the process is told to stop. Knows nothing of what it serves."""

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from tutorbot.listening import STOPPING
from tutorbot.patience import PatientProtocol

PROXIES = "127.0.0.0/8, ::1, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, fc00::/7"
"""Where a proxy of ours may stand: this machine and private networks. Others could claim to be any visitor."""


class NotCancelled(logging.Filter):
    """What is no longer waited for when the process stops is no bug. That it was ended has a line of its own."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        return not (record.exc_info and record.exc_info[0] is asyncio.CancelledError)


_NOT_CANCELLED = NotCancelled()


class Server(uvicorn.Server):
    """Uvicorn, but for its last act: it would end the process by the signal it got, before the rest could stop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop serving on the first signal, at once on the second; then let us end in our own time."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.handle_exit)
        yield


def make_server(app: ASGIApp, *, behind_proxy: bool = False) -> Server:
    """A server of this app. `behind_proxy`: a proxy near us says who the visitors are."""
    logging.getLogger("uvicorn.error").addFilter(_NOT_CANCELLED)
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        log_config=None,
        access_log=False,
        lifespan="off",
        proxy_headers=behind_proxy,
        forwarded_allow_ips=PROXIES,
        server_header=False,
        timeout_graceful_shutdown=STOPPING,
    )
    return Server(config)
