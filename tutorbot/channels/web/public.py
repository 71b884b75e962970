"""Pages and files for everybody: help, privacy, pictures of lessons, and our static files."""

import re
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from tutorbot.channels.web.pages import STATIC, Pages
from tutorbot.channels.web.parts import Parts
from tutorbot.messages.markup import to_html
from tutorbot.tutor.keep import Keep

_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_FOR_A_DAY = {"Cache-Control": "public, max-age=86400"}
_PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}  # no SVG: it can carry scripts
_TIME = re.compile(r"[0-9]+ (?:day|year)s?<!-- TUTORBOT_KEEP_([A-Z]+) -->")
_YEAR = 365  # days
_DOCUMENTS = {"/help": "help.md", "/privacy": "privacy.md", "/desk/help": "helpers.md"}


class Public:
    """What needs no session."""

    def __init__(self, parts: Parts, pages: Pages) -> None:
        self._parts = parts
        self._pages = pages
        texts = {path: (parts.docs / name).read_text(encoding="utf-8") for path, name in _DOCUMENTS.items()}
        self._documents = {path: with_times(text, parts.keep) for path, text in texts.items()}

    def routes(self) -> list[BaseRoute]:
        """Where they stand."""
        return [
            *(Route(path, self.document) for path in self._documents),
            Route("/pictures/{name:path}", self.picture),
            Mount("/static", _KeptFiles(directory=STATIC)),
        ]

    async def document(self, request: Request) -> Response:
        """A page written in Markdown."""
        path = request.url.path
        text = self._documents[path]
        return self._pages.page(
            "document.html",
            title=text.partition("\n")[0].removeprefix("# "),
            html=Markup(to_html(text)),  # noqa: S704 (made safe by to_html)
            back="/desk" if path.startswith("/desk") else "/",
        )

    async def picture(self, request: Request) -> Response:
        """A picture of a lesson. Which files are pictures of lessons, the library knows."""
        name = request.path_params["name"]
        kind = _PICTURES.get(PurePosixPath(name).suffix.lower())
        path = self._parts.library.picture(name) if kind else None
        if path is None:
            raise HTTPException(404)
        return FileResponse(path, media_type=kind, headers=_FOR_A_DAY)


def with_times(text: str, keep: Keep) -> str:
    """The text with the times that hold here. In the file each stands as `30 days<!-- TUTORBOT_KEEP_TALK -->`."""
    return _TIME.sub(lambda found: _in_words(getattr(keep, found[1].lower())), text)


def _in_words(days: int) -> str:
    count, what = (days // _YEAR, "year") if days % _YEAR == 0 else (days, "day")
    return f"{count} {what}{'' if count == 1 else 's'}"


class _KeptFiles(StaticFiles):
    """Files whose address changes when they do: browsers may keep them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers.update(_FOR_EVER)
        return response
