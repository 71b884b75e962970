"""The preview in a real browser: it follows the author's saves by itself, and can be used by everybody."""

import asyncio
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.barriers import RULES, WIDE
from tests.browser.conftest import DESKTOP, PHONE, listening
from tests.unit.curriculum.samples import LESSON, save, write_library
from tutorbot.channels.preview.app import keep_up, make_app
from tutorbot.channels.preview.parts import Parts
from tutorbot.channels.preview.shelf import Shelf
from tutorbot.listening import listen

PAGE = "/lesson/scams/01-fake-email.md"
PICTURE = Path(__file__).parents[2] / "lessons" / "first-steps" / "images" / "link.png"
Visit = Callable[..., Page]


@dataclass
class Site:
    """The preview of a folder of lessons, served from a thread of its own."""

    lessons: Path
    address: str

    def save(self, text: str, name: str = "01-fake-email.md") -> None:
        """As an author's editor does."""
        save(self.lessons / "scams" / name, text)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    parts = Parts(Shelf(write_library(tmp_path)))
    parts.shelf.reload()
    server = uvicorn.Server(
        uvicorn.Config(make_app(parts), log_level="error", lifespan="off", timeout_graceful_shutdown=1)
    )
    with listen("127.0.0.1", 0, "") as listener:

        async def serve() -> None:
            stop = asyncio.Event()
            keeping = asyncio.create_task(keep_up(parts, stop))
            await server.serve(sockets=[listener])
            stop.set()
            await keeping

        thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
        thread.start()
        yield Site(tmp_path / "lessons", f"http://127.0.0.1:{listener.getsockname()[1]}")
        server.should_exit = True
        thread.join(15)


def opened(visit: Visit, path: str = PAGE, **more: object) -> Page:
    """A page that follows the saves."""
    page = visit(path, **more)
    listening(page)
    return page


def jump(page: Page, card: str) -> None:
    page.get_by_role("button", name=card).first.click()
    expect(page.locator(".here .jump")).to_contain_text(card)


def saved(page: Page, site: Site, text: str, shows: str, name: str = "01-fake-email.md") -> None:
    """Save until the page shows it: the watcher may not have been there at the first time."""
    for number in range(15):
        site.save(text + "\n" * number, name)
        try:
            expect(page.get_by_text(shows).first).to_be_visible(timeout=4000)
        except AssertionError:
            continue
        return
    raise AssertionError(f"the page never showed {shows!r}")


def test_a_save_is_seen_without_pressing_anything(site: Site, visit: Visit) -> None:
    page = opened(visit)
    page.evaluate("window.same = true")
    saved(page, site, LESSON.replace("makes you hurry.", "wants you to hurry up."), "wants you to hurry up.")
    expect(page.get_by_text("wants you to hurry up.")).to_have_count(2)
    assert page.evaluate("window.same"), "the page was not loaded anew"


def test_a_save_leaves_the_author_where_they_were(site: Site, visit: Visit) -> None:
    page = opened(visit)
    jump(page, "Which sender looks real?")
    page.get_by_label("Or write here").fill("half a")
    saved(page, site, LESSON.replace("## Why", "## One more\n\nWords.\n\n## Why"), "One more")
    expect(page.locator(".here .jump")).to_contain_text("Which sender looks real?")
    expect(page.get_by_label("Or write here")).to_have_value("half a")
    expect(page.get_by_label("Or write here")).to_be_focused()


def test_a_bad_edit_keeps_the_last_good_version_until_it_is_mended(site: Site, visit: Visit) -> None:
    page = opened(visit)
    saved(page, site, LESSON.replace("- [x] help", "- [y] help"), "You see the last good version")
    expect(page.get_by_role("status").first).to_contain_text("This answer cannot be read.")
    page.locator(".telegram").get_by_role("button", name="▶ Next").click()
    expect(page.locator(".telegram")).to_contain_text("Which sender looks real?")
    site.save(LESSON)
    expect(page.get_by_text("You see the last good version")).to_have_count(0)
    expect(page.locator(".telegram")).to_contain_text("Which sender looks real?")


def test_a_new_lesson_comes_into_the_list_by_itself(site: Site, visit: Visit) -> None:
    page = opened(visit, "/")
    text = LESSON.replace("id: fake-email", "id: other").replace("# Spot a fake email", "# Another lesson")
    saved(
        page, site, text.replace("title: Spot a fake email", "title: Another lesson"), "Another lesson", "02-other.md"
    )


