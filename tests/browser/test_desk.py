"""The helpers' desk in real browsers, with every real part behind it: two helpers and a learner at once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, Site, TownSite, listening
from tests.integration.web.town import ANN, who
from tutorbot.runtime.values import Address

Visit = Callable[..., Page]
OLU = Address("web", "olu")
HERE = "/desk/ticket/1"


@pytest.fixture
def site(town_site: TownSite) -> Site:
    """What `visit` opens pages of."""
    return town_site


def enter(site: TownSite, visit: Visit, path: str = "/desk", name: str = "Amir", **more: object) -> Page:
    """Sign in, go on to a page of the desk, and listen there."""
    page = visit(site.do(site.town.link, name, site.address), **more)
    page.get_by_role("button", name="Go to the desk").click()
    page.wait_for_url("**/desk")
    if path != "/desk":
        page.goto(site.address + path)
    if more.get("scripts", True):
        listening(page)
    return page


def claimed(site: TownSite, name: str = "Amir") -> None:
    """Ticket 1 is this helper's."""
    site.do(site.town.link, name)
    site.do(site.town.desk.claim, f"claim by {name}", who(name), 1)


def ask(page: Page, name: str) -> None:
    """A learner starts a lesson, tries an answer and asks for a person."""
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Or write here").fill(name)
    for label in ("Send", "▶ Next", "help@paypa1", "🙋 Talk to a person", "Yes, ask a person"):
        before = page.locator(".bubble").count()
        page.get_by_role("button", name=label).last.click()
        expect(page.locator(".bubble")).not_to_have_count(before)


def test_two_helpers_and_a_learner_at_once(town_site: TownSite, visit: Visit) -> None:
    """Two claim and one gets it; answers come by themselves, notes never; then a transfer, the end, and the lesson."""
    site = town_site
    amir, dana = enter(site, visit), enter(site, visit, name="Dana", size=DESKTOP)
    ann = visit("/?start=fake-email")
    ask(ann, "Ann")
    listening(ann)
    for helper in (amir, dana):  # the ticket came by itself
        helper.get_by_role("link", name="#1 Ann").click()
        listening(helper)

    amir.get_by_role("button", name="I'll help").evaluate("button => window.late = button.form")
    dana.get_by_role("button", name="I'll help").click()
    expect(dana.get_by_label("Reply to Ann")).to_be_visible()
    expect(amir.get_by_role("button", name="I'll help")).to_have_count(0)  # it has gone by itself
    expect(amir.get_by_text("Dana has this one.")).to_be_visible()
    amir.evaluate("document.body.append(window.late), window.late.submit()")  # he had pressed it already
    expect(amir.locator("#notice")).to_contain_text("Dana has this one.")
    expect(ann.locator("#log")).to_contain_text("Dana")

    listening(amir)
    amir.get_by_label("Note for helpers").fill("SECRET: she has an old phone")
    amir.get_by_role("button", name="Save note").click()
    expect(dana.locator(".bubble.note")).to_contain_text("she has an old phone")
    listening(dana)
    dana.get_by_label("Reply to Ann").fill("Look at the last letter.")
    dana.get_by_role("button", name="Send reply").click()
    expect(ann.locator(".bubble.helper").last).to_contain_text("Look at the last letter.")
    listening(dana)
    ann.get_by_label("Or write here").fill("is it the number 1?")
    ann.get_by_role("button", name="Send", exact=True).click()
    expect(dana.locator(".bubble.learner")).to_contain_text("is it the number 1?")

    amir.goto(site.address + HERE)
    listening(amir)
    dana.get_by_text("Give it to somebody else").click()
    dana.get_by_label("To a helper").select_option("Amir")
    dana.get_by_role("button", name="Give to this helper").click()
    expect(dana.get_by_role("heading", name="Others are helping")).to_be_visible()
    amir.get_by_label("Reply to Ann").fill("Yes, well seen.")  # the box came by itself
    amir.get_by_role("button", name="Send reply").click()
    expect(ann.locator(".bubble.helper").last).to_contain_text("Yes, well seen.")

    amir.get_by_text("Close", exact=True).click()
    amir.get_by_label("Solved").check()
    amir.get_by_role("button", name="Close this ticket").click()
    expect(amir.get_by_role("heading", name="Closed lately")).to_be_visible()
    ann.get_by_role("button", name="Yes").click()
    expect(ann.locator("#log")).to_contain_text("Which sender looks real?")
    expect(ann.get_by_role("button", name="help@paypal.example")).to_be_visible()  # the exact card
    assert "SECRET" not in ann.content()
    ann.reload()
    assert "SECRET" not in ann.content()


