"""Joins the pages of the desk."""

from starlette.middleware import Middleware
from starlette.routing import Route

from tutorbot.channels.web.desk.acts import ActsPages
from tutorbot.channels.web.desk.door import Door
from tutorbot.channels.web.desk.me import MePages
from tutorbot.channels.web.desk.overview import OverviewPages
from tutorbot.channels.web.desk.queue import QueuePages
from tutorbot.channels.web.desk.ticket import TicketPages
from tutorbot.channels.web.limits import Limits
from tutorbot.channels.web.pages import Pages
from tutorbot.channels.web.parts import Parts


def routes(parts: Parts, pages: Pages, limits: Limits, session: Middleware) -> list[Route]:
    """Where they stand, each with its session."""
    middleware, door = [session], Door(parts, pages, limits)
    return [
        *door.routes(middleware),
        *QueuePages(parts, pages, limits, door).routes(middleware),
        *TicketPages(parts, pages, limits, door).routes(middleware),
        *MePages(parts, pages, door).routes(middleware),
        *OverviewPages(parts, pages, door).routes(middleware),
        *ActsPages(parts, door).routes(middleware),
    ]