def test_each_phone_plays_and_the_other_follows(site: Site, visit: Visit) -> None:
    page = opened(visit, size=DESKTOP)
    page.locator(".web").get_by_role("button", name="▶ Next").click()
    for phone in (".web", ".telegram"):
        expect(page.locator(phone)).to_contain_text("Which sender looks real?")
    page.get_by_label("Write as a learner on Telegram").fill("b")
    page.keyboard.press("Enter")
    expect(page.locator(".web .learner").last).to_contain_text("b")
    expect(page.get_by_label("Write as a learner on Telegram")).to_have_value("")
    expect(page.locator(".web [data-newest]")).to_be_in_viewport()


def test_an_answer_is_tried_with_one_press_again_and_again(site: Site, visit: Visit) -> None:
    page = opened(visit, size=DESKTOP)
    jump(page, "Which sender looks real?")
    for answer, note in (("help@paypa1", "number 1."), ("help@paypal", "spelled right."), ("help@paypa1", "number 1.")):
        page.locator(".trials").get_by_role("button", name=answer).click()
        expect(page.locator(".telegram")).to_contain_text(note)


def test_the_preview_works_without_scripts(site: Site, visit: Visit) -> None:
    page = visit(PAGE, scripts=False)
    page.locator(".web").get_by_role("button", name="▶ Next").click()
    page.locator(".trials").get_by_role("button", name="help@paypa1").click()
    expect(page.locator(".telegram")).to_contain_text("The last letter is the number 1.")


def test_a_preview_that_was_stopped_says_so(site: Site, visit: Visit) -> None:
    page = opened(visit)
    page.context.set_offline(True)
    page.locator(".web").get_by_role("button", name="▶ Next").click()
    expect(page.get_by_role("alert")).to_contain_text("The preview does not answer.")


def the_list(site: Site, visit: Visit, size: dict[str, int]) -> Page:
    site.save("# No header\n", "02-new.md")
    page = opened(visit, "/", size=size)
    saved(page, site, LESSON.replace("> Hint: look", "> Look"), "to mend")
    return page


def a_card(site: Site, visit: Visit, size: dict[str, int]) -> Page:
    (site.lessons / "scams" / "images").mkdir()
    shutil.copy(PICTURE, site.lessons / "scams" / "images" / "link.png")
    page = opened(visit, size=size)
    picture = "**hurries**: > `x` https://www.example.com/" + "long" * 20 + "\n\n![A link](images/link.png)"
    saved(page, site, LESSON.replace("makes you hurry.", picture), "hurries")
    return page


def a_quiz(site: Site, visit: Visit, size: dict[str, int]) -> Page:
    page = opened(visit, size=size)
    jump(page, "Which sender looks real?")
    page.locator(".trials").get_by_role("button", name="help@paypa1").click()
    expect(page.locator(".telegram")).to_contain_text("number 1.")
    return page


def a_bad_edit(site: Site, visit: Visit, size: dict[str, int]) -> Page:
    page = opened(visit, size=size)
    saved(page, site, LESSON.replace("- [x] help", "- [y] help"), "You see the last good version")
    return page


def never_good(site: Site, visit: Visit, size: dict[str, int]) -> Page:
    page = opened(visit, size=size)
    saved(page, site, LESSON, "Why it matters")
    site.save("# No header\n", "02-new.md")
    expect(page.get_by_text("Why it matters").first).to_be_visible()
    page.goto(f"{site.address}/")
    expect(page.get_by_role("link", name="02-new.md")).to_be_visible(timeout=10_000)
    page.get_by_role("link", name="02-new.md").click()
    expect(page.get_by_text("Mend this first")).to_be_visible()
    return page


def nowhere(site: Site, visit: Visit, size: dict[str, int]) -> Page:
    return visit("/lesson/nowhere.md", size=size)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("state", [the_list, a_card, a_quiz, a_bad_edit, never_good, nowhere])
def test_the_preview_has_no_barrier(site: Site, visit: Visit, state: Callable[..., Page], size: dict[str, int]) -> None:
    page = state(site, visit, size)
    found = Axe().run(page, options=RULES)
    assert found.response["passes"], "axe has looked"
    assert found.violations_count == 0, found.generate_report()
    assert not page.evaluate(WIDE), "nothing to the right of the screen"
