"""What keeps the pages safe: foreign forms, cookies, headers, sizes, files, and names that must not be trusted."""

import asyncio
import base64
import json

import pytest
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.testclient import TestClient

from tests.integration.web.fakes import World
from tests.integration.web.pages import Form, begin, form_of, has_form
from tutorbot.channels.web import forms
from tutorbot.channels.web.app import make_app
from tutorbot.channels.web.forms import LIMIT

OURS = "https://tutor.example"
EVIL = "https://evil.example"


@pytest.fixture
def public() -> TestClient:
    """A browser at the tutor of a town, over https."""
    return TestClient(make_app(World(public_url=OURS).parts()), base_url=OURS)


# --- Forms of other sites -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"origin": EVIL},
        {"origin": "null"},
        {"origin": EVIL, "referer": "http://testserver/"},
        {"referer": f"{EVIL}/http://testserver/"},
        {"referer": ""},
    ],
)
def test_form_of_another_site_is_refused_with_a_way_on(
    browser: TestClient, world: World, headers: dict[str, str]
) -> None:
    page = form_of(begin(browser), "/press").press(browser, "▶ Next", headers=headers)
    assert page.status_code == 403
    assert 'href="/"' in page.text
    assert not world.conversation.pressed


def test_form_that_says_nothing_of_where_it_comes_from_is_refused(browser: TestClient, world: World) -> None:
    assert browser.post("/start", data={"nonce": "n"}).status_code == 403
    assert not world.conversation.heard


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": "http://testserver"},
        {"referer": "http://testserver/?older=1"},
    ],
)
def test_form_of_our_own_site_is_taken(browser: TestClient, world: World, headers: dict[str, str]) -> None:
    assert form_of(begin(browser), "/press").press(browser, "▶ Next", headers=headers).status_code == 200
    assert len(world.conversation.pressed) == 1


@pytest.mark.parametrize(
    ("origin", "status"),
    [(OURS, 200), ("http://tutor.example", 403), ("https://tutor.example:444", 403), ("https://inside:8000", 403)],
)
def test_with_a_public_address_only_that_is_ours(public: TestClient, origin: str, status: int) -> None:
    """A proxy may call us by a name of its own."""
    form = form_of(begin(public), "/press")
    assert form.press(public, "▶ Next", headers={"origin": origin, "host": "inside:8000"}).status_code == status


def test_form_cannot_be_sent_by_a_link(browser: TestClient, world: World) -> None:
    begin(browser)
    for path in ("/press?press=next", "/say?text=hello", "/start"):
        assert browser.get(path).status_code == 405
    assert world.conversation.written == ["/start"]


# --- Cookies --------------------------------------------------------------------------------------------------------


def test_cookie_is_kept_from_scripts_and_other_sites(browser: TestClient) -> None:
    cookie = begin(browser).history[0].headers["set-cookie"].lower()
    assert {"httponly", "samesite=lax", "path=/", "max-age=31536000"} <= set(cookie.split("; "))
    assert "secure" not in cookie


def test_cookie_over_https_can_be_set_by_nobody_else(public: TestClient) -> None:
    cookie = begin(public).history[0].headers["set-cookie"]
    assert cookie.startswith("__Host-tutorbot_chat=")
    assert {"secure", "path=/"} <= set(cookie.lower().split("; "))
    assert "domain" not in cookie.lower()


def test_cookie_that_we_did_not_sign_is_a_first_visit(world: World) -> None:
    forged = base64.b64encode(json.dumps({"id": "ann"}).encode()).decode()
    stranger = TestClient(make_app(world.parts()), cookies={"tutorbot_chat": f"{forged}.aaaa.bbbb"})
    assert has_form(stranger.get("/"), "/start")


def test_desk_cookie_is_not_made_from_a_learners(browser: TestClient) -> None:
    begin(browser)
    stolen = TestClient(browser.app, cookies={"tutorbot_desk": browser.cookies["tutorbot_chat"]})
    assert stolen.get("/desk").status_code == 403
    assert not has_form(stolen.get("/desk"), "/desk/leave")


# --- What the browser is told ---------------------------------------------------------------------------------------

PLACES = ["/", "/help", "/nowhere", "/desk", "/static/style.css", "/healthz", "/pictures/first-steps/images/link.png"]


@pytest.mark.parametrize("path", PLACES)
def test_no_page_runs_foreign_or_inline_code_or_stands_in_a_frame(browser: TestClient, path: str) -> None:
    headers = browser.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy.items() >= {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'"}.items()
    assert policy.items() >= {"frame-ancestors": "'none'", "form-action": "'self'", "base-uri": "'none'"}.items()
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", PLACES[:4])
def test_private_pages_are_not_kept(browser: TestClient, path: str) -> None:
    begin(browser)
    assert browser.get(path).headers["cache-control"] == "no-store"


def test_browser_that_came_by_https_comes_by_nothing_else(public: TestClient) -> None:
    assert "max-age=31536000" in public.get("/").headers["strict-transport-security"]


def test_https_is_not_asked_for_where_there_is_none(browser: TestClient) -> None:
    assert "strict-transport-security" not in browser.get("/").headers


# --- Names that must not be trusted ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/help", "/desk", "/desk/", "/static", "/static/", "/nowhere", "//evil.example/"]
)
def test_no_page_repeats_the_host_it_was_asked_for_by(browser: TestClient, path: str) -> None:
    name = {"host": "evil.example", "x-forwarded-host": "evil.example"}
    answer = browser.get(f"http://testserver{path}", headers=name)
    assert "evil.example" not in answer.text
    assert not answer.history


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "/%2f%2fevil.example", "/https://evil.example"])
def test_nothing_leads_to_another_site(browser: TestClient, world: World, path: str) -> None:
    world.store.down = True
    page = browser.get(f"http://testserver{path}", follow_redirects=False)
    assert page.status_code in (404, 503)
    assert "evil.example" not in page.text


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "fake-email\r\nSet-Cookie: a=b", "<b>"])
def test_link_to_a_lesson_leads_nowhere_else(browser: TestClient, wanted: str) -> None:
    page = form_of(browser.get("/", params={"start": wanted}), "/start").press(browser, "Start")
    assert [answer.headers["location"] for answer in page.history] == ["/#newest"]
    assert "a=b" not in str(page.history[0].headers)


