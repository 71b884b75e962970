"""Every page of the desk, on a phone and on a large screen: without a barrier that can be found."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from tests.browser.barriers import no_barrier
from tests.browser.conftest import DESKTOP, PHONE, TownSite
from tests.browser.test_desk import Visit, enter
from tests.integration.web.fakes import LESSONS
from tests.integration.web.town import ANN, Town, who
from tutorbot.desk.group import Group
from tutorbot.desk.ticket import Outcome
from tutorbot.runtime.values import Address, Lease

OLU = Address("web", "olu")
DAYS = 5  # on which people were helped
PICTURE = LESSONS / "first-steps" / "images" / "link.png"


async def furnish(town: Town) -> None:
    """Some days of help lie behind; now Ann and Olu wait, and there is another group."""
    for name in ("Dana", "Amir"):
        await town.link(name)
    now, desk = town.now, town.desk
    for day in range(DAYS):
        town.now = now - timedelta(days=DAYS - day)
        for number in range(1 + day % 3):
            await helped(town, f"{day}-{number}", minutes=3 + 4 * day + 5 * number)
    town.now = now - timedelta(minutes=5)
    await town.stuck()
    town.now = now
    await town.stuck("Olu", OLU)
    await desk.mark_urgent("urgent", who("Dana"), await ticket(town, "Olu"))
    await town.store.transact(lambda tx: tx.groups.add(Group(0, "Harbour library", invite="harbour"), now))
    await desk.set_hours("hours", who("Amir"), "mon-fri 09:00-17:00")
    await town.coordinates("Dana")


async def helped(town: Town, name: str, minutes: int) -> None:
    """Somebody asked, and was helped after some minutes."""
    number = await town.stuck(f"Learner {name}", Address("web", name))
    town.now += timedelta(minutes=minutes)
    await town.desk.claim(f"claim {name}", who("Dana"), number)
    await town.desk.reply(f"reply {name}", who("Dana"), number, "Well done.")
    town.now += timedelta(minutes=2 * minutes)
    outcome = Outcome.SOLVED if minutes < 15 else Outcome.REFERRED
    await town.desk.close(f"close {name}", who("Dana"), number, outcome)
    await town.presses(Address("web", name), "rate:yes" if minutes % 2 else "rate:some")


async def ticket(town: Town, name: str) -> int:
    """The number of this learner's open ticket."""
    return next(one.id for one in await town.store.read(lambda tx: tx.tickets.list()) if one.opening.alias == name)


@pytest.fixture
def site(town_site: TownSite) -> TownSite:
    """What `visit` opens pages of."""
    town_site.do(furnish, town_site.town)
    return town_site


def ann(site: TownSite) -> str:
    """The page of Ann's ticket."""
    return f"/desk/ticket/{site.do(ticket, site.town, 'Ann')}"


def queue(site: TownSite, visit: Visit, **more: object) -> Page:
    return enter(site, visit, **more)


def waiting(site: TownSite, visit: Visit, **more: object) -> Page:
    return enter(site, visit, ann(site), **more)


def urgent(site: TownSite, visit: Visit, **more: object) -> Page:
    return enter(site, visit, f"/desk/ticket/{site.do(ticket, site.town, 'Olu')}", name="Dana", **more)


def mine(site: TownSite, visit: Visit, **more: object) -> Page:
    """A ticket of one's own with words of everybody, a held answer, and everything open."""
    number, desk, town = site.do(ticket, site.town, "Ann"), site.town.desk, site.town
    site.do(desk.claim, "1", who("Amir"), number)
    site.do(desk.reply, "2", who("Amir"), number, "Hello Ann, I am Amir. Look at https://www.gov.uk/" + "long" * 20)
    site.do(town.says, ANN, "i see the email. " + "x" * 120)
    site.do(desk.note, "3", who("Dana"), number, "She has an old phone with small letters.")
    site.do(desk.reply, "4", who("Amir"), number, "Can you tell me your PIN?")
    page = enter(site, visit, ann(site), **more)
    for closed in page.locator("summary").all():
        closed.click()
    page.evaluate("window.scrollTo(0, 0)")
    return page


