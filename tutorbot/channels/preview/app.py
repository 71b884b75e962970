"""Joins the preview to one Starlette app, and keeps its open pages up to date while the author writes."""

import asyncio
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from tutorbot.channels.preview.parts import Parts
from tutorbot.channels.preview.site import LESSONS, Site
from tutorbot.channels.web.guard import SafeHeaders
from tutorbot.channels.web.pages import Pages

HERE = Path(__file__).parent
_HOSTS = ["127.0.0.1", "localhost"]  # a page of another name that leads to this machine is not ours


def make_app(parts: Parts) -> Starlette:
    """The preview as an ASGI app."""
    pages = Pages(parts.chance, HERE)
    site = Site(parts, pages)

    async def nowhere(_request: Request, fault: Exception) -> Response:
        return pages.page("nowhere.html", fault.status_code if isinstance(fault, HTTPException) else 400)

    files = StaticFiles(directory=HERE / "static", packages=[("tutorbot.channels.web", "static")])
    return Starlette(
        routes=[*site.routes(), Mount("/static", files)],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS), Middleware(SafeHeaders)],
        exception_handlers={HTTPException: nowhere},
    )


async def keep_up(parts: Parts, stop: asyncio.Event, first: str = "") -> None:
    """Read the lessons again after each save and wake the open pages, until `stop` is set.

    Meanwhile the advice is worked out, file by file, beginning with `first`.
    """
    loop, shelf = asyncio.get_running_loop(), parts.shelf
    shelf.changed = lambda: loop.call_soon_threadsafe(parts.live.publish, LESSONS)  # it reads in a thread
    watching = asyncio.create_task(shelf.watch(stop))
    for path in sorted(shelf.found.pages, key=lambda path: path != first):
        if not stop.is_set():
            await asyncio.to_thread(shelf.advise, path)
    await watching
