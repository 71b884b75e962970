"""The learner's pages: welcome, the conversation, and what is pressed or written there.

Everything works with plain forms and links. Where the browser runs htmx, the answer to a form is the new part of the
page instead of the whole of it.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tutorbot.channels.web import forms
from tutorbot.channels.web.limits import Limits
from tutorbot.channels.web.pages import Pages
from tutorbot.channels.web.parts import Parts
from tutorbot.channels.web.reader import asked_for, remember, remembered
from tutorbot.channels.web.stream import stream
from tutorbot.channels.web.talk import Talk, talk
from tutorbot.messages.message import Button
from tutorbot.runtime.conversation import Incoming
from tutorbot.runtime.values import Address, Entry
from tutorbot.tutor.events import ChoicePicked, Event, TextSent

SHOWN = 60  # messages on the page
OLDER = 200  # messages after "Show older messages"
_PROMISE = 24 * 60 * 60  # seconds in which a welcome page keeps its promise of one and the same learner
_WANTED = re.compile(r"[a-z0-9-]{1,64}")


class Chat:
    """The pages at `/`."""

    def __init__(self, parts: Parts, pages: Pages, limits: Limits) -> None:
        self._parts, self._pages, self._limits = parts, pages, limits
        self._promises = URLSafeTimedSerializer(parts.secret_key, salt="welcome")

    def routes(self, session: Middleware) -> list[Route]:
        """Where they stand, each with its session."""
        middleware = [session]
        return [
            Route("/", self.home, middleware=middleware),
            Route("/start", self.start, methods=["POST"], middleware=middleware),
            Route("/press", self.press, methods=["POST"], middleware=middleware),
            Route("/say", self.say, methods=["POST"], middleware=middleware),
            Route("/events", self.events, middleware=middleware),
            Route("/leave", self.leave_page, methods=["GET"], middleware=middleware),
            Route("/leave", self.leave, methods=["POST"], middleware=middleware),
        ]

    async def home(self, request: Request) -> Response:
        """The conversation; for those who have none yet, or follow a link to a lesson, a welcome with one button."""
        self._limits.visit(request)
        address = address_of(request)
        limit = OLDER if "older" in request.query_params else SHOWN
        entries = await self._entries(address, limit) if address else ()
        wanted = _lesson_wanted(request.query_params)
        if wanted or not entries:
            return self._welcome(wanted, remembered(request), returning=bool(entries))
        now = talk(entries)
        remember(request, now.language)
        return self._pages.page(
            "chat.html",
            language=now.language,
            talk=now,
            notice=request.session.pop("notice", ""),
            more=len(entries) == SHOWN,
            seal=partial(self._seal, request),
        )

    def _welcome(self, wanted: str, language: str, *, returning: bool) -> Response:
        curriculum = self._parts.library.curriculum
        found = curriculum.lesson(wanted) or curriculum.course(wanted)
        return self._pages.page(
            "welcome.html",
            language=language,
            wanted=wanted,
            title=found.title if found else "",
            returning=returning,
            promise=self._promises.dumps(self._parts.chance()),
        )

    async def start(self, request: Request) -> Response:
        """The big button of the welcome page: only now is there a learner, and a cookie."""
        form = await self._form(request)
        if not request.session.get("id"):
            self._limits.newcomer(request)
        session = request.session.get("id") or self._promised(form.get("promise", "")) or self._parts.chance()
        request.session["id"] = session
        wanted = _lesson_wanted(form)
        return await self._tell(request, form, TextSent(f"/start {wanted}".strip()))

    def _promised(self, promise: str) -> str:
        """The id that a welcome page has promised: pressing its button twice makes one learner, not two."""
        try:
            return str(self._promises.loads(promise, max_age=_PROMISE))
        except BadSignature:
            return ""

    async def press(self, request: Request) -> Response:
        """A button of the tutor. What it sends is its action, our seal, and the words on it, which are kept.

        Without our seal the press counts as any other, but these are not words of ours.
        """
        form = await self._form(request)
        action, _, rest = form.get("press", "").partition(" ")
        seal, _, label = rest.partition(" ")
        step = forms.number(form.get("step", ""))
        ours = forms.same(seal, self._seal(request, step, Button(action, label)))
        return await self._tell(request, form, ChoicePicked(action[:100], step), label=label if ours else "")

    def _seal(self, request: Request, step: int, button: Button) -> str:
        """Shows that this learner's page had this button."""
        what = (str(address_of(request)), str(step), button.action, button.label)
        return forms.sealed(self._parts.secret_key, "button", *what)

    async def say(self, request: Request) -> Response:
        """What the learner wrote."""
        form = await self._form(request)
        text = form.get("text", "")
        if not text.strip():
            return await self._answer(request, form, "")
        return await self._tell(request, form, TextSent(text), words=text)

    async def _form(self, request: Request) -> Mapping[str, str]:
        """What was sent, if it was not sent too often: it is read first, so that it can be offered again."""
        form = await forms.read(request, self._parts.public_url)
        self._limits.visit(request)
        return form

    async def _tell(
        self, request: Request, form: Mapping[str, str], event: Event, *, words: str = "", label: str = ""
    ) -> Response:
        address = address_of(request)
        if address is None:
            return _go("/", request)
        self._limits.press(address.id)
        request.session["id"] = address.id  # the year of the cookie begins anew
        key = forms.key(self._parts.secret_key, "web", address.id, form.get("nonce", "")[:64], words=words)
        incoming = Incoming(key, address, event, self._parts.clock(), asked_for(request), label=label)
        return await self._answer(request, form, await self._parts.conversation.receive(incoming))

    async def _answer(self, request: Request, form: Mapping[str, str], notice: str) -> Response:
        """What has come since the page was made; without htmx the whole page, by a redirect."""
        address = address_of(request)
        if address and "hx-request" in request.headers and "seen" in form:
            since, afresh = await self._since(address, max(0, forms.number(form["seen"])))
            if afresh:
                return _go("/#newest", request)
            remember(request, since.language)
            return self._pages.page(
                "_news.html",
                language=since.language,
                talk=since,
                notice=notice,
                clear="text" in form,
                seal=partial(self._seal, request),
            )
        if notice:
            request.session["notice"] = notice
        return _go("/#newest", request)

    async def events(self, request: Request) -> Response:
        """The stream of new messages; `after`, or what the browser has seen since, is where it begins."""
        self._limits.visit(request)
        address = address_of(request)
        if address is None:
            return Response(status_code=204)
        after = request.headers.get("last-event-id") or request.query_params.get("after", "")

        async def look(seen: int) -> tuple[int, str] | None:
            since, afresh = await self._since(address, seen)
            if since.seen <= seen and not afresh:
                return None
            values: dict[str, Any] = {"talk": since, "seal": partial(self._seal, request)}
            if afresh:
                return since.seen, self._pages.html("_afresh.html", remembered(request), shown=seen, **values)
            return since.seen, self._pages.html("_news.html", since.language, notice=None, clear=False, **values)

        room = self._limits.stream(request)
        return stream(self._parts.live, str(address), max(0, forms.number(after)), look, room)

    async def leave_page(self, request: Request) -> Response:
        """Asks whether this computer should forget the learner."""
        return self._pages.page("leave.html", language=remembered(request), known=address_of(request) is not None)

    async def leave(self, request: Request) -> Response:
        """Forget the learner on this computer."""
        await forms.read(request, self._parts.public_url)
        request.session.clear()
        return _go("/", request)

    async def _entries(self, address: Address, limit: int) -> Sequence[Entry]:
        return await self._parts.store.read(lambda tx: tx.record.of_chat(address, limit=limit))

    async def _since(self, address: Address, seen: int) -> tuple[Talk, bool]:
        """What is new after `seen`, with the choices of now, which may be older than that.

        And whether the page must begin afresh: nothing of what it shows is left, for the learner was forgotten.
        """
        entries = await self._entries(address, SHOWN)
        if entries and entries[0].id > seen:
            entries = await self._entries(address, OLDER)
        if seen > 0 and (not entries or entries[0].id > seen):
            return talk(entries), True
        return talk(entries).since(seen), False


def address_of(request: Request) -> Address | None:
    """Whose browser it is; None if it knows nobody."""
    session = request.session.get("id")
    return Address("web", session) if isinstance(session, str) and session else None


def _lesson_wanted(values: Mapping[str, str]) -> str:
    """The lesson or course a link asks for; "" if it asks for nothing that could be one."""
    wanted = values.get("start", "")
    return wanted if _WANTED.fullmatch(wanted) else ""


def _go(where: str, request: Request) -> Response:
    """Send the browser there; htmx needs its own word for it."""
    if "hx-request" in request.headers:
        return Response(headers={"HX-Redirect": where})
    return RedirectResponse(where, 303)