def test_answer_that_is_edited_or_taken_back_changes_on_the_learners_open_page(
    town_site: TownSite, visit: Visit
) -> None:
    site = town_site
    ann = visit("/?start=fake-email")
    ask(ann, "Ann")
    claimed(site)
    desk = site.town.desk
    for number, words in enumerate(("The first one.", "The second one.")):
        site.do(desk.reply, words, who("Amir"), 1, words, source=f"telegram:7:{number}")
    ann.reload()
    listening(ann)
    expect(ann.locator(".bubble.helper")).to_have_count(2)
    site.do(desk.edit, "edit", who("Amir"), "telegram:7:0", "The last one.")
    expect(ann.locator(".bubble.helper").first).to_contain_text("The last one.")
    site.do(desk.unsend, "unsend", who("Amir"), 1)
    expect(ann.locator(".bubble.helper")).to_have_count(1)
    expect(ann.locator(".bubble.helper")).to_contain_text("The last one.")


def test_new_ticket_comes_into_the_queue_by_itself(town_site: TownSite, visit: Visit) -> None:
    site = town_site
    page = enter(site, visit)
    expect(page.get_by_role("heading", name="0 people are waiting")).to_be_visible()
    site.do(site.town.stuck, "Olu", OLU)
    expect(page.get_by_role("link", name="#1 Olu")).to_be_visible()
    expect(page.get_by_role("heading", name="1 person is waiting")).to_be_visible()


def test_learners_words_arrive_while_the_helper_types_and_chooses(town_site: TownSite, visit: Visit) -> None:
    site = town_site
    site.do(site.town.stuck)
    claimed(site)
    page = enter(site, visit, HERE)
    page.get_by_text("Close", exact=True).click()
    page.get_by_label("No answer").check()
    box = page.get_by_label("Reply to Ann")
    box.press_sequentially("Look at the la")
    site.do(site.town.says, ANN, "the first one?")
    expect(page.get_by_text("the first one?")).to_be_visible()
    page.keyboard.type("st letter.")
    expect(box).to_have_value("Look at the last letter.")
    expect(box).to_be_focused()
    expect(page.get_by_label("No answer")).to_be_checked()
    expect(page.get_by_label("No answer")).to_be_visible()


def test_ticket_that_goes_away_keeps_what_is_being_typed(town_site: TownSite, visit: Visit) -> None:
    site = town_site
    site.do(site.town.stuck)
    claimed(site)
    page = enter(site, visit, HERE)
    page.get_by_label("Reply to Ann").fill("Half an answer")
    site.do(site.town.desk.release, "key", who("Amir"), 1)
    expect(page.get_by_role("button", name="I'll help")).to_be_visible()
    expect(page.get_by_role("button", name="Give back")).to_have_count(0)
    expect(page.get_by_label("Reply to Ann")).to_have_value("Half an answer")


def test_session_that_is_revoked_ends_the_open_page_and_says_so(town_site: TownSite, visit: Visit) -> None:
    site = town_site
    site.do(site.town.stuck)
    claimed(site)
    page = enter(site, visit, HERE)
    page.get_by_label("Reply to Ann").fill("Half an answer")
    amir = site.do(site.town.helper, "Amir")
    site.do(site.town.desk.sessions_revoke, amir.id)
    site.do(site.town.says, ANN, "are you there?")
    expect(page.get_by_role("status")).to_contain_text("You were signed out")
    expect(page.get_by_text("are you there?")).to_have_count(0)
    expect(page.get_by_label("Reply to Ann")).to_have_value("Half an answer")


