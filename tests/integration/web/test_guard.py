"""What keeps the pages safe, and kind when something does not work."""

import pytest
from starlette.testclient import TestClient

from tests.integration.web.fakes import World
from tests.integration.web.pages import begin, form_of, has_form
from tutorbot.channels.web.app import make_app
from tutorbot.channels.web.forms import LIMIT


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_form_of_another_site_is_refused_with_a_way_on(
    browser: TestClient, world: World, headers: dict[str, str]
) -> None:
    page = form_of(begin(browser), "/press").press(browser, "▶ Next", headers=headers)
    assert page.status_code == 403
    assert 'href="/"' in page.text
    assert not world.conversation.pressed


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}, {"origin": "https://tutor.example"}],
)
def test_form_of_our_own_site_is_taken(headers: dict[str, str]) -> None:
    world = World(public_url="https://tutor.example")
    client = TestClient(make_app(world.parts()), base_url="https://testserver")
    page = begin(client)
    assert form_of(page, "/press").press(client, "▶ Next", headers=headers).status_code == 200
    assert len(world.conversation.pressed) == 1


def test_form_that_is_too_long_is_refused_with_a_way_on(browser: TestClient) -> None:
    page = form_of(begin(browser), "/say").press(browser, text="x" * LIMIT)
    assert page.status_code == 413
    assert 'href="/"' in page.text


def test_store_that_is_down_keeps_what_was_written(browser: TestClient, world: World) -> None:
    form = form_of(begin(browser), "/say")
    world.store.down = True
    page = form.press(browser, text="I need help")
    assert page.status_code == 503
    assert "Your place is safe" in page.text
    world.store.down = False
    form_of(page, "/say").press(browser, "Try again")
    assert world.conversation.written[-1] == "I need help"


def test_store_that_is_down_gives_a_page_with_try_again(browser: TestClient, world: World) -> None:
    begin(browser)
    world.store.down = True
    page = browser.get("/")
    assert page.status_code == 503
    assert "Try again" in page.text


def test_unknown_address_gives_a_page_with_a_way_on(browser: TestClient) -> None:
    page = browser.get("/nowhere")
    assert page.status_code == 404
    assert 'href="/"' in page.text


def test_bug_gives_a_page_with_a_way_on(world: World) -> None:
    client = TestClient(make_app(world.parts()), raise_server_exceptions=False)
    begin(client)
    world.store.chats = None  # type: ignore[assignment]
    page = client.get("/")
    assert page.status_code == 500
    assert "Try again" in page.text
    assert page.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/", "/help", "/nowhere", "/desk"])
def test_pages_allow_no_foreign_or_inline_scripts_and_are_not_kept(browser: TestClient, path: str) -> None:
    page = browser.get(path)
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "same-origin"
    assert page.headers["cache-control"] == "no-store"


def test_desk_cookie_is_not_made_from_a_learners(browser: TestClient) -> None:
    begin(browser)
    stolen = TestClient(browser.app, cookies={"tutorbot_desk": browser.cookies["tutorbot_chat"]})
    assert stolen.get("/desk").status_code == 403
    assert not has_form(stolen.get("/desk"), "/desk/leave")
