"""Joins the pages to one Starlette app."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from tutorbot.channels.web.chat import Chat
from tutorbot.channels.web.desk import site
from tutorbot.channels.web.guard import SafeHeaders, safe_headers
from tutorbot.channels.web.health import Health
from tutorbot.channels.web.limits import Limits
from tutorbot.channels.web.mydata import MyData
from tutorbot.channels.web.pages import Pages
from tutorbot.channels.web.parts import Parts
from tutorbot.channels.web.public import Public
from tutorbot.channels.web.reader import Reader
from tutorbot.errors import StoreUnavailable
from tutorbot.messages.locale import FALLBACK
from tutorbot.runtime.desk.signing import SESSION
from tutorbot.runtime.ports import Store
from tutorbot.runtime.pulse import Pulse

_YEAR = timedelta(days=365)


def make_app(parts: Parts) -> Starlette:
    """The web as an ASGI app."""
    pages, limits = Pages(parts.chance), Limits(parts.clock)
    chat, reader = _session(parts, "chat", _YEAR), Reader(*_cookie(parts, "chat"), _YEAR)
    trouble = _Trouble(pages, safe_headers(parts.public_url), reader)
    app = Starlette(
        routes=[
            *parts.extra,
            *Health(parts.store, parts.pulse).routes(),
            *Public(parts, pages).routes(),
            *site.routes(parts, pages, limits, _session(parts, "desk", SESSION)),
            *Chat(parts, pages, limits).routes(chat),
            *MyData(parts, pages, limits).routes(chat),
        ],
        middleware=[Middleware(SafeHeaders, public_url=parts.public_url), Middleware(GZipMiddleware)],
        exception_handlers={
            HTTPException: trouble.refused,
            StoreUnavailable: trouble.store_unavailable,
            Exception: trouble.broken,
        },
        lifespan=parts.lifespan,
    )
    app.router.redirect_slashes = False  # it would send the browser to whatever `Host` the request names
    return app


def make_watch_app(store: Store, pulse: Pulse, extra: Sequence[BaseRoute]) -> Starlette:
    """Whether a process without pages is well, and what else programs ask for."""
    routes = [*extra, *Health(store, pulse).routes()]
    return Starlette(routes=routes, middleware=[Middleware(SafeHeaders, public_url="")])


def _session(parts: Parts, name: str, lifetime: timedelta) -> Middleware:
    """A signed cookie."""
    called, key = _cookie(parts, name)
    return Middleware(
        SessionMiddleware,
        secret_key=key,
        session_cookie=called,
        max_age=int(lifetime.total_seconds()),
        path="/",
        same_site="lax",
        https_only=_is_https(parts),
    )


def _cookie(parts: Parts, name: str) -> tuple[str, str]:
    """What a cookie is called, and its key. Each has one of its own: one cannot be passed off as the other.

    Over https its name begins with `__Host-`: no other site, not even one with a name below ours, can set it.
    """
    return f"{'__Host-' if _is_https(parts) else ''}tutorbot_{name}", f"{name}:{parts.secret_key}"


def _is_https(parts: Parts) -> bool:
    return parts.public_url.startswith("https:")


class _Trouble:
    """Pages for when something does not work. Each has a way on."""

    def __init__(self, pages: Pages, headers: Mapping[str, str], reader: Reader) -> None:
        self._pages, self._headers, self._reader = pages, headers, reader

    async def refused(self, request: Request, fault: Exception) -> Response:
        """No such page, a form of another site, too long, too slow, too often."""
        fault = fault if isinstance(fault, HTTPException) else HTTPException(400)
        answer = self._page(request, fault.status_code, again=fault.status_code == 429)
        answer.headers.update(fault.headers or {})
        return answer

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
            self._headers,  # the page about a bug is made outside of `SafeHeaders`
            language=FALLBACK if desk else self._reader.language(request),
            desk=desk,
            again=again and not lost,
            form=form,
            path="/" + request.url.path.lstrip("/") + (f"?{request.url.query}" if request.url.query else ""),
        )
