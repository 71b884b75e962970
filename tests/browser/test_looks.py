"""Every page, on a phone and on a large screen: no barrier that axe can find, nothing too small, nothing cut off."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, Site
from tests.browser.test_chat import begin, learner
from tests.browser.test_desk import claimed, enter
from tutorbot.curriculum.lesson import Picture
from tutorbot.messages.message import Button, Message
from tutorbot.runtime.values import Author
from tutorbot.tutor.replies import Document

Visit = Callable[..., Page]
_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
_SMALL = """() => [...document.querySelectorAll("button, .top a, .way, footer a, textarea")]
    .filter(one => one.getClientRects().length && one.getBoundingClientRect().height < 48)
    .map(one => one.innerText || one.id)"""
_TINY = """() => [...document.querySelectorAll("body *")]
    .filter(one => one.innerText && parseFloat(getComputedStyle(one).fontSize) < 18)
    .map(one => one.innerText)"""
_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def welcome(site: Site, visit: Visit, **more: object) -> Page:
    return visit(**more)


def chat(site: Site, visit: Visit, **more: object) -> Page:
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


def trouble(site: Site, visit: Visit, **more: object) -> Page:
    page = begin(visit(**more))
    site.world.store.down = True
    page.goto(f"{site.address}/")
    return page


def queue(site: Site, visit: Visit, **more: object) -> Page:
    return enter(site, visit, **more)


def ticket(site: Site, visit: Visit, **more: object) -> Page:
    return enter(site, visit, "/desk/ticket/27", **more)


def my_ticket(site: Site, visit: Visit, **more: object) -> Page:
    """A claimed ticket with words of everybody."""
    claimed(site)
    for author in (Author.LEARNER, Author.HELPER, Author.NOTE):
        site.do(site.world.desk.write, 27, author, "Some words.", "Bea")
    return enter(site, visit, "/desk/ticket/27", **more)


def closed_door(site: Site, visit: Visit, **more: object) -> Page:
    return visit("/desk", **more)


def link(site: Site, visit: Visit, **more: object) -> Page:
    return visit(site.link("Amir"), **more)


def known_learner(path: str) -> Callable[..., Page]:
    """A page for somebody who has begun."""

    def open_page(site: Site, visit: Visit, **more: object) -> Page:
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
    "queue": queue,
    "ticket": ticket,
    "my_ticket": my_ticket,
    "closed_door": closed_door,
    "link": link,
}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", _PAGES)
def test_page_has_no_barrier(site: Site, visit: Visit, name: str, size: dict[str, int]) -> None:
    page = _PAGES[name](site, visit, size=size)
    found = Axe().run(page, options=_RULES)
    assert found.response["passes"], "axe has looked"
    assert found.violations_count == 0, found.generate_report()
    assert not page.evaluate(_SMALL), "large enough for a thumb"
    assert not page.evaluate(_TINY), "letters large enough"
    assert not page.evaluate(_WIDE), "nothing to the right of the screen"
