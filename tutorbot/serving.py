"""Serves an app on a socket of this machine until the process is told to stop. Knows nothing of what it serves."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from tutorbot.errors import SettingError
from tutorbot.patience import PatientProtocol

STOPPING = 3  # seconds given to what is under way when the process is told to stop
PROXIES = "127.0.0.0/8, ::1, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, fc00::/7"
"""Where a proxy of ours may stand: this machine and private networks. Others could claim to be any visitor."""


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


async def told_to_stop() -> None:
    """Return when the process is told to stop. For a process without pages: their server looks out for it by itself."""
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(told.set))
    await told.wait()


def listen(host: str, port: int, remedy: str) -> socket.socket:
    """The socket the pages are served on, taken before anything else so that a port in use ends the start.

    SettingError if it cannot be taken, with `remedy`: what to do about it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise SettingError(f"PORT {port} on {host} cannot be used ({error.strerror}). {remedy}") from None
