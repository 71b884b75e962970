"""The helpers' desk as a browser without scripts sees it."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.integration.web.fakes import World
from tests.integration.web.pages import form_of, has_form
from tutorbot.channels.web.app import make_app
from tutorbot.channels.web.links import make_link
from tutorbot.runtime.values import Author


async def enter(world: World, name: str) -> TestClient:
    """A browser signed in at the desk."""
    client = TestClient(make_app(world.parts()))
    link = await make_link(world.store, name, world.now, "http://testserver", lambda: f"token-{name}")  # type: ignore[arg-type]
    form_of(client.get(link), "/desk/enter").press(client)
    return client


@pytest.fixture
async def amir(world: World) -> TestClient:
    return await enter(world, "Amir")


@pytest.mark.parametrize("path", ["/desk", "/desk/ticket/27", "/desk/events", "/desk/ticket/27/events"])
def test_desk_is_closed_without_signing_in(browser: TestClient, path: str) -> None:
    page = browser.get(path)
    assert page.status_code == 403
    assert "Ann" not in page.text
    assert "sign-in link" in page.text


async def test_link_works_once(world: World) -> None:
    await enter(world, "Amir")
    late = TestClient(make_app(world.parts()))
    form = form_of(late.get("/desk/enter?token=token-Amir"), "/desk/enter")
    page = form.press(late)
    assert page.status_code == 403
    assert "This link was used before" in page.text


async def test_opening_a_link_does_not_use_it_up(world: World) -> None:
    client = TestClient(make_app(world.parts()))
    link = await make_link(world.store, "Amir", world.now, "http://testserver/", lambda: "token")  # type: ignore[arg-type]
    assert link == "http://testserver/desk/enter?token=token"
    client.get(link)
    client.get(link)
    assert form_of(client.get(link), "/desk/enter").press(client).url.path == "/desk"


async def test_link_is_too_old_after_fifteen_minutes(world: World) -> None:
    await make_link(world.store, "Amir", world.now, "http://testserver", lambda: "token")  # type: ignore[arg-type]
    world.now += timedelta(minutes=15)
    client = TestClient(make_app(world.parts()))
    form = form_of(client.get("/desk/enter?token=token"), "/desk/enter")
    assert form.press(client).status_code == 403


async def test_link_is_kept_only_as_a_digest(world: World) -> None:
    await make_link(world.store, "Amir", world.now, "http://testserver", lambda: "secret-token")  # type: ignore[arg-type]
    assert "secret-token" not in str(world.store.links)


def test_signing_in_ends_after_twelve_hours(amir: TestClient, world: World) -> None:
    world.now += timedelta(hours=12, seconds=1)
    assert amir.get("/desk").status_code == 403


def test_signing_out_closes_the_desk(amir: TestClient) -> None:
    form_of(amir.get("/desk"), "/desk/leave").press(amir, "Sign out")
    assert amir.get("/desk").status_code == 403


def test_words_written_after_the_end_of_a_session_are_not_lost(amir: TestClient, world: World) -> None:
    form_of(amir.get("/desk/ticket/27"), "/desk/ticket/27/claim").press(amir)
    form = form_of(amir.get("/desk/ticket/27"), "/desk/ticket/27/reply")
    world.now += timedelta(hours=13)
    page = form.press(amir, text="Look at the last letter.")
    assert "Look at the last letter.</textarea>" in page.text
    assert not world.desk.entries[27]


def test_queue_says_who_waits_how_long_and_why(amir: TestClient) -> None:
    page = amir.get("/desk").text
    assert "1 person is waiting" in page
    assert "#27 Ann · Spot a fake email" in page
    assert "Waiting 3 minutes" in page
    assert "Said twice: does not understand" in page


def test_waiting_ticket_can_be_claimed_but_not_answered(amir: TestClient) -> None:
    page = amir.get("/desk/ticket/27")
    assert has_form(page, "/desk/ticket/27/claim")
    assert not has_form(page, "/desk/ticket/27/reply")
    assert not has_form(page, "/desk/ticket/27/release")


def test_claimed_ticket_can_be_answered(amir: TestClient, world: World) -> None:
    page = form_of(amir.get("/desk/ticket/27"), "/desk/ticket/27/claim").press(amir)
    page = form_of(page, "/desk/ticket/27/reply").press(amir, text="Hello Ann.\nShall we look?")
    assert "Hello Ann.<br>\nShall we look?" in page.text
    assert "Amir (helper)" in page.text
    (entry,) = world.desk.entries[27]
    assert entry.author is Author.HELPER


async def test_loser_of_a_claim_is_told_who_has_it(amir: TestClient, world: World) -> None:
    bea = await enter(world, "Bea")
    late = form_of(amir.get("/desk/ticket/27"), "/desk/ticket/27/claim")
    form_of(bea.get("/desk/ticket/27"), "/desk/ticket/27/claim").press(bea)
    page = late.press(amir)
    assert "Bea has this one." in page.text
    assert not has_form(page, "/desk/ticket/27/reply")
    assert "With Bea" in amir.get("/desk").text


def test_reply_sent_twice_is_one_reply(amir: TestClient, world: World) -> None:
    page = form_of(amir.get("/desk/ticket/27"), "/desk/ticket/27/claim").press(amir)
    form = form_of(page, "/desk/ticket/27/reply")
    form.press(amir, text="Hello")
    form.press(amir, text="Hello")
    assert len(world.desk.entries[27]) == 1


def test_note_is_marked_as_for_helpers_only(amir: TestClient) -> None:
    form = form_of(amir.get("/desk/ticket/27"), "/desk/ticket/27/note")
    page = form.press(amir, text="<b>She</b> has an old phone.")
    assert "Note by Amir. Only helpers see it" in page.text
    assert "&lt;b&gt;She&lt;/b&gt; has an old phone." in page.text


@pytest.mark.parametrize(("act", "heading"), [("release", "1 person is waiting"), ("close", "Closed lately")])
def test_ticket_given_back_or_closed_leads_to_the_queue(amir: TestClient, act: str, heading: str) -> None:
    page = form_of(amir.get("/desk/ticket/27"), "/desk/ticket/27/claim").press(amir)
    page = form_of(page, f"/desk/ticket/27/{act}").press(amir)
    assert page.url.path == "/desk"
    assert heading in page.text


def test_unknown_ticket_gives_a_page_with_a_way_on(amir: TestClient) -> None:
    page = amir.get("/desk/ticket/99")
    assert page.status_code == 404
    assert 'href="/desk"' in page.text


def test_unknown_act_changes_nothing(amir: TestClient, world: World) -> None:
    assert amir.post("/desk/ticket/27/delete", data={"text": "x"}).status_code == 404
    assert not world.desk.entries[27]


def test_form_of_another_site_is_refused(amir: TestClient, world: World) -> None:
    form = form_of(amir.get("/desk/ticket/27"), "/desk/ticket/27/claim")
    assert form.press(amir, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert world.desk.tickets[27].helper is None
