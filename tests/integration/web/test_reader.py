"""Pages about trouble, and those beside the chat, are in the language of whoever reads them."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.integration.web.fakes import BUTTONS, World
from tests.integration.web.pages import Form, begin, form_of
from tutorbot.channels.web.app import make_app
from tutorbot.messages.message import Message

ENGLISH, WELSH = {"accept-language": "en-GB,en;q=0.9"}, {"accept-language": "cy, en;q=0.5"}


@pytest.fixture
def nia(world: World) -> TestClient:
    """The English browser of somebody who talks Welsh with us."""
    client = TestClient(make_app(world.parts()), headers=ENGLISH, raise_server_exceptions=False)
    world.conversation.answer = Message("Da iawn.", buttons=BUTTONS, language="cy")
    form_of(begin(client), "/press").press(client, "▶ Next")
    client.get("/")
    return client


def nowhere(client: TestClient, world: World) -> Any:
    return client.get("/nowhere")


def forged(client: TestClient, world: World) -> Any:
    return Form("/say").press(client, headers={"referer": "https://evil.example/"}, text="x")


def too_long(client: TestClient, world: World) -> Any:
    return Form("/say").press(client, text="x" * 200_000)


def too_often(client: TestClient, world: World) -> Any:
    return next(page for _ in range(2000) if (page := client.get("/")).status_code != 200)


def store_down(client: TestClient, world: World) -> Any:
    world.store.down = True
    return client.get("/")


def bug(client: TestClient, world: World) -> Any:
    world.store.read = world.store.transact = None  # type: ignore[assignment, method-assign]
    return client.get("/")


def leaving(client: TestClient, world: World) -> Any:
    return client.get("/leave")


PAGES = {404: nowhere, 403: forged, 413: too_long, 429: too_often, 503: store_down, 500: bug, 200: leaving}


@pytest.mark.parametrize(("status", "open_page"), PAGES.items())
def test_page_is_in_the_language_of_the_chat(
    nia: TestClient, world: World, status: int, open_page: Callable[[TestClient, World], Any]
) -> None:
    page = open_page(nia, world)
    assert page.status_code == status
    assert '<html lang="cy"' in page.text
    assert "Gwirfoddolwyr ydym ni" in page.text


def test_somebody_new_reads_it_in_the_language_they_ask_for(browser: TestClient) -> None:
    assert '<html lang="cy"' in browser.get("/nowhere", headers=WELSH).text
    assert '<html lang="en"' in browser.get("/nowhere", headers={"accept-language": "xx;q=1,<b>"}).text


def test_desk_is_in_english(nia: TestClient) -> None:
    assert '<html lang="en"' in nia.get("/desk/nowhere", headers=WELSH).text


@pytest.mark.parametrize("cookie", ["", "x", "W10=.x.y", "bnVsbA==.aR3Q1w.AAAA"])
def test_cookie_that_cannot_be_read_is_none(world: World, cookie: str) -> None:
    client = TestClient(make_app(world.parts()), cookies={"tutorbot_chat": cookie})
    assert client.get("/nowhere", headers=WELSH).status_code == 404
