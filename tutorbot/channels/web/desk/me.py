"""What helpers say of themselves: what they are called, when they are there, and what they speak."""

from collections.abc import Awaitable, Callable

from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tutorbot.channels.web.desk.door import Door, Visit
from tutorbot.channels.web.pages import Pages
from tutorbot.channels.web.parts import Parts
from tutorbot.runtime.desk import Who

Say = Callable[[str, Who, str], Awaitable[str]]


class MePages:
    """The page `/desk/me`."""

    def __init__(self, parts: Parts, pages: Pages, door: Door) -> None:
        self._pages, self._door, self._desk = pages, door, parts.desk

    def routes(self, middleware: list[Middleware]) -> list[Route]:
        """Where it stands."""
        helpers = self._door.helpers
        return [
            Route("/desk/me", helpers(self.me), middleware=middleware),
            Route("/desk/me/name", helpers(self.name), methods=["POST"], middleware=middleware),
            Route("/desk/me/hours", helpers(self.hours), methods=["POST"], middleware=middleware),
            Route("/desk/me/languages", helpers(self.languages), methods=["POST"], middleware=middleware),
        ]

    async def me(self, visit: Visit) -> Response:
        """Who I am at the desk. What was sent and could not be read is shown again, to be mended."""
        me, typed = visit.helper, visit.request.session.pop("typed", {})
        values = {"name": me.name, "hours": me.hours, "languages": " ".join(me.languages)} | typed
        group = next((one for one in await self._desk.groups() if one.id == visit.helper.group), None)
        return self._pages.page("desk/me.html", group=group, **visit.values(), **values)

    async def name(self, visit: Visit) -> Response:
        """What I am called."""
        return await _said(visit, "name", self._desk.set_name)

    async def hours(self, visit: Visit) -> Response:
        """When I am here."""
        return await _said(visit, "hours", self._desk.set_hours)

    async def languages(self, visit: Visit) -> Response:
        """What I speak."""
        return await _said(visit, "languages", self._desk.set_languages)


async def _said(visit: Visit, what: str, say: Say) -> Response:
    text = visit.form.get("text", "").strip()
    visit.remember(await say(visit.key("me", what, words=text), visit.who, text))
    visit.request.session["typed"] = {what: text[:200]}
    return RedirectResponse("/desk/me", 303)