@pytest.mark.parametrize("name", ["action\r\nSet-Cookie: a=b", "next\r\n\r\n<script>"])
def test_no_header_is_made_from_what_was_sent(browser: TestClient, name: str) -> None:
    page = form_of(begin(browser), "/press")
    answer = page.press(browser, headers={"hx-request": "true"}, press=name)
    assert "a=b" not in str(answer.headers)


# --- Sizes ----------------------------------------------------------------------------------------------------------


def test_form_that_is_too_long_is_refused_with_a_way_on(browser: TestClient) -> None:
    page = form_of(begin(browser), "/say").press(browser, text="x" * LIMIT)
    assert page.status_code == 413
    assert 'href="/"' in page.text


async def test_form_that_says_it_is_too_long_is_refused_unread() -> None:
    with pytest.raises(HTTPException) as refused:
        await forms.read(_coming(parts=None, length=LIMIT + 1), "")
    assert refused.value.status_code == 413


async def test_form_that_does_not_say_how_long_it_is_is_read_no_further_than_allowed() -> None:
    parts = [b"x" * 1024] * (LIMIT // 512)
    with pytest.raises(HTTPException) as refused:
        await forms.read(_coming(parts), "")
    assert refused.value.status_code == 413
    assert len(parts) >= LIMIT // 1024 - 1, "the rest was not read"


async def test_form_that_does_not_come_to_its_end_is_not_waited_for() -> None:
    with pytest.raises(HTTPException) as refused:
        await forms.read(_coming([b"text=hel"]), "", patience=0.01)
    assert refused.value.status_code == 408


async def test_visitor_who_leaves_in_the_middle_is_no_fault_of_ours() -> None:
    with pytest.raises(HTTPException) as refused:
        await forms.read(_coming([b"text=hel", b""]), "")
    assert refused.value.status_code == 400


def _coming(parts: list[bytes] | None, length: int | None = None) -> Request:
    """A form of ours that comes in parts, b"" for a visitor who leaves; then nothing more. None: nobody may read it."""
    headers = [(b"sec-fetch-site", b"same-origin")]
    headers += [(b"content-length", str(length).encode())] if length else []

    async def receive() -> dict[str, object]:
        assert parts is not None, "it was read"
        if not parts:
            await asyncio.Event().wait()
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": True} if part else {"type": "http.disconnect"}

    return Request({"type": "http", "method": "POST", "path": "/", "headers": headers}, receive)


@pytest.mark.parametrize("length", ["abc", "-1", "", "\u0663", "1_0"])
async def test_form_whose_length_is_no_number_is_refused(length: str) -> None:
    request = _coming([b"text=a"])
    request.scope["headers"].append((b"content-length", length.encode()))
    with pytest.raises(HTTPException) as refused:
        await forms.read(request, "")
    assert refused.value.status_code == 400


@pytest.mark.parametrize("public_url", ["", "https://tutor.example"])
def test_form_that_comes_from_no_address_at_all_is_refused(public_url: str) -> None:
    assert not forms.is_ours(Headers({"origin": "http://["}), public_url)


@pytest.mark.parametrize("digits", [10, 30, 5000])
def test_number_in_an_address_that_is_too_long_is_no_address_of_ours(browser: TestClient, digits: int) -> None:
    assert browser.get(f"/desk/ticket/{'9' * digits}").status_code == 404


def test_form_with_very_many_fields_is_refused(browser: TestClient) -> None:
    begin(browser)
    assert Form("/say", {f"field{number}": "" for number in range(30)}).press(browser).status_code == 400


def test_bytes_that_are_no_text_are_refused(browser: TestClient) -> None:
    begin(browser)
    answer = browser.post("/say", content=b"text=\xff\xfe", headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 400


# --- Files ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", ["static", "pictures"])
@pytest.mark.parametrize(
    "name",
    [
        "../app.py",
        "..%2fapp.py",
        "%2e%2e/app.py",
        "..%5capp.py",
        "%2fetc%2fpasswd",
        "//etc/passwd",
        "style.css%00.png",
        "..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    ],
)
def test_no_file_outside_of_its_room_is_served(browser: TestClient, room: str, name: str) -> None:
    assert browser.get(f"/{room}/{name}").status_code in (400, 404)


# --- When something does not work -----------------------------------------------------------------------------------


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
