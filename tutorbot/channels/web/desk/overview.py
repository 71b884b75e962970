"""How a group is doing, for its coordinator: who is on, what waits, where people are stuck, how fast they are helped.

Nothing here tells of one learner.
"""

from collections.abc import Sequence
from typing import Any

from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from tutorbot.channels.web.desk.charts import Chart, chart
from tutorbot.channels.web.desk.door import Door, Visit
from tutorbot.channels.web.pages import Pages
from tutorbot.channels.web.parts import Parts
from tutorbot.desk.overview import Day, Minutes

SPANS = (7, 28)  # days that can be looked back on


class OverviewPages:
    """The page `/desk/overview`."""

    def __init__(self, parts: Parts, pages: Pages, door: Door) -> None:
        self._parts, self._pages, self._door = parts, pages, door

    def routes(self, middleware: list[Middleware]) -> list[Route]:
        """Where it stands."""
        return [Route("/desk/overview", self._door.coordinators(self.overview), middleware=middleware)]

    async def overview(self, visit: Visit) -> Response:
        """The coordinator's own group."""
        desk, group = self._parts.desk, visit.helper.group
        span = SPANS[1] if visit.request.query_params.get("days") == str(SPANS[1]) else SPANS[0]
        seen = await desk.overview(visit.who, span)
        if seen is None:
            return self._door.closed(visit)
        values = {
            "group": next((one for one in await desk.groups() if one.id == group), None),
            "seen": seen,
            "helpers": await desk.helpers(group),
            "span": span,
            "spans": SPANS,
            **_drawings(seen.days),
        }
        return self._pages.page("desk/overview.html", **visit.values(), **values)


def _drawings(days: Sequence[Day]) -> dict[str, Any]:
    return {
        "days": days,
        "opened": chart([day.opened for day in days]),
        "replies": _middle_and_worst([day.first_reply for day in days]),
        "solves": _middle_and_worst([day.solve for day in days]),
    }


def _middle_and_worst(days: Sequence[Minutes | None]) -> Chart:
    return chart([one.median if one else None for one in days], [one.p90 if one else None for one in days])
