"""The helpers' desk in a real browser: live, without losing what is being typed, by keyboard."""

from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, listening
from tutorbot.channels.web.links import who
from tutorbot.runtime.values import Author

Visit = Callable[..., Page]


def enter(site: Site, visit: Visit, path: str = "", **more: object) -> Page:
    """Sign in as Amir, and go on to a page of the desk."""
    page = visit(site.link("Amir"), **more)
    page.get_by_role("button", name="Go to the desk").click()
    page.wait_for_url("**/desk")
    if path:
        page.goto(f"{site.address}{path}")
    return page


def claimed(site: Site) -> None:
    """Ticket 27 is Amir's."""
    site.do(site.world.desk.claim, "key", who("Amir"), 27)


def test_new_ticket_comes_into_the_queue_by_itself(site: Site, visit: Visit) -> None:
    page = enter(site, visit)
    listening(page)
    old = site.world.desk.tickets[27]
    opening = replace(old.opening, alias="Olu")
    site.do(site.world.desk._change, replace(old, id=28, opening=opening))
    expect(page.get_by_role("link", name="#28 Olu")).to_be_visible()
    expect(page.get_by_role("heading", name="2 people are waiting")).to_be_visible()


def test_learners_words_arrive_while_the_helper_types(site: Site, visit: Visit) -> None:
    claimed(site)
    page = enter(site, visit, "/desk/ticket/27")
    listening(page)
    box = page.get_by_label("Reply to Ann")
    box.press_sequentially("Look at the la")
    site.do(site.world.desk.write, 27, Author.LEARNER, "the first one?")
    expect(page.get_by_text("the first one?")).to_be_visible()
    page.keyboard.type("st letter.")
    expect(box).to_have_value("Look at the last letter.")
    expect(box).to_be_focused()


def test_ticket_taken_by_somebody_else_cannot_be_claimed_any_more(site: Site, visit: Visit) -> None:
    page = enter(site, visit, "/desk/ticket/27")
    listening(page)
    note = page.get_by_label("Note for helpers")
    note.fill("Half a note")
    site.do(site.world.desk.claim, "key", who("Bea"), 27)
    expect(page.get_by_text("Bea is helping")).to_be_visible()
    expect(page.get_by_role("button", name="I'll help")).to_have_count(0)
    expect(note).to_have_value("Half a note")


def test_ticket_is_handled_by_keyboard_alone(site: Site, visit: Visit) -> None:
    page = enter(site, visit)
    page.get_by_role("link", name="#27 Ann").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="I'll help").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Reply to Ann").focus()
    page.keyboard.type("Hello Ann")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".bubble.helper")).to_contain_text("Hello Ann")


def test_desk_works_without_scripts(site: Site, visit: Visit) -> None:
    page = enter(site, visit, scripts=False)
    page.get_by_role("link", name="#27 Ann").click()
    page.get_by_role("button", name="I'll help").click()
    page.get_by_label("Reply to Ann").fill("Hello Ann")
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator(".bubble.helper")).to_contain_text("Hello Ann")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("heading", name="Closed lately")).to_be_visible()
