"""What is kept about a learner, as a page to read and a file to take away: to their own browser, and to no other."""

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tutorbot.channels.web.chat import address_of
from tutorbot.channels.web.limits import Limits
from tutorbot.channels.web.pages import Pages
from tutorbot.channels.web.parts import Parts
from tutorbot.channels.web.reader import remembered
from tutorbot.messages.markup import html_of
from tutorbot.tutor.replies import Document


class MyData:
    """The pages at `/mydata`."""

    def __init__(self, parts: Parts, pages: Pages, limits: Limits) -> None:
        self._parts, self._pages, self._limits = parts, pages, limits

    def routes(self, session: Middleware) -> list[Route]:
        """Where they stand. Nothing in their address says whose they are: the cookie does."""
        return [
            Route("/mydata", self.page, middleware=[session]),
            Route("/mydata.json", self.file, middleware=[session]),
        ]

    async def page(self, request: Request) -> Response:
        """A page to read."""
        self._limits.visit(request)
        address = address_of(request)
        text = await self._parts.conversation.copies.page(address) if address else None
        html = Markup(html_of(text)) if text else ""  # noqa: S704 (made safe by html_of)
        return self._pages.page("mydata.html", language=remembered(request), html=html)

    async def file(self, request: Request) -> Response:
        """The same for programs. 404 if nothing is kept about them."""
        self._limits.visit(request)
        address = address_of(request)
        file = await self._parts.conversation.copies.file(address, Document.DATA) if address else None
        if file is None:
            raise HTTPException(404)
        how = {"Content-Disposition": f'attachment; filename="{file.name}"'}
        return Response(file.content, media_type=file.kind, headers=how)
