"""The door of the desk: one-time links, who is signed in, and which pages are for whom.

A helper's cookie holds a random secret, signed; the store holds its digest. So a session can be ended at any time, and
who reads the store cannot sign in. Whoever comes is looked up anew for each page: a role can be taken away, too.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tutorbot.channels.web import forms
from tutorbot.channels.web.limits import Limits
from tutorbot.channels.web.pages import Pages
from tutorbot.channels.web.parts import Parts
from tutorbot.desk.helper import Helper
from tutorbot.runtime.desk import Who


@dataclass(frozen=True, slots=True)
class Visit:
    """A helper asks for a page, or sends one back."""

    request: Request
    helper: Helper
    who: Who
    form: Mapping[str, str]
    secret: str  # that goes into keys

    def key(self, *parts: str, words: str = "") -> str:
        """The key of what was pressed: the same form sent twice is one act."""
        return forms.key(self.secret, "desk", str(self.helper.id), *parts, self.form.get("nonce", "")[:64], words=words)

    def remember(self, notice: str) -> None:
        """Words to show on the next page."""
        if notice:
            self.request.session["notice"] = notice

    def values(self) -> dict[str, Any]:
        """What every page of the desk shows."""
        return {"me": self.helper, "notice": self.request.session.pop("notice", "")}


Page = Callable[[Visit], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


class Door:
    """Lets helpers in."""

    def __init__(self, parts: Parts, pages: Pages, limits: Limits) -> None:
        self._parts, self._pages, self._limits = parts, pages, limits

    def routes(self, middleware: list[Middleware]) -> list[Route]:
        """The way in and the way out."""
        return [
            Route("/desk/enter", self.enter_page, methods=["GET"], middleware=middleware),
            Route("/desk/enter", self.enter, methods=["POST"], middleware=middleware),
            Route("/desk/leave", self.leave, methods=["POST"], middleware=middleware),
        ]

    def helpers(self, page: Page) -> Endpoint:
        """The page for helpers who have signed in; for others, how to."""

        async def answer(request: Request) -> Response:
            form = await forms.read(request, self._parts.public_url) if request.method == "POST" else {}
            self._limits.visit(request)
            helper = await self.who_is(request)
            who = await self._parts.desk.session_who(request.session["secret"]) if helper else None
            if helper is None or who is None:
                return self._pages.page("desk/enter.html", 403, token="", used=False, text=form.get("text", ""))
            return await page(Visit(request, helper, who, form, self._parts.secret_key))

        return answer

    def coordinators(self, page: Page) -> Endpoint:
        """The page for coordinators; other helpers are told so."""

        async def answer(visit: Visit) -> Response:
            return await page(visit) if visit.helper.coordinates else self.closed(visit)

        return self.helpers(answer)

    def closed(self, visit: Visit) -> Response:
        """What helpers see of a page for coordinators."""
        return self._pages.page("desk/closed.html", 403, **visit.values())

    async def who_is(self, request: Request) -> Helper | None:
        """The helper who is signed in now; None if nobody is, or not any more."""
        secret = request.session.get("secret")
        return await self._parts.desk.session_helper(secret) if isinstance(secret, str) else None

    async def enter_page(self, request: Request) -> Response:
        """The page behind a sign-in link. Opening it uses nothing up: programs open links to preview them."""
        return self._pages.page("desk/enter.html", token=request.query_params.get("token", ""), used=False, text="")

    async def enter(self, request: Request) -> Response:
        """The button of that page, which uses the link up."""
        form = await forms.read(request, self._parts.public_url)
        went_well = self._limits.sign_in(request)
        secret = await self._parts.desk.session_open(form.get("token", ""))
        if secret is None:
            return self._pages.page("desk/enter.html", 403, token="", used=True, text="")
        went_well()
        request.session.clear()
        request.session["secret"] = secret
        return RedirectResponse("/desk", 303)

    async def leave(self, request: Request) -> Response:
        """Sign out: the cookie is worth nothing any more, wherever it is."""
        await forms.read(request, self._parts.public_url)
        secret = request.session.get("secret")
        if isinstance(secret, str):
            await self._parts.desk.session_close(secret)
        request.session.clear()
        return RedirectResponse("/desk", 303)
