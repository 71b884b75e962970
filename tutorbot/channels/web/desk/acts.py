"""Who did what at the desk of a group, and when, as a file for its coordinator. Never what was written."""

from datetime import UTC, date, datetime, time

from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from tutorbot.channels.web.desk.door import Door, Visit
from tutorbot.channels.web.pages import WALL
from tutorbot.channels.web.parts import Parts
from tutorbot.desk.audit_files import as_csv, as_json

_FIRST = datetime(2000, 1, 1, tzinfo=UTC)  # before anything was done


class ActsPages:
    """The file behind a form on the coordinator's page. A form, for that it was taken is written down as well."""

    def __init__(self, parts: Parts, door: Door) -> None:
        self._parts, self._door = parts, door

    def routes(self, middleware: list[Middleware]) -> list[Route]:
        """Where it stands."""
        return [Route("/desk/acts", self._door.coordinators(self.file), methods=["POST"], middleware=middleware)]

    async def file(self, visit: Visit) -> Response:
        """What was done in the coordinator's own group since a day, or ever."""
        acts = await self._parts.desk.export_acts(visit.who, _since(visit.form.get("since", "")))
        if acts is None:
            return self._door.closed(visit)
        if visit.form.get("form") == "json":
            return _download("acts.json", as_json(acts), "application/json")
        return _download("acts.csv", as_csv(acts), "text/csv")


def _since(text: str) -> datetime:
    """The beginning of the day that was typed; all that there is, if that was no day."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), WALL)
    except ValueError:
        return _FIRST


def _download(name: str, content: str, kind: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
