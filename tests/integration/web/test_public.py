"""Pages and files for everybody."""

import re
from hashlib import sha256

import pytest
from starlette.testclient import TestClient

from tests.integration.web.pages import begin
from tutorbot.channels.web.pages import STATIC


def test_vendored_files_are_as_they_were_published() -> None:
    listed = re.findall(r"^\| (\S+\.js) \| \S+ \| (\w{64}) \|$", (STATIC / "VENDOR.md").read_text(), re.MULTILINE)
    assert {name for name, _ in listed} == {path.name for path in STATIC.glob("*.min.js")}
    for name, digest in listed:
        assert sha256((STATIC / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize(("path", "words"), [("/help", "Talk to a person"), ("/privacy", "What we keep, and why")])
def test_document_is_a_page(browser: TestClient, path: str, words: str) -> None:
    page = browser.get(path)
    assert page.status_code == 200
    assert words in page.text
    assert page.text.count("<h1>") == 1


def test_helpers_page_tells_how_the_desk_works(browser: TestClient) -> None:
    assert "Give back" in browser.get("/desk/help").text


def test_picture_of_a_lesson_is_served_and_kept(browser: TestClient) -> None:
    answer = browser.get("/pictures/first-steps/images/link.png")
    assert answer.headers["content-type"] == "image/png"
    assert "max-age=86400" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "name",
    ["first-steps/course.md", "first-steps/images/link.svg", "..%2f..%2fpyproject.toml", "%2e%2e/x.png", "no.png"],
)
def test_what_is_no_picture_of_a_lesson_is_not_served(browser: TestClient, name: str) -> None:
    assert browser.get(f"/pictures/{name}").status_code == 404


def test_static_file_may_be_kept_for_ever(browser: TestClient) -> None:
    address = re.search(r'href="(/static/style\.css\?v=\w+)"', browser.get("/").text)
    assert address
    assert "immutable" in browser.get(address[1]).headers["cache-control"]


def test_scripts_are_all_there_before_htmx_begins(browser: TestClient) -> None:
    """A deferred htmx may begin before its extension has come, and then never listens."""
    scripts = re.findall(r"<script[^>]*>", begin(browser).text.partition("</main>")[2])
    assert [re.search(r"/static/([\w.-]+)\?", script)[1] for script in scripts] == [  # type: ignore[index]
        "htmx.min.js",
        "hx-sse.min.js",
        "chat.js",
    ]
    assert not any("defer" in script or "async" in script for script in scripts)