def test_held_answer_is_shown_and_sent_all_the_same(town_site: TownSite, visit: Visit) -> None:
    site = town_site
    site.do(site.town.stuck)
    claimed(site)
    page = enter(site, visit, HERE)
    page.get_by_label("Reply to Ann").fill("Never tell your PIN")
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_role("heading", name="Not sent yet")).to_be_visible()
    page.get_by_role("button", name="Send it all the same").click()
    expect(page.locator(".bubble.helper")).to_contain_text("Never tell your PIN")
    expect(page.get_by_role("heading", name="Not sent yet")).to_have_count(0)


def test_whole_ticket_is_handled_by_keyboard_alone(town_site: TownSite, visit: Visit) -> None:
    """Only Tab, Space, Enter and letters; the focus can always be seen and never gets caught."""
    site = town_site
    site.do(site.town.stuck)
    page = enter(site, visit)
    tab_to(page, "Skip to the main part", "Enter")
    tab_to(page, "#1 Ann", "Enter")
    page.wait_for_url(f"**{HERE}")
    tab_to(page, "I'll help", "Enter")
    expect(page.get_by_label("Reply to Ann")).to_be_visible()
    tab_to(page, "reply-text")
    page.keyboard.type("Hello Ann")
    tab_to(page, "Send reply", "Enter")
    expect(page.locator(".bubble.helper")).to_contain_text("Hello Ann")
    tab_to(page, "Close", "Enter")
    tab_to(page, "Close this ticket", "Enter")
    expect(page.get_by_role("heading", name="Closed lately")).to_be_visible()


def tab_to(page: Page, name: str, key: str = "") -> None:
    """Tab on to what has these words (or this id), which must then be in sight with a ring around it; press `key`."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        here = focused.count() and (focused.inner_text() or focused.get_attribute("id") or "")
        if here and here.strip().startswith(name):
            expect(focused).to_be_in_viewport()
            assert focused.evaluate("one => parseFloat(getComputedStyle(one).outlineWidth)") >= 2, "a ring around it"
            if key:
                page.keyboard.press(key)
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


def test_tab_leads_through_the_page_in_reading_order_and_out_again(town_site: TownSite, visit: Visit) -> None:
    site = town_site
    site.do(site.town.stuck)
    claimed(site)
    page = enter(site, visit, HERE, size=DESKTOP)
    places = []
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        places.append(page.evaluate("document.activeElement.id || document.activeElement.innerText"))
    assert places[0] == "Skip to the main part"
    wanted = ["reply-text", "Send reply", "canned", "Put it in the box", "note-text", "Save note", "show_card"]
    assert [place for place in places if place in wanted] == wanted


def test_desk_works_without_scripts(town_site: TownSite, visit: Visit) -> None:
    site = town_site
    site.do(site.town.stuck)
    page = enter(site, visit, scripts=False)
    page.get_by_role("link", name="#1 Ann").click()
    page.get_by_role("button", name="I'll help").click()
    page.get_by_label("A ready-made answer").select_option(index=0)
    page.get_by_role("button", name="Put it in the box").click()
    expect(page.get_by_label("Reply to Ann")).not_to_have_value("")
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator(".bubble.helper")).to_have_count(1)
    page.get_by_text("Close", exact=True).click()
    page.get_by_role("button", name="Close this ticket").click()
    expect(page.get_by_role("heading", name="Closed lately")).to_be_visible()


def test_coordinator_reads_the_overview_and_a_helper_does_not(town_site: TownSite, visit: Visit) -> None:
    site = town_site
    site.do(site.town.stuck)
    site.town.now += timedelta(minutes=4)
    page = enter(site, visit)
    page.goto(f"{site.address}/desk/overview")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is for coordinators")
    site.do(site.town.coordinates, "Amir")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("is doing"))
    expect(page.get_by_role("img", name="Questions a day")).to_be_visible()
