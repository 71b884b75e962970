"""One ticket: what it is about, what was said, and all that a helper can do about it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tutorbot.channels.web import forms
from tutorbot.channels.web.desk.door import Door, Visit
from tutorbot.channels.web.desk.queue import minutes_since
from tutorbot.channels.web.limits import Limits
from tutorbot.channels.web.pages import Pages
from tutorbot.channels.web.parts import Parts
from tutorbot.channels.web.stream import mark_of, stream
from tutorbot.curriculum.lesson import Picture
from tutorbot.desk.ticket import HELPERS_OUTCOMES, Outcome
from tutorbot.runtime.desk import Canned, Case, Desk, Who
from tutorbot.tutor.replies import OpenTicket

Do = Callable[[Desk, str, Who, int, Mapping[str, str]], Awaitable[str]]

_BACK = frozenset({"release", "close", "transfer", "hand_over"})  # after these one looks at the queue again


def _outcome(form: Mapping[str, str]) -> Outcome:
    """How the helper says that it ended."""
    chosen = form.get("outcome", "")
    return Outcome(chosen) if chosen in HELPERS_OUTCOMES else Outcome.SOLVED


def _number(form: Mapping[str, str]) -> int:
    return forms.number(form.get("to", ""))


ACTS: Mapping[str, Do] = {
    "claim": lambda desk, key, who, ticket, _: desk.claim(key, who, ticket),
    "release": lambda desk, key, who, ticket, _: desk.release(key, who, ticket),
    "close": lambda desk, key, who, ticket, form: desk.close(key, who, ticket, _outcome(form)),
    "urgent": lambda desk, key, who, ticket, _: desk.mark_urgent(key, who, ticket),
    "transfer": lambda desk, key, who, ticket, form: desk.transfer(key, who, ticket, _number(form)),
    "hand_over": lambda desk, key, who, ticket, form: desk.hand_over(key, who, ticket, _number(form)),
    "show_card": lambda desk, key, who, ticket, _: desk.show_card(key, who, ticket),
    "step_back": lambda desk, key, who, ticket, _: desk.step_back(key, who, ticket),
    "unsend": lambda desk, key, who, ticket, _: desk.unsend(key, who, ticket),
    "block": lambda desk, key, who, ticket, form: desk.block(key, who, ticket, form.get("text", "").strip()),
    "unblock": lambda desk, key, who, ticket, _: desk.unblock(key, who, ticket),
    "send_held": lambda desk, key, who, _, form: desk.send_held(key, who, _number(form)),
    "drop_held": lambda desk, key, who, _, form: desk.drop_held(key, who, _number(form)),
    "send_again": lambda desk, key, who, _, form: desk.send_again(key, who, _number(form)),
    "arrived": lambda desk, key, who, _, form: desk.arrived(key, who, _number(form)),
}
"""What the forms of a ticket's page do, by the last word of their address."""


