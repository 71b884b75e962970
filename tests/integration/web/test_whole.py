"""A learner is stuck and is helped, over the web alone, with every real part behind the pages."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests import sample
from tests.integration.web.fakes import DOCS, FakeLibrary
from tests.integration.web.pages import begin, form_of
from tutorbot.channels.web import links
from tutorbot.channels.web.app import make_app
from tutorbot.channels.web.links import make_link
from tutorbot.channels.web.parts import Parts
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import Conversation
from tutorbot.runtime.desk import Desk
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.live import Live
from tutorbot.runtime.turns import Turns
from tutorbot.store.database import SqlStore, open_store

LIVE = Live()
SHELL: tuple[Any, ...] = (
    lambda: sample.CURRICULUM,
    Turns(Entries(Renderer()), lambda: "test"),
    LIVE,
    lambda owed: None,
    lambda: datetime.now(UTC),
)


@pytest.fixture
async def real_store(sqlite_url: str) -> AsyncIterator[SqlStore]:
    store = open_store(sqlite_url)
    yield store
    await store.close()


@pytest.fixture
def app(real_store: SqlStore) -> Starlette:
    return make_app(
        Parts(
            store=real_store,
            conversation=Conversation(real_store, *SHELL[:-1]),
            desk=Desk(real_store, *SHELL),
            live=LIVE,
            library=FakeLibrary(),
            docs=DOCS,
            secret_key="a key for tests",
        )
    )


async def test_stuck_learner_is_helped_and_goes_on(app: Starlette, real_store: SqlStore) -> None:
    ann, amir = TestClient(app), TestClient(app)
    page = form_of(ann.get("/?start=fake-email"), "/start").press(ann, "Start")
    page = form_of(page, "/say").press(ann, text="Ann")
    page = form_of(page, "/press").press(ann, "🙋 Talk to a person")
    page = form_of(page, "/press").press(ann, "Yes, ask a person")

    await Desk(real_store, *SHELL).join("join", links.who("Amir"))
    link = await make_link(real_store, "Amir", datetime.now(UTC), "http://testserver")
    form_of(amir.get(link), "/desk/enter").press(amir)
    assert "#1 Ann · Spot a fake email" in amir.get("/desk").text
    ticket = form_of(amir.get("/desk/ticket/1"), "/desk/ticket/1/claim").press(amir)
    ticket = form_of(ticket, "/desk/ticket/1/reply").press(amir, text="Hello Ann <3")
    assert "Hello Ann &lt;3" in ann.get("/").text

    page = form_of(ann.get("/"), "/say").press(ann, text="thank you")
    assert "thank you" in amir.get("/desk/ticket/1").text
    form_of(amir.get("/desk/ticket/1"), "/desk/ticket/1/close").press(amir)
    page = form_of(ann.get("/"), "/press").press(ann, "Yes")
    assert "Why it matters" in page.text.partition('id="newest"')[2]


async def test_words_of_a_card_are_explained_and_lead_back(app: Starlette) -> None:
    ann = TestClient(app)
    form_of(ann.get("/?start=fake-email"), "/start").press(ann, "Start")
    page = form_of(ann.get("/"), "/press").press(ann, "Skip this")
    page = form_of(page, "/press").press(ann, "📖 Words")
    page = form_of(page, "/press").press(ann, "📖 email")
    assert "A letter that comes over the internet." in page.text.partition('id="newest"')[2]
    page = form_of(page, "/press").press(ann, "▶ Back to my lesson")
    assert "1 of 5" in page.text.partition('id="newest"')[2]
    page = form_of(page, "/say").press(ann, text="wat is a brouser")
    assert "The app you use to look at websites." in page.text.partition('id="newest"')[2]


async def test_same_form_twice_is_one_turn(app: Starlette) -> None:
    ann = TestClient(app)
    form = form_of(begin(ann), "/say")
    once = form.press(ann, text="Ann").text.count("data-entry")
    assert form.press(ann, text="Ann").text.count("data-entry") == once
