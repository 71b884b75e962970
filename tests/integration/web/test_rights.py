"""What is kept, shown on the web to the one it is about; and the pages of somebody who is forgotten."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests import sample
from tests.integration.store.sample import rows
from tests.integration.web.fakes import DOCS, FakeLibrary, World
from tests.integration.web.pages import form_of
from tutorbot.channels.web.app import make_app
from tutorbot.channels.web.parts import Parts
from tutorbot.channels.web.public import with_times
from tutorbot.config import load_settings
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import Conversation
from tutorbot.runtime.desk import Desk
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.live import Live
from tutorbot.runtime.turns import Turns
from tutorbot.store.database import SqlStore, open_store
from tutorbot.store.tables import AddressRow, EventRow
from tutorbot.tutor.keep import Keep

HTMX = {"hx-request": "true"}


@pytest.fixture
async def real_store(sqlite_url: str) -> AsyncIterator[SqlStore]:
    store = open_store(sqlite_url)
    yield store
    await store.close()


@pytest.fixture
def app(real_store: SqlStore) -> Starlette:
    live, turns = Live(), Turns(Entries(Renderer()), lambda: "test")
    rest: tuple[Any, ...] = (lambda: sample.CURRICULUM, turns, live, lambda owed: None)
    return make_app(
        Parts(
            store=real_store,
            conversation=Conversation(real_store, *rest),
            desk=Desk(real_store, *rest, lambda: datetime.now(UTC)),
            live=live,
            library=FakeLibrary(),
            docs=DOCS,
            secret_key="a key for tests",
        )
    )


def learner(app: Starlette, name: str) -> TestClient:
    """A browser in which somebody of this name has begun a lesson."""
    browser = TestClient(app)
    page = form_of(browser.get("/?start=fake-email"), "/start").press(browser, "Start")
    form_of(page, "/say").press(browser, text=name)
    return browser


def says(browser: TestClient, text: str, **headers: Any) -> Any:
    return form_of(browser.get("/"), "/say").press(browser, text=text, **headers)


def presses(browser: TestClient, label: str, **headers: Any) -> Any:
    return form_of(browser.get("/"), "/press").press(browser, label, **headers)


async def test_asking_for_the_copy_leads_to_a_page_and_a_file(app: Starlette) -> None:
    ann = learner(app, "Ann")
    page = says(ann, "my data").text
    assert 'href="/mydata"' in page
    assert 'href="/mydata.json" download' in page


async def test_the_page_shows_what_is_kept(app: Starlette) -> None:
    page = learner(app, "Ann").get("/mydata")
    assert "<li>Name: Ann</li>" in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_the_file_is_for_taking_away(app: Starlette) -> None:
    file = learner(app, "Ann").get("/mydata.json")
    assert json.loads(file.text)["state"]["name"] == "Ann"
    assert file.headers["content-disposition"] == 'attachment; filename="about-me.json"'


async def test_every_browser_sees_its_own_learner_alone(app: Starlette) -> None:
    ann, beatrice = learner(app, "Ann"), learner(app, "Beatrice")
    for path in ("/mydata", "/mydata.json"):
        assert "Beatrice" not in ann.get(path).text
        assert "Beatrice" in beatrice.get(path).text


async def test_browser_that_is_not_known_sees_nothing(app: Starlette) -> None:
    learner(app, "Ann")
    stranger = TestClient(app)
    assert "This browser does not know you." in stranger.get("/mydata").text
    assert stranger.get("/mydata.json").status_code == 404


async def test_nobody_can_ask_for_another_by_the_address(app: Starlette) -> None:
    learner(app, "Ann")
    stranger = TestClient(app)
    for path in ("/mydata.json?id=1", "/mydata.json?learner=1", "/mydata/1"):
        assert stranger.get(path).status_code == 404


async def test_who_is_forgotten_reads_a_goodbye_and_nothing_else(app: Starlette) -> None:
    ann = learner(app, "Ann")
    says(ann, "forget me")
    presses(ann, "Yes, forget me")
    page = presses(ann, "Yes, remove all of it").text
    assert "I have forgotten you." in page
    assert page.count("data-entry") == 1
    assert "This browser does not know you." in ann.get("/mydata").text


async def test_open_page_of_somebody_who_is_forgotten_is_emptied(app: Starlette) -> None:
    ann = learner(app, "Ann")
    says(ann, "forget me")
    presses(ann, "Yes, forget me")
    assert presses(ann, "Yes, remove all of it", headers=HTMX).headers["hx-redirect"] == "/#newest"


async def test_no_key_of_an_event_tells_whose_it_is(app: Starlette, sqlite_url: str) -> None:
    learner(app, "Ann")
    own = {row.address.partition(":")[2] for row in rows(sqlite_url, AddressRow)}
    assert not [key for key in (row.key for row in rows(sqlite_url, EventRow)) if any(one in key for one in own)]


async def test_last_form_sent_twice_makes_nobody_new(app: Starlette, real_store: SqlStore) -> None:
    ann = learner(app, "Ann")
    says(ann, "forget me")
    presses(ann, "Yes, forget me")
    last = form_of(ann.get("/"), "/press")
    pages = [last.press(ann, "Yes, remove all of it").text for _ in range(2)]
    assert all(page.count("data-entry") == 1 for page in pages)
    assert "This browser does not know you." in ann.get("/mydata").text


async def test_who_is_forgotten_can_start_again(app: Starlette) -> None:
    ann = learner(app, "Ann")
    says(ann, "forget me")
    presses(ann, "Yes, forget me")
    presses(ann, "Yes, remove all of it")
    assert "What shall I call you?" in presses(ann, "▶ Start again").text


def test_the_privacy_page_tells_the_times_that_hold_here(world: World) -> None:
    keep = Keep(talk=7, tickets=8, alarms=9, learners=10)
    page = TestClient(make_app(replace(world.parts(), keep=keep))).get("/privacy").text
    assert "What is said here goes after 7 days. Questions to a person go 8 days after they end." in page
    assert "30 days" not in page
    assert "forgotten when you ask for it, or when you have not come back for 10 days" in page
    assert "TUTORBOT_KEEP" not in page


def test_the_privacy_page_as_a_file_tells_the_times_of_the_settings() -> None:
    text = (DOCS / "privacy.md").read_text("utf-8")
    assert with_times(text, Keep()) == re.sub(r"<!-- TUTORBOT_KEEP_[A-Z]+ -->", "", text)
    assert with_times("9 days<!-- TUTORBOT_KEEP_TALK -->", Keep(talk=365)) == "1 year"
    assert load_settings({}).keep == Keep()