class TicketPages:
    """The pages below `/desk/ticket/`."""

    def __init__(self, parts: Parts, pages: Pages, limits: Limits, door: Door) -> None:
        self._parts, self._pages, self._limits, self._door = parts, pages, limits, door
        self._desk = parts.desk

    def routes(self, middleware: list[Middleware]) -> list[Route]:
        """Where they stand."""
        helpers, place = self._door.helpers, "/desk/ticket/{ticket:number}"
        return [
            Route(place, helpers(self.ticket), middleware=middleware),
            Route(f"{place}/events", helpers(self.events), middleware=middleware),
            Route(f"{place}/reply", helpers(self.reply), methods=["POST"], middleware=middleware),
            Route(f"{place}/note", helpers(self.note), methods=["POST"], middleware=middleware),
            Route(f"{place}/{{act}}", helpers(self.act), methods=["POST"], middleware=middleware),
        ]

    async def ticket(self, visit: Visit) -> Response:
        """One ticket: what it is about, what was said, and what can be done now."""
        return await self._page(visit, await self._case(visit))

    async def events(self, visit: Visit) -> Response:
        """Where the ticket stands and what was said, whenever it changes."""
        first = await self._case(visit)
        nonce = self._parts.chance()  # one for the whole stream: only what is to be seen makes news
        query = visit.request.query_params
        stands, was_mine = query.get("stands", ""), "mine" in query  # as the page shows it

        async def look(shown: str) -> tuple[str | None, str] | None:
            nonlocal stands, was_mine
            if await self._door.who_is(visit.request) is None:
                return None, self._pages.html("desk/_over.html", why="signed_out")
            case = await self._desk.case(visit.who, first.ticket.id)
            if isinstance(case, str):
                return None, self._pages.html("desk/_over.html", why="moved")
            values = await self._values(visit, case)
            seen = self._pages.html("desk/_ticket_seen.html", nonce=lambda: nonce, **values)
            mark = mark_of(seen + values["stands"])
            if mark == shown:
                return None
            if values["stands"] != stands:
                steps: dict[str, Any] = values | {"can_write_now": values["mine"] and not was_mine, "draft": ""}
                seen += self._pages.html("desk/_ticket_steps.html", **steps)
            stands, was_mine = values["stands"], was_mine or values["mine"]
            return mark, seen

        room = self._limits.stream(visit.request)
        return stream(self._parts.live, f"ticket:{first.ticket.id}", "", look, room)

    async def reply(self, visit: Visit) -> Response:
        """An answer to the learner; or a ready-made one put into the box, to be looked at and sent."""
        ticket, text, case = _ticket(visit), visit.form.get("text", "").strip(), await self._case(visit)
        if "fill" in visit.form:
            ready = [one.text for one in self._canned(visit, case) if one.name == visit.form.get("canned")]
            return await self._page(visit, case, "\n\n".join(filter(None, [text, *ready])))
        if text:
            key = visit.key(str(ticket), "reply", words=text)
            visit.remember(await self._desk.reply(key, visit.who, ticket, text))
        return _go(ticket)

    async def note(self, visit: Visit) -> Response:
        """A note for helpers."""
        ticket, text = (await self._case(visit)).ticket.id, visit.form.get("text", "").strip()
        if text:
            key = visit.key(str(ticket), "note", words=text)
            visit.remember(await self._desk.note(key, visit.who, ticket, text))
        return _go(ticket)

    async def act(self, visit: Visit) -> Response:
        """Any other step."""
        ticket, act = (await self._case(visit)).ticket.id, visit.request.path_params["act"]
        if act not in ACTS:
            raise HTTPException(404)
        visit.remember(await ACTS[act](self._desk, visit.key(str(ticket), act), visit.who, ticket, visit.form))
        if act in _BACK:
            return RedirectResponse("/desk", 303)
        read_first = act == "claim" and "notice" not in visit.request.session  # what it is about stands at the top
        return RedirectResponse(f"/desk/ticket/{ticket}", 303) if read_first else _go(ticket)

    async def _case(self, visit: Visit) -> Case:
        """The ticket, if the helper may see it: of others not even that they are there."""
        case = await self._desk.case(visit.who, _ticket(visit))
        if isinstance(case, str):
            raise HTTPException(404)
        return case

    async def _page(self, visit: Visit, case: Case, draft: str = "") -> Response:
        values = await self._values(visit, case)
        return self._pages.page("desk/ticket.html", draft=draft, **(visit.values() | values))

    async def _values(self, visit: Visit, case: Case) -> dict[str, Any]:
        ticket, helper = case.ticket, visit.helper
        values = {
            "me": helper,
            "ticket": ticket,
            "briefing": case.briefing,
            "picture": self._picture(ticket.opening),
            "entries": case.entries,
            "acts": case.acts,
            "held": [(one, self._desk.concerns(one.text)) for one in case.held],
            "doubtful": case.doubtful,
            "mine": ticket.belongs_to(helper),
            "leads": helper.coordinates,
            "others": [one for one in await self._desk.helpers(ticket.group) if not ticket.belongs_to(one)],
            "groups": [one for one in await self._desk.groups() if one.id != ticket.group],
            "canned": self._canned(visit, case),
            "outcomes": HELPERS_OUTCOMES,
            "minutes": minutes_since(self._parts.clock()),
        }
        return values | {"stands": _stands(values)}

    def _canned(self, visit: Visit, case: Case) -> Sequence[Canned]:
        """Ready-made answers in the learner's language."""
        opening = case.ticket.opening
        return self._desk.canned(opening.language, helper=visit.helper.name, learner=opening.alias)

    def _picture(self, opening: OpenTicket) -> Picture | None:
        """The picture on the learner's card, if the lesson still is as it was."""
        lesson = self._parts.library.curriculum.lesson(opening.lesson, opening.language)
        cards = lesson.cards if lesson else ()
        card = cards[opening.card - 1] if 0 < opening.card <= len(cards) else None
        return card.picture if card and card.title == opening.question else None


def _stands(values: Mapping[str, Any]) -> str:
    """A word for all that decides which steps are possible: an open page gets new ones when it changes."""
    ticket = values["ticket"]
    held = [one.id for one in (*(held for held, _ in values["held"]), *values["doubtful"])]
    return mark_of(repr((ticket.status, ticket.helper, ticket.urgent, ticket.group, values["mine"], held)))


def _ticket(visit: Visit) -> int:
    number: int = visit.request.path_params["ticket"]
    return number


def _go(ticket: int) -> Response:
    return RedirectResponse(f"/desk/ticket/{ticket}#newest", 303)
