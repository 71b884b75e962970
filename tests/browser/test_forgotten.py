"""Somebody is forgotten while another page of theirs is open."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, TownSite, listening
from tests.browser.test_desk import ask
from tutorbot.runtime.values import Address

Visit = Callable[..., Page]


@pytest.fixture
def site(town_site: TownSite) -> Site:
    """What `visit` opens pages of."""
    return town_site


def test_other_open_page_of_the_forgotten_shows_the_goodbye_alone(town_site: TownSite, visit: Visit) -> None:
    here = visit("/?start=fake-email")
    ask(here, "Ann")
    other = here.context.new_page()
    other.goto(f"{town_site.address}/")
    listening(other)
    expect(other.locator("#log")).to_contain_text("Hello Ann")

    here.get_by_label("Or write here").fill("forget me")
    for label in ("Send", "Yes, forget me", "Yes, remove all of it"):
        here.get_by_role("button", name=label, exact=True).click()
        here.wait_for_load_state()
    expect(other.locator("#log")).to_contain_text("I have forgotten you.")
    expect(other.locator(".bubble")).to_have_count(1)
    expect(other.get_by_text("Ann")).to_have_count(0)
    expect(other.get_by_role("button", name="▶ Start again")).to_be_visible()
    listening(other)
    other.get_by_role("button", name="▶ Start again").click()
    expect(other.locator("#log")).to_contain_text("What shall I call you?")


def test_page_that_is_opened_after_the_goodbye_went_leads_to_the_beginning(town_site: TownSite, visit: Visit) -> None:
    page = visit("/?start=fake-email")
    ask(page, "Ann")
    (learner,) = town_site.do(_addresses, town_site)
    listening(page)
    town_site.do(_removed, town_site, learner)
    expect(page.get_by_role("link", name="Go to the first page")).to_be_visible()
    expect(page.locator(".bubble")).to_have_count(0)
    expect(page.locator("#choices button")).to_have_count(0)


async def _addresses(site: TownSite) -> list[Address]:
    tickets = await site.town.store.read(lambda tx: tx.tickets.list())
    return [await site.town.store.read(lambda tx, one=one: tx.learners.get(one.learner).address) for one in tickets]


async def _removed(site: TownSite, address: Address) -> None:
    """Nothing at all is left of the chat."""
    town = site.town

    def work(tx: object) -> None:
        learner = tx.learners.at(address, "en", town.now)  # type: ignore[attr-defined]
        tx.erasures.drop_talk(learner.id, 1000)  # type: ignore[attr-defined]

    await town.store.transact(work)
    town.live.publish(str(address))