def doubtful(site: TownSite, visit: Visit, **more: object) -> Page:
    """An answer of one's own that may not have arrived."""
    page = enter(site, visit, f"/desk/ticket/{site.do(in_doubt, site.town)}", **more)
    page.get_by_role("button", name="Send it again").wait_for()
    return page


async def in_doubt(town: Town) -> int:
    """Somebody in Telegram was answered, and we died while it was sent; the number of the ticket."""
    number, lease = await town.stuck("Rhys", Address("telegram", "5")), Lease("test", town.now)
    await town.desk.claim("1", who("Amir"), number)
    await town.desk.reply("2", who("Amir"), number, "Look at the letter after the @ sign. " + "x" * 120)
    await town.store.transact(lambda tx: tx.outbox.free_others("nobody"))
    for one in await town.store.transact(lambda tx: tx.outbox.claim(["telegram"], lease, town.now)):
        await town.store.transact(lambda tx, one=one: tx.outbox.begin([one.id], "test"))
        await town.store.transact(lambda tx, one=one: tx.outbox.give_up(one.id, "?", town.now))
    return number


def others(site: TownSite, visit: Visit, **more: object) -> Page:
    site.do(site.town.desk.claim, "1", who("Amir"), site.do(ticket, site.town, "Ann"))
    return enter(site, visit, ann(site), name="Dana", **more)


def closed(site: TownSite, visit: Visit, **more: object) -> Page:
    return enter(site, visit, "/desk/ticket/1", **more)


def me(site: TownSite, visit: Visit, **more: object) -> Page:
    return _quiet(enter(site, visit, **more), site, "/desk/me")


def refused_hours(site: TownSite, visit: Visit, **more: object) -> Page:
    page = me(site, visit, **more)
    page.get_by_label("My hours").fill("whenever")
    page.get_by_role("button", name="Save my hours").click()
    return page


def overview(site: TownSite, visit: Visit, **more: object) -> Page:
    page = _quiet(enter(site, visit, name="Dana", **more), site, "/desk/overview")
    for summary in page.locator("summary").all():
        summary.click()
    return page


def not_for_helpers(site: TownSite, visit: Visit, **more: object) -> Page:
    return _quiet(enter(site, visit, **more), site, "/desk/overview")


def unknown(site: TownSite, visit: Visit, **more: object) -> Page:
    return _quiet(enter(site, visit, **more), site, "/desk/ticket/999")


def signed_out(site: TownSite, visit: Visit, **more: object) -> Page:
    """The door, with the words that were not sent."""
    page = mine(site, visit, **more)
    page.get_by_label("Reply to Ann").fill("Look at the last letter.")
    site.town.now += timedelta(hours=13)
    page.get_by_role("button", name="Send reply").click()
    page.get_by_text("You were signed out.").wait_for()
    return page


def used_link(site: TownSite, visit: Visit, **more: object) -> Page:
    page = visit("/desk/enter?token=used", **more)
    page.get_by_role("button", name="Go to the desk").click()
    return page


def _quiet(page: Page, site: TownSite, path: str) -> Page:
    """On to a page that does not listen. With scripts: axe is one, and would wait for ever without."""
    page.goto(site.address + path)
    return page


PAGES: dict[str, Callable[..., Page]] = {
    page.__name__: page
    for page in (
        queue,
        waiting,
        urgent,
        mine,
        doubtful,
        others,
        closed,
        me,
        refused_hours,
        overview,
        not_for_helpers,
        unknown,
        signed_out,
        used_link,
    )
}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", PAGES)
def test_page_of_the_desk_has_no_barrier(site: TownSite, visit: Visit, name: str, size: dict[str, int]) -> None:
    no_barrier(PAGES[name](site, visit, size=size))


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_picture_of_the_card_has_room(site: TownSite, visit: Visit, size: dict[str, int]) -> None:
    """Ann has gone back to a card with a picture."""
    site.do(site.town.presses, ANN, "cancel")
    site.do(site.town.says, ANN, "/start fake-email")
    site.do(site.town.presses, ANN, "back", "person", "yes")
    page = waiting(site, visit, size=size)
    page.route("**/pictures/**", lambda route: route.fulfill(path=PICTURE))
    page.reload()
    no_barrier(page)
    assert page.get_by_role("img", name="A warning").is_visible()
