"""Every page for learners, on a phone and on a large screen: without a barrier that can be found."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.barriers import no_barrier
from tests.browser.conftest import DESKTOP, PHONE, FakeSite
from tests.browser.test_chat import begin, learner
from tutorbot.curriculum.lesson import Picture
from tutorbot.messages.message import Button, Message
from tutorbot.runtime.values import Author
from tutorbot.tutor.replies import Document

Visit = Callable[..., Page]


def welcome(site: FakeSite, visit: Visit, **more: object) -> Page:
    return visit(**more)


def chat(site: FakeSite, visit: Visit, **more: object) -> Page:
    """A chat with a picture, a long word, both sides and a helper."""
    page = begin(visit(**more))
    picture = Picture("first-steps/images/link.png", "A page with two links.")
    buttons = (Button("pick:0", "A blue word with a line under it"), Button("menu", "☰ Menu", nav=True))
    say, address = site.world.conversation.say, learner(site)
    site.do(say, address, Message("**A link** is at https://example.org/" + "long" * 30, picture=picture))
    site.do(say, address, Message(said="x" * 200), Author.LEARNER)
    site.do(say, address, Message("> Hint: `look`", buttons=buttons), Author.TUTOR)
    site.do(say, address, Message(said="Hello."), Author.HELPER, "Amir")
    site.do(say, address, Message("All that I keep about you.", document=Document.PAGE, buttons=buttons))
    page.goto(f"{site.address}/")
    return page


def trouble(site: FakeSite, visit: Visit, **more: object) -> Page:
    page = begin(visit(**more))
    site.world.store.down = True
    page.goto(f"{site.address}/")
    return page


def closed_door(site: FakeSite, visit: Visit, **more: object) -> Page:
    return visit("/desk", **more)


def link(site: FakeSite, visit: Visit, **more: object) -> Page:
    return visit("/desk/enter?token=secret", **more)


def too_often(site: FakeSite, visit: Visit, **more: object) -> Page:
    """Nobody is served at once any more."""
    page = begin(visit(**more))
    while "Please wait" not in page.content():
        page.goto(f"{site.address}/?older=1")
    return page


def known_learner(path: str) -> Callable[..., Page]:
    """A page for somebody who has begun."""

    def open_page(site: FakeSite, visit: Visit, **more: object) -> Page:
        page = begin(visit(**more))
        page.goto(site.address + path)
        return page

    return open_page


_PAGES = {
    "welcome": welcome,
    "chat": chat,
    "wanted": known_learner("/?start=fake-email"),
    "leave": known_learner("/leave"),
    "help": known_learner("/help"),
    "privacy": known_learner("/privacy"),
    "my_data": known_learner("/mydata"),
    "helpers": known_learner("/desk/help"),
    "nowhere": known_learner("/nowhere"),
    "trouble": trouble,
    "closed_door": closed_door,
    "link": link,
    "too_often": too_often,
}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", _PAGES)
def test_page_has_no_barrier(site: FakeSite, visit: Visit, name: str, size: dict[str, int]) -> None:
    page = _PAGES[name](site, visit, size=size)
    no_barrier(page)
