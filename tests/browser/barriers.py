"""What keeps people out of a page: all that axe can find, what is too small to press or to read, what is cut off."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
_SMALL = """() => [...document.querySelectorAll(
    "button, .top a, .way, footer a, textarea, select, summary, input:not([type=hidden], [type=radio]), .pick")]
    .filter(one => one.getClientRects().length && one.getBoundingClientRect().height < 48)
    .map(one => one.innerText || one.id)"""
_TINY = """() => [...document.querySelectorAll("body *")]
    .filter(one => one.innerText && parseFloat(getComputedStyle(one).fontSize) < 18)
    .map(one => one.innerText)"""


def no_barrier(page: Page) -> None:
    """The page is for everybody, as far as a machine can tell."""
    found = Axe().run(page, options=RULES)
    assert found.response["passes"], "axe has looked"
    assert found.violations_count == 0, found.generate_report()
    assert not page.evaluate(_SMALL), "large enough for a thumb"
    assert not page.evaluate(_TINY), "letters large enough"
    assert not page.evaluate(WIDE), "nothing to the right of the screen"
