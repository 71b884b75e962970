"""Plays the README's one-minute tour in two browser tabs, from the first card to the helper's answer, and keeps the
screenshots: `python docs/tour.py [folder]` (default docs/screenshots). Needs the `test` extra and Chromium.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PHONE = {"width": 360, "height": 740}
QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def tutor(port: int) -> Iterator[tuple[str, str]]:
    """The real program on an empty database; where its learners and its helpers go."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "TUTORBOT_DATA": data, "HOST": "127.0.0.1", "PORT": str(port)}
        environment.pop("TUTORBOT_TELEGRAM_TOKEN", None)
        program = subprocess.Popen(
            [sys.executable, "-m", "tutorbot", "run"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        try:
            assert program.stdout
            told: dict[str, str] = {}
            while "helpers" not in told:
                line = program.stdout.readline()
                if not line:
                    sys.exit("Tutorbot did not start.")
                who, _, where = line.strip().partition(" ")
                told[who] = where.strip()
            yield told["learners"], told["helpers"]
        finally:
            program.terminate()
            program.wait()


def play(browser: Browser, learners: str, helpers: str, folder: Path) -> None:
    """The tour."""
    learner, helper = _tab(browser), _tab(browser)
    learner.goto(learners)
    _keep(learner, folder, "start")
    _press(learner, "Start")
    _write(learner, "Ann")
    _press(learner, "Start with the basics")
    _press(learner, "Tap a link and come back", "Next")
    _keep(learner, folder, "lesson")
    _press(learner, "Next")
    _write(learner, "I do not understand")
    _write(learner, "dunno")
    _keep(learner, folder, "offer")
    _press(learner, "Yes, ask a person")
    _keep(learner, folder, "waiting")
    helper.goto(helpers)
    helper.get_by_role("button").first.click()
    _keep(helper, folder, "queue")
    helper.get_by_role("link", name=re.compile("Tap a link")).first.click()
    helper.get_by_role("button", name="I'll help").click()
    helper.get_by_role("textbox").first.wait_for()
    _keep(helper, folder, "ticket")
    helper.get_by_label("Reply").fill("Hello, I am here. Look for words with a line under them.")
    helper.get_by_role("button", name=re.compile("Send|Reply")).first.click()
    learner.get_by_text("Look for words with a line under them.").wait_for()
    _keep(learner, folder, "answer")
    _press(learner, "Back to my lesson")
    _keep(learner, folder, "back")


def _tab(browser: Browser) -> Page:
    return browser.new_context(viewport=PHONE, device_scale_factor=2, bypass_csp=True).new_page()


def _press(page: Page, *labels: str) -> None:
    """Press the buttons of these names, one after the other, each when what the one before it brought is there."""
    for label in labels:
        before = page.locator(".bubble").count()
        page.get_by_role("button", name=re.compile(re.escape(label))).last.click()
        expect(page.locator(".bubble")).not_to_have_count(before)


def _write(page: Page, words: str) -> None:
    page.get_by_label("Or write here").fill(words)
    _press(page, "Send")


def _keep(page: Page, folder: Path, name: str) -> None:
    page.wait_for_function("Array.from(document.images).every(image => image.complete)")
    page.screenshot(path=folder / f"{name}.png")
    print(folder / f"{name}.png")


if __name__ == "__main__":
    kept = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "screenshots"
    kept.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tutor(8765) as (to_learn, to_help):
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        play(chromium, to_learn, to_help, kept)
