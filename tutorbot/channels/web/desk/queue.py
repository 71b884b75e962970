"""The queue: who waits and how long, who is being helped, what was closed lately; and whether the helper is here."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tutorbot.channels.web.desk.door import Door, Visit
from tutorbot.channels.web.limits import Limits
from tutorbot.channels.web.pages import Pages
from tutorbot.channels.web.parts import Parts
from tutorbot.channels.web.stream import mark_of, stream
from tutorbot.desk.ticket import Status

_CLOSED = 10  # closed tickets in sight


class QueuePages:
    """The first page of the desk."""

    def __init__(self, parts: Parts, pages: Pages, limits: Limits, door: Door) -> None:
        self._parts, self._pages, self._limits, self._door = parts, pages, limits, door

    def routes(self, middleware: list[Middleware]) -> list[Route]:
        """Where they stand."""
        helpers = self._door.helpers
        return [
            Route("/desk", helpers(self.queue), middleware=middleware),
            Route("/desk/events", helpers(self.events), middleware=middleware),
            Route("/desk/presence", helpers(self.presence), methods=["POST"], middleware=middleware),
        ]

    async def queue(self, visit: Visit) -> Response:
        """Who waits, who is being helped, and what was closed lately."""
        return self._pages.page("desk/queue.html", **visit.values(), **await self._values(visit))

    async def events(self, visit: Visit) -> Response:
        """The queue, whenever it changes or a minute of waiting has gone by."""

        async def look(shown: str) -> tuple[str | None, str] | None:
            if await self._door.who_is(visit.request) is None:
                return None, self._pages.html("desk/_over.html", why="signed_out")
            html = self._pages.html("desk/_queue.html", **await self._values(visit))
            return (mark_of(html), html) if mark_of(html) != shown else None

        return stream(self._parts.live, "desk", "", look, self._limits.stream(visit.request))

    async def presence(self, visit: Visit) -> Response:
        """I'm here, or I'm away."""
        here = visit.form.get("here") == "yes"
        visit.remember(await self._parts.desk.presence(visit.key("presence", str(here)), visit.who, here))
        return RedirectResponse("/desk", 303)

    async def _values(self, visit: Visit) -> Mapping[str, Any]:
        tickets, helper = await self._parts.desk.queue(visit.who), visit.helper
        claimed = [ticket for ticket in tickets if ticket.status is Status.CLAIMED]
        return {
            "waiting": [ticket for ticket in tickets if ticket.status is Status.WAITING],
            "mine": [ticket for ticket in claimed if ticket.belongs_to(helper)],
            "others": [ticket for ticket in claimed if not ticket.belongs_to(helper)],
            "closed": list(await self._parts.desk.queue(visit.who, closed=True))[:_CLOSED],
            "minutes": minutes_since(self._parts.clock()),
        }


def minutes_since(now: datetime) -> Callable[[datetime], int]:
    """How many whole minutes ago a moment was."""
    return lambda then: max(0, int((now - then).total_seconds() // 60))
