"""The helpers' desk: signing in, the queue, and one ticket with all that a helper can do about it.

What may be done is decided in `runtime.desk`; these pages show it and pass on what was pressed. Nothing here shows who
a learner is outside: no phone number, no user name, no address of a chat.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tutorbot.channels.web import forms, links
from tutorbot.channels.web.pages import Pages
from tutorbot.channels.web.parts import Parts
from tutorbot.channels.web.stream import mark_of, stream
from tutorbot.desk.helper import Helper
from tutorbot.desk.ticket import Status, Ticket
from tutorbot.runtime.desk import Case, Who

SIGNED_IN = timedelta(hours=12)
_CLOSED = 10  # closed tickets in sight

Page = Callable[[Request, Who], Awaitable[Response]]


class DeskPages:
    """The pages below `/desk`."""

    def __init__(self, parts: Parts, pages: Pages) -> None:
        self._parts = parts
        self._pages = pages
        self._steps: dict[str, Callable[[str, Who, int], Awaitable[str]]] = {
            "claim": parts.desk.claim,
            "release": parts.desk.release,
            "close": parts.desk.close,
        }
        self._words: dict[str, Callable[[str, Who, int, str], Awaitable[str]]] = {
            "reply": parts.desk.reply,
            "note": parts.desk.note,
        }

    def routes(self, session: Middleware) -> list[Route]:
        """Where they stand, each with its session."""
        middleware = [session]
        signed_in = self._signed_in
        return [
            Route("/desk", signed_in(self.queue), middleware=middleware),
            Route("/desk/events", signed_in(self.queue_events), middleware=middleware),
            Route("/desk/enter", self.enter_page, methods=["GET"], middleware=middleware),
            Route("/desk/enter", self.enter, methods=["POST"], middleware=middleware),
            Route("/desk/leave", self.leave, methods=["POST"], middleware=middleware),
            Route("/desk/ticket/{ticket:int}", signed_in(self.ticket), middleware=middleware),
            Route("/desk/ticket/{ticket:int}/events", signed_in(self.ticket_events), middleware=middleware),
            Route("/desk/ticket/{ticket:int}/{act}", signed_in(self.act), methods=["POST"], middleware=middleware),
        ]

    # --- Signing in -------------------------------------------------------------------------------------------------

    def _signed_in(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        """The page for helpers who have signed in; for others, how to."""

        async def answer(request: Request) -> Response:
            form = await forms.read(request, self._parts.public_url) if request.method == "POST" else {}
            name, until = request.session.get("name"), request.session.get("until", 0)
            if not name or until < self._parts.clock().timestamp():
                return self._pages.page("desk/enter.html", 403, token="", used=False, text=form.get("text", ""))
            return await page(request, links.who(name))

        return answer

    async def enter_page(self, request: Request) -> Response:
        """The page behind a sign-in link. Opening it uses nothing up: programs open links to preview them."""
        return self._pages.page("desk/enter.html", token=request.query_params.get("token", ""), used=False, text="")

    async def enter(self, request: Request) -> Response:
        """The button of that page, which uses the link up."""
        form = await forms.read(request, self._parts.public_url)
        now = self._parts.clock()
        name = await links.use_link(self._parts.store, form.get("token", ""), now)
        if name is None:
            return self._pages.page("desk/enter.html", 403, token="", used=True, text="")
        request.session.update(name=name, until=(now + SIGNED_IN).timestamp())
        return RedirectResponse("/desk", 303)

    async def leave(self, request: Request) -> Response:
        """Sign out."""
        await forms.read(request, self._parts.public_url)
        request.session.clear()
        return RedirectResponse("/desk", 303)

    # --- The queue --------------------------------------------------------------------------------------------------

    async def queue(self, request: Request, who: Who) -> Response:
        """Who waits, who is being helped, and what was closed lately."""
        helper = await self._parts.desk.arrive(who)
        notice = request.session.pop("notice", "")
        return self._pages.page("desk/queue.html", who=who, notice=notice, **await self._queue(helper))

    async def queue_events(self, _request: Request, who: Who) -> Response:
        """The queue, whenever it changes or a minute of waiting has gone by."""
        helper = await self._parts.desk.arrive(who)

        async def look(shown: str) -> tuple[str, str] | None:
            html = self._pages.html("desk/_queue.html", **await self._queue(helper))
            return (mark_of(html), html) if mark_of(html) != shown else None

        return stream(self._parts.live, "desk", "", look)

    async def _queue(self, helper: Helper) -> Mapping[str, Any]:
        tickets = await self._parts.desk.queue()
        return {
            "waiting": [ticket for ticket in tickets if ticket.status is Status.WAITING],
            "mine": [ticket for ticket in tickets if ticket.belongs_to(helper)],
            "others": [
                ticket for ticket in tickets if ticket.status is Status.CLAIMED and not ticket.belongs_to(helper)
            ],
            "closed": list(await self._parts.desk.queue(closed=True))[:_CLOSED],
            "minutes": self._minutes(),
        }

    def _minutes(self) -> Callable[[datetime], int]:
        """How many whole minutes ago a moment was."""
        now = self._parts.clock()
        return lambda then: max(0, int((now - then).total_seconds() // 60))

    # --- One ticket -------------------------------------------------------------------------------------------------

    async def ticket(self, request: Request, who: Who) -> Response:
        """One ticket: what it is about, what was said, and what can be done now."""
        case = await self._case(request)
        helper = await self._parts.desk.arrive(who)
        notice = request.session.pop("notice", "")
        return self._pages.page("desk/ticket.html", who=who, notice=notice, **self._ticket_values(case, helper))

    async def ticket_events(self, request: Request, who: Who) -> Response:
        """Where the ticket stands and what was said, whenever it changes."""
        first = await self._case(request)
        helper = await self._parts.desk.arrive(who)

        nonce = self._parts.chance()  # one for the whole stream: only what is to be seen makes news

        async def look(shown: str) -> tuple[str, str] | None:
            case = await self._parts.desk.case(first.ticket.id) or first
            values = self._ticket_values(case, helper)
            html = self._pages.html("desk/_ticket_news.html", nonce=lambda: nonce, **values)
            return (mark_of(html), html) if mark_of(html) != shown else None

        return stream(self._parts.live, f"ticket:{first.ticket.id}", "", look)

    async def act(self, request: Request, who: Who) -> Response:
        """What a helper pressed or wrote on a ticket's page."""
        act = request.path_params["act"]
        ticket: int = request.path_params["ticket"]
        form: Mapping[str, str] = request.state.form
        text = form.get("text", "").strip()
        key = forms.key(
            self._parts.secret_key, "desk", who.address.id, str(ticket), act, form.get("nonce", "")[:64], words=text
        )
        if step := self._steps.get(act):
            _remember(request, await step(key, who, ticket))
            return RedirectResponse(f"/desk/ticket/{ticket}" if act == "claim" else "/desk", 303)
        say = self._words.get(act)
        if say is None:
            raise HTTPException(404)
        if text:
            _remember(request, await say(key, who, ticket, text))
        return RedirectResponse(f"/desk/ticket/{ticket}#newest", 303)

    async def _case(self, request: Request) -> Case:
        case = await self._parts.desk.case(request.path_params["ticket"])
        if case is None:
            raise HTTPException(404)
        return case

    def _ticket_values(self, case: Case, helper: Helper) -> dict[str, Any]:
        ticket: Ticket = case.ticket
        return {
            "ticket": ticket,
            "briefing": case.briefing,
            "entries": case.entries,
            "mine": ticket.belongs_to(helper),
            "minutes": self._minutes(),
        }


def _remember(request: Request, notice: str) -> None:
    """Words to show on the next page."""
    if notice:
        request.session["notice"] = notice
