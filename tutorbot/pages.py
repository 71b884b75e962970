"""Joins the pages to the house that `bootstrap` builds, and serves them.

Imported once all else runs: nobody in Telegram waits for it, and a worker that serves nothing is smaller.
"""

from pathlib import Path

from starlette.types import ASGIApp

from tutorbot.bootstrap import House, now
from tutorbot.caretaker import numbers, word_of
from tutorbot.channels.telegram.bot import Telegram
from tutorbot.channels.web.app import make_app, make_watch_app
from tutorbot.channels.web.parts import Parts
from tutorbot.config import CHECKOUT
from tutorbot.serving import Server, make_server

DOCS = CHECKOUT / "docs" if CHECKOUT else Path(__file__).parent / "_docs"


def make_pages(house: House, telegram: Telegram | None) -> Server:
    """Who serves the pages, and Telegram's calls."""
    parts = Parts(
        store=house.store,
        conversation=house.conversation,
        desk=house.desk,
        live=house.live,
        library=house.library,
        docs=DOCS,
        keep=house.settings.keep,
        secret_key=word_of(house.settings.secret_key),
        public_url=house.settings.public_url,
        clock=now,
        extra=numbers(house.settings, house.meters, house.store, now),
        pulse=house.pulse,
    )
    app: ASGIApp = make_app(parts)
    return make_server(telegram.in_front_of(app) if telegram else app, behind_proxy=bool(house.settings.public_url))


def make_watch(house: House) -> Server:
    """Who answers programs that look after a worker."""
    extra = numbers(house.settings, house.meters, house.store, now)
    return make_server(make_watch_app(house.store, house.pulse, extra))
