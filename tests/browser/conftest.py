"""The real app on the loopback, in a hand-made world, and a real browser to visit it."""

import asyncio
import os
import shutil
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from starlette.applications import Starlette

from tests.integration.web.fakes import World
from tests.integration.web.town import Town
from tutorbot.channels.web.app import make_app
from tutorbot.channels.web.parts import Parts
from tutorbot.patience import PatientProtocol
from tutorbot.store.database import open_store

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
PATIENCE = 30  # seconds, for a machine that has much else to do
_ARGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=PATIENCE * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs Chromium."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        sentence = "Chromium is not here. Get it with: apt-get install chromium"
        pytest.fail(sentence) if os.environ.get("CI") == "true" else pytest.skip(sentence)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGS)
        yield browser
        browser.close()


@dataclass
class Site:
    """The app, running in a thread of its own."""

    address: str
    loop: asyncio.AbstractEventLoop

    def do(self, act: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Change the world from within: pages are woken in the app's own thread."""

        async def run() -> Any:
            done = act(*args, **more)
            return await done if asyncio.iscoroutine(done) else done

        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(PATIENCE)


@dataclass
class FakeSite(Site):
    """In a hand-made world."""

    world: World


@dataclass
class TownSite(Site):
    """With every real part behind it."""

    town: Town


def listening(page: Page) -> None:
    """Wait until the page has its stream. Our policy forbids `eval`, which Playwright's own waiting would use."""
    deadline = monotonic() + PATIENCE
    while not page.evaluate(r"!!document.querySelector('[hx-sse\\:connect]')?._htmx?.sse?.reader"):
        assert monotonic() < deadline, "the page does not listen"
        page.wait_for_timeout(20)


@contextmanager
def served(parts: Parts) -> Iterator[Site]:
    """The app on a free port, until the test ends."""
    started, loops = threading.Event(), []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        loops.append(asyncio.get_running_loop())
        started.set()
        yield

    app = make_app(replace(parts, lifespan=lifespan))
    config = uvicorn.Config(app, http=PatientProtocol, log_level="error", ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        assert started.wait(PATIENCE)
        yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}", loops[0])
        server.should_exit = True
        thread.join(PATIENCE)


@pytest.fixture
def site() -> Iterator[FakeSite]:
    world = World()
    with served(world.parts()) as one:
        yield FakeSite(one.address, one.loop, world)


@pytest.fixture
def town_site(sqlite_url: str) -> Iterator[TownSite]:
    town = Town(open_store(sqlite_url))
    with served(town.parts) as one:
        yield TownSite(one.address, one.loop, town)
        one.do(town.store.close)


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of its own. Faults of the page are faults of the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(path: str = "/", *, size: dict[str, int] = PHONE, scripts: bool = True) -> Page:
        context = chromium.new_context(viewport=size, java_script_enabled=scripts)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda line: (
                faults.append(f"{line.text} {line.location}") if "Content Security Policy" in line.text else None
            ),
        )
        page.goto(path if path.startswith("http") else site.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults
