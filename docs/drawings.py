"""Turns the hand-written drawings of the lessons (`images/*.svg`) into the PNG files that the lessons show.

Chat channels cannot show SVG, so both files are kept: the SVG is the source, the PNG is what people see.
Run `python docs/drawings.py` after a change to a drawing. It needs Playwright (the `test` extra) and
Chromium. It knows nothing of lessons beyond the folder they live in.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

LESSONS = Path(__file__).resolve().parent.parent / "lessons"
WIDTH = 720  # pixels: twice a small phone, so that letters stay sharp
MAX_BYTES = 100_000  # a learner may pay for every kilobyte

# A drawing needs nothing from the network: these switches keep the browser from looking for updates.
SWITCHES = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def page_with(svg: str) -> str:
    """A bare HTML page that shows one drawing across its whole width."""
    return f"<style>body {{ margin: 0 }} svg {{ display: block; width: {WIDTH}px }}</style>{svg}"


def draw(page: Page, source: Path) -> Path:
    """Draw one SVG file and write the PNG beside it. Returns the path of the PNG."""
    page.set_content(page_with(source.read_text(encoding="utf-8")))
    target = source.with_suffix(".png")
    page.locator("svg").screenshot(path=target)
    return target


def complaint(picture: Path) -> str:
    """What is wrong with a finished picture, or an empty text."""
    size = picture.stat().st_size
    if size > MAX_BYTES:
        return f"{picture}: {size} bytes; make the drawing simpler, {MAX_BYTES} is the most"
    return ""


def main() -> int:
    """Draw every picture. Returns 1 when one of them is too heavy for a cheap phone."""
    complaints = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
        page = browser.new_page(viewport={"width": WIDTH, "height": WIDTH})
        for source in sorted(LESSONS.glob("**/images/*.svg")):
            picture = draw(page, source)
            print(f"{picture.relative_to(LESSONS)}  {picture.stat().st_size // 1000} kB")
            complaints.append(complaint(picture))
        browser.close()
    faults = [text for text in complaints if text]
    print(*faults, sep="\n", file=sys.stderr, end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
