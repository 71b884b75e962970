"""Where a process listens, and until when. Knows nothing of what is served there."""

import asyncio
import signal
import socket

from tutorbot.errors import SettingError

STOPPING = 3  # seconds given to what is under way when the process is told to stop


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
