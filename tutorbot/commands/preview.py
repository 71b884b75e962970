"""The command `tutorbot preview`: lessons in the browser, for their author, on this machine alone."""

import asyncio
import socket
from argparse import Namespace
from pathlib import Path
from urllib.parse import quote

from tutorbot import log
from tutorbot.channels.preview import app as previews
from tutorbot.channels.preview.parts import Parts
from tutorbot.channels.preview.shelf import Shelf
from tutorbot.commands.codes import WELL
from tutorbot.commands.in_lessons import named
from tutorbot.listening import listen
from tutorbot.serving import make_server
from tutorbot.tutor.replies import Reply

_LOOPBACK = "127.0.0.1"


def carry_out(typed: Namespace) -> int:
    """Show what was named until it is stopped."""
    log.set_up("error", [])  # what is wrong with a lesson stands on the page
    found = named(typed.lesson)
    show(found.folder, found.path if found.path.endswith(".md") else "", typed.port)
    return WELL


def show(folder: Path, path: str, port: int) -> None:
    """Serve the pages. `path`: the lesson; "": all of them, among which a course is shown too."""
    parts = Parts(Shelf(folder))
    with listen(_LOOPBACK, port, "Give another, as in --port 8200.") as listening:
        parts.shelf.reload()
        where = f"http://{_LOOPBACK}:{port}/{f'lesson/{quote(parts.shelf.name_of(path))}' if path else ''}"
        print(parts.renderer.words(Reply("started_preview", {"address": where})), flush=True)
        asyncio.run(_serve(parts, path, listening))


async def _serve(parts: Parts, path: str, listening: socket.socket) -> None:
    stopped = asyncio.Event()
    watching = asyncio.create_task(previews.keep_up(parts, stopped, first=path))
    await make_server(previews.make_app(parts)).serve(sockets=[listening])
    stopped.set()
    await watching
