"""Joins the pages to one Starlette app."""

from datetime import timedelta

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response

from tutorbot.channels.web.chat import Chat
from tutorbot.channels.web.desk import SIGNED_IN, DeskPages
from tutorbot.channels.web.guard import HEADERS, SafeHeaders
from tutorbot.channels.web.health import Health
from tutorbot.channels.web.mydata import MyData
from tutorbot.channels.web.pages import Pages
from tutorbot.channels.web.parts import Parts
from tutorbot.channels.web.public import Public
from tutorbot.errors import StoreUnavailable

_YEAR = timedelta(days=365)


def make_app(parts: Parts) -> Starlette:
    """The web as an ASGI app."""
    pages = Pages(parts.chance)
    trouble = _Trouble(pages)
    return Starlette(
        routes=[
            *parts.extra,
            *Health(parts.store, parts.pulse).routes(),
            *Public(parts, pages).routes(),
            *DeskPages(parts, pages).routes(_session(parts, "desk", SIGNED_IN, "/desk")),
            *Chat(parts, pages).routes(_session(parts, "chat", _YEAR, "/")),
            *MyData(parts, pages).routes(_session(parts, "chat", _YEAR, "/")),
        ],
        middleware=[Middleware(SafeHeaders), Middleware(GZipMiddleware)],
        exception_handlers={
            HTTPException: trouble.refused,
            StoreUnavailable: trouble.store_unavailable,
            Exception: trouble.broken,
        },
        lifespan=parts.lifespan,
    )


def _session(parts: Parts, name: str, lifetime: timedelta, path: str) -> Middleware:
    """A signed cookie. Each name has a key of its own: one cannot be passed off as the other."""
    return Middleware(
        SessionMiddleware,
        secret_key=f"{name}:{parts.secret_key}",
        session_cookie=f"tutorbot_{name}",
        max_age=int(lifetime.total_seconds()),
        path=path,
        same_site="lax",
        https_only=parts.public_url.startswith("https:"),
    )


class _Trouble:
    """Pages for when something does not work. Each has a way on."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    async def refused(self, request: Request, fault: Exception) -> Response:
        """No such page, a form of another site, too long."""
        status = fault.status_code if isinstance(fault, HTTPException) else 400
        return self._page(request, status)

    async def store_unavailable(self, request: Request, _fault: Exception) -> Response:
        """The store does not answer: nothing was saved, the same may be sent again."""
        return self._page(request, 503, again=True)

    async def broken(self, request: Request, _fault: Exception) -> Response:
        """A bug of ours. Starlette logs it."""
        return self._page(request, 500, again=True)

    def _page(self, request: Request, status: int, *, again: bool = False) -> Response:
        desk = request.url.path.startswith("/desk")
        form = getattr(request.state, "form", None)
        lost = request.method == "POST" and form is None
        return self._pages.page(
            "trouble.html",
            status,
            HEADERS,  # the page about a bug is made outside of `SafeHeaders`
            desk=desk,
            again=again and not lost,
            form=form,
            path=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        )
