"""Turns templates into pages. Every word that a person reads on a page stands in `templates/`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from tutorbot.messages.locale import FALLBACK, direction, languages, spoken, translations
from tutorbot.messages.markup import literal_html, to_html
from tutorbot.messages.renderer import Renderer
from tutorbot.tutor.replies import Reply

STATIC = Path(__file__).parent / "static"
WALL = ZoneInfo("Europe/London")


class Pages:
    """The templates, with what all of them may use."""

    def __init__(self, chance: Callable[[], str], own: Path | None = None) -> None:
        """`own`: the folder of another channel, with `templates` and `static` of its own that go before ours."""
        rooms = [room for room in (own, Path(__file__).parent) if room]
        self._templates = {language: _templates(language, chance, rooms) for language in languages()}

    def html(self, template: str, language: str = FALLBACK, **values: Any) -> str:
        """A page or a piece of one, in a language that we speak."""
        return self._templates[spoken(language)].get_template(template).render(values)

    def page(
        self, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
    ) -> HTMLResponse:
        """The answer that shows it."""
        return HTMLResponse(self.html(template, status=status, **values), status, headers)


def _templates(language: str, chance: Callable[[], str], rooms: Sequence[Path]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([room / "templates" for room in rooms]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {
        "markdown": _markdown,
        "literal": _literal,
        "reason": _reason,
        "concerns": _concerns,
        "moment": _moment,
        "day": _day,
    }
    environment.globals |= {
        "asset": _asset_address(rooms),
        "nonce": chance,
        "lang": language,
        "dir": direction(language),
    }
    return environment


def _markdown(text: str) -> Markup:
    return Markup(to_html(text))  # noqa: S704 (made safe by to_html)


def _literal(said: str) -> Markup:
    return Markup(literal_html(said))  # noqa: S704 (made safe by literal_html)


def _moment(at: datetime) -> str:
    """Date and time as helpers have them on the wall: `22 Nov, 14:05`."""
    local = at.astimezone(WALL)
    return f"{local.day} {local:%b, %H:%M}"


def _day(day: date) -> str:
    """A date in few letters: `22 Nov`."""
    return f"{day.day} {day:%b}"


@cache
def _reason(why: str) -> str:
    """Why a helper is asked for, in the words of the briefing."""
    return Renderer().words(Reply("desk_reason", {"reason": why}))


@cache
def _concerns(why: tuple[str, ...]) -> str:
    """Why an answer is held, in the words that the helpers' chat uses too."""
    return Renderer().words(Reply("desk_concerns", {"concerns": why}))


def _asset_address(rooms: Sequence[Path]) -> Callable[[str], str]:
    """Addresses of our static files, which change with the file, so that browsers may keep them for ever."""
    files = [path for room in rooms for path in (room / "static").iterdir()]
    digests = {path.name: sha256(path.read_bytes()).hexdigest()[:12] for path in files}
    return lambda name: f"/static/{name}?v={digests[name]}"
