"""A page that stands for itself, as a file that any browser shows; and moments as people write them."""

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from tutorbot.messages.locale import direction, spoken
from tutorbot.messages.markup import html_of

_WALL = ZoneInfo("Europe/London")
_LOOKS = "body{font:1.1rem/1.5 sans-serif;max-width:40rem;margin:1rem auto;padding:0 1rem}li{margin:.3rem 0}"


def to_document(markdown: str, language: str) -> str:
    """The page, whose first line is its title, as a whole HTML document that loads nothing."""
    title = escape(markdown.partition("\n")[0].removeprefix("# "))
    lang = spoken(language)
    return (
        f'<!doctype html><html lang="{lang}" dir="{direction(lang)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{_LOOKS}</style></head><body>{html_of(markdown)}</body></html>\n"
    )


def moment(at: datetime, language: str) -> str:
    """Day and time, as on a wall in Britain: `2 March 2026, 12:00`."""
    return format_datetime(at, "d MMMM y, HH:mm", _WALL, spoken(language))
