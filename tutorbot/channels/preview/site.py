"""What an author asks for and presses, into answers: the list, a lesson's page, and its talk.

Everything works with plain forms. Where the browser runs htmx, the answer to a form is the stage of the page, and a
stream brings it anew after each save.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from babel import UnknownLocaleError
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from tutorbot.channels.preview.findings import find_places
from tutorbot.channels.preview.listing import listing
from tutorbot.channels.preview.parts import Parts
from tutorbot.channels.preview.phone import balloons
from tutorbot.channels.preview.play import Act, Play
from tutorbot.channels.preview.tables import Table, Tables
from tutorbot.channels.preview.trials import trials
from tutorbot.channels.web import forms
from tutorbot.channels.web.pages import Pages
from tutorbot.channels.web.stream import stream
from tutorbot.channels.web.talk import talk
from tutorbot.curriculum.lesson import Lesson
from tutorbot.curriculum.problem import Level
from tutorbot.messages.locale import direction
from tutorbot.messages.message import Button
from tutorbot.runtime.values import Entry
from tutorbot.tutor.events import ChoicePicked, TextSent

LESSONS = "lessons"  # the topic of open pages
SHOWN = 40  # messages on the page
_FRESH = {"Cache-Control": "no-cache"}


class Site:
    """All pages of the preview."""

    def __init__(self, parts: Parts, pages: Pages) -> None:
        self._parts, self._shelf, self._pages = parts, parts.shelf, pages
        self._tables = Tables(parts.renderer, parts.clock)
        self._run = parts.chance()  # what open pages show of an earlier run is old

    def routes(self) -> list[BaseRoute]:
        """Where they stand."""
        return [
            Route("/", self.lessons),
            Route("/lesson/{name:path}", self.lesson),
            Route("/press", self.press, methods=["POST"]),
            Route("/say", self.say, methods=["POST"]),
            Route("/jump", self.jump, methods=["POST"]),
            Route("/try", self.try_, methods=["POST"]),
            Route("/news", self.news),
            Route("/pictures/{edition:int}/{name:path}", self.picture),
        ]

    async def lessons(self, _request: Request) -> Response:
        """All lessons with their findings."""
        return self._pages.page("lessons.html", mark=self._mark(), listing=listing(self._shelf))

    async def lesson(self, request: Request) -> Response:
        """One lesson, as learners see it."""
        name = request.path_params["name"]
        path = self._shelf.path_of(name)
        if path not in self._shelf.found.lessons:
            raise HTTPException(404)
        key = request.query_params.get("page") or self._parts.chance()
        return self._pages.page("lesson.html", mark=self._mark(), **self._stage(key, path))

    async def press(self, request: Request) -> Response:
        """A button of the tutor."""
        form = await forms.read(request, "")
        action, _, _ = form.get("press", "").partition(" ")
        return self._act(request, form, ChoicePicked(action[:100], forms.number(form.get("step", ""))))

    async def say(self, request: Request) -> Response:
        """What the author wrote as a learner would."""
        form = await forms.read(request, "")
        text = form.get("text", "").strip()
        return self._act(request, form, TextSent(text)) if text else self._answer(request, form)

    async def jump(self, request: Request) -> Response:
        """To a card, as it first stands."""
        form = await forms.read(request, "")
        return self._played(request, form, Play(form.get("card", "")))

    async def try_(self, request: Request) -> Response:
        """One of the trials of a card, from the card as it first stands."""
        form = await forms.read(request, "")
        table = self._table_of(form)
        lesson = self._shelf.lesson_at(table.path)
        card = next((card for card in lesson.cards if card.id == form.get("card")), None) if lesson else None
        ways, number = trials(card.exercise if card else None), forms.number(form.get("trial", ""))
        if card is None or not 0 <= number < len(ways):
            return self._answer(request, form)  # the lesson has changed meanwhile
        return self._played(request, form, Play(card.id, acts=ways[number].acts))

    async def news(self, request: Request) -> Response:
        """The stream of an open page: it anew, after each save. Without a name it is the list."""
        name, key = request.query_params.get("name", ""), request.query_params.get("page", "")
        shown = request.headers.get("last-event-id") or request.query_params.get("after", "")
        show = self._again(key, self._shelf.path_of(name)) if name else self._list_again
        return stream(self._parts.live, LESSONS, shown, self._look(show))

    async def picture(self, request: Request) -> Response:
        """A picture of a lesson."""
        path = self._shelf.picture(request.path_params["name"])
        if path is None:
            raise HTTPException(404)
        return FileResponse(path, headers=_FRESH)

    # What is shown

    def _mark(self) -> str:
        """A word for what the lessons are now."""
        return f"{self._run}.{self._shelf.found.version}"

    def _look(self, show: Callable[[], str]) -> Callable[[str], Awaitable[tuple[str, str] | None]]:
        async def look(shown: str) -> tuple[str, str] | None:
            mark = self._mark()
            return (mark, show()) if mark != shown else None

        return look

    def _list_again(self) -> str:
        return self._pages.html("_lessons.html", listing=listing(self._shelf))

    def _again(self, key: str, path: str) -> Callable[[], str]:
        return lambda: self._pages.html("_stage.html", **self._stage(key, path))

    def _stage(self, key: str, path: str) -> dict[str, Any]:
        """All that the page of a lesson shows."""
        lesson = self._shelf.lesson_at(path)
        found = find_places(self._shelf.problems_of(path), self._shelf.text_of(path), lesson.cards if lesson else ())
        about_course = self._shelf.course_problems(PurePosixPath(path).parent)
        values = {
            "key": key,
            "name": self._shelf.name_of(path),
            "path": path,
            "lesson": lesson,
            "found": found,
            "gone": path not in self._shelf.found.lessons,
            "course": [problem for problem in about_course if problem.level is Level.ERROR],
        }
        return values | (self._phones(key, lesson) if lesson else {})

    def _phones(self, key: str, lesson: Lesson) -> dict[str, Any]:
        talked = self._tables.at(key, lesson, self._shelf.curriculum).talked
        entries = [self._with_fresh_picture(entry) for entry in talked.entries[-SHOWN:]]
        card = next((card for card in lesson.cards if card.id == talked.card), lesson.cards[0])
        # The web chat's own forms carry a nonce back: here it is the key of the open page.
        chat = {"talk": talk(entries), "nonce": lambda: key, "notice": talked.notice, "seal": _unsealed}
        web = self._pages.html("_web.html", lesson.language, **chat)
        return {
            "web": Markup(web),  # noqa: S704 (a template's)
            "balloons": balloons(entries, talked.presses),
            "talked": talked,
            "here": card,
            "trials": trials(card.exercise),
            "direction": _direction(lesson.language),
        }

    def _with_fresh_picture(self, entry: Entry) -> Entry:
        """The entry with an address of its picture that changes with the file, so that no old one is shown."""
        picture = entry.message.picture
        if picture is None:
            return entry
        fresh = replace(picture, name=f"{self._shelf.picture_edition(picture.name)}/{picture.name}")
        return replace(entry, message=replace(entry.message, picture=fresh))

    # What is played

    def _table_of(self, form: Mapping[str, str]) -> Table:
        table = self._tables.find(form.get("nonce", ""))
        if table is None:
            raise HTTPException(409)  # of an earlier run
        return table

    def _act(self, request: Request, form: Mapping[str, str], act: Act) -> Response:
        lesson = self._shelf.lesson_at(self._table_of(form).path)
        if lesson:
            self._tables.act(form["nonce"], lesson, self._shelf.curriculum, act)
        return self._answer(request, form)

    def _played(self, request: Request, form: Mapping[str, str], play: Play) -> Response:
        lesson = self._shelf.lesson_at(self._table_of(form).path)
        if lesson:
            self._tables.play(form["nonce"], lesson, self._shelf.curriculum, play)
        return self._answer(request, form)

    def _answer(self, request: Request, form: Mapping[str, str]) -> Response:
        """The stage as it is now, or the page of the lesson that the talk has led to."""
        key, table = form["nonce"], self._table_of(form)
        elsewhere = self._elsewhere(table)
        where = f"/lesson/{quote(self._shelf.name_of(elsewhere or table.path))}"
        if "hx-request" not in request.headers:
            return RedirectResponse(where if elsewhere else f"{where}?page={quote(key)}", 303)
        if elsewhere:
            return Response(headers={"HX-Redirect": where})
        return self._pages.page("_swap.html", **self._stage(key, table.path))

    def _elsewhere(self, table: Table) -> str:
        """The file of the lesson on the screen, if it is another; else ""."""
        talked = table.talked
        lesson = self._shelf.curriculum.lesson(talked.lesson, talked.state.language) if talked.lesson else None
        return lesson.path if lesson and lesson.path != table.path else ""


def _direction(language: str) -> str:
    """Which way a language is written; authors may write in one that nobody has heard of."""
    try:
        return direction(language)
    except (UnknownLocaleError, ValueError):
        return "ltr"


def _unsealed(_step: int, _button: Button) -> str:
    """Here nothing is kept, so a press needs no seal."""
    return "-"
