"""How often one visitor may ask: never too little for a classroom, always too little for a flood."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.testclient import TestClient

from tests.integration.web.fakes import NOW, World
from tests.integration.web.pages import Form, begin, form_of
from tutorbot.channels.web import limits
from tutorbot.channels.web.app import make_app
from tutorbot.channels.web.limits import (
    NEWCOMERS,
    PRESSES,
    SIGN_INS,
    STREAMS,
    VISITS,
    Limits,
    Rate,
    Throttle,
    where_from,
)


def test_flood_of_one_learner_is_stopped_politely_and_nothing_is_lost(browser: TestClient, world: World) -> None:
    page = begin(browser)
    while page.status_code == 200:
        page = form_of(page, "/say").press(browser, text="again")
    assert page.status_code == 429
    assert "Please wait a minute" in page.text
    assert int(page.headers["retry-after"]) >= 1
    heard = len(world.conversation.heard)
    world.now += timedelta(minutes=1)
    form_of(page, "/say").press(browser, "Try again")
    assert len(world.conversation.heard) == heard + 1


def test_classroom_behind_one_address_is_served() -> None:
    """Thirty people start at once, without scripts, and press every three seconds for ten minutes; then thirty more."""
    now = [NOW]
    counted, address = Limits(lambda: now[0]), _from("192.0.2.1")
    answers = set()
    for lesson in range(2):
        answers |= {served(counted.newcomer, address) for _ in range(30)}
        for _ in range(200):
            now[0] += timedelta(seconds=3)
            for learner in range(30):
                answers.add(served(counted.press, f"{lesson}-{learner}"))
                answers |= {served(counted.visit, address), served(counted.visit, address)}  # the page it leads to
    assert answers == {True}


def test_learners_without_end_are_not_made_from_one_address(world: World) -> None:
    app = make_app(world.parts())
    starts = [begin(TestClient(app)).status_code for _ in range(NEWCOMERS.at_once + 1)]
    assert starts == [200] * NEWCOMERS.at_once + [429]
    assert len(world.store.chats) == NEWCOMERS.at_once


def test_pages_without_end_are_not_shown_to_one_address(browser: TestClient, world: World) -> None:
    shown = [browser.get("/desk").status_code for _ in range(VISITS.at_once)]
    assert set(shown) == {403}
    assert browser.get("/").status_code == 429
    assert "Try again" in browser.get("/").text
    assert TestClient(browser.app, client=("192.0.2.9", 5000)).get("/").status_code == 200, "others are served"
    assert browser.get("/help").status_code == 200
    world.now += timedelta(seconds=1)
    assert browser.get("/").status_code == 200


def test_sign_in_cannot_be_tried_without_end(browser: TestClient, world: World) -> None:
    form = Form("/desk/enter", {"token": "a guess"})
    tries = [form.press(browser).status_code for _ in range(SIGN_INS.at_once + 1)]
    assert tries == [403] * SIGN_INS.at_once + [429]
    world.now += timedelta(minutes=1)
    assert form.press(browser).status_code == 403


def test_sign_in_cannot_be_tried_without_end_from_many_addresses(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ALL_SIGN_INS", Rate(5, 1))
    app, form = make_app(world.parts()), Form("/desk/enter", {"token": "a guess"})
    tries = [form.press(TestClient(app, client=(f"192.0.2.{number}", 1))).status_code for number in range(6)]
    assert tries == [403] * 5 + [429]


def test_every_rate_lets_a_person_in() -> None:
    for rate in (VISITS, NEWCOMERS, PRESSES, SIGN_INS):
        assert rate.at_once >= 20
        assert rate.a_second > 0


# --- One bucket -----------------------------------------------------------------------------------------------------


def test_bucket_fills_up_again_as_time_goes_by() -> None:
    now = [NOW]
    throttle = Throttle(Rate(2, 1), lambda: now[0])
    for _ in range(3):
        assert [served(throttle.take, "a") for _ in range(3)] == [True, True, False]
        now[0] += timedelta(hours=1)


def test_clock_that_is_put_back_takes_nothing_away() -> None:
    now = [NOW]
    throttle = Throttle(Rate(2, 1), lambda: now[0])
    assert served(throttle.take, "a")
    now[0] -= timedelta(days=1)
    assert served(throttle.take, "a")


def test_what_went_well_does_not_count() -> None:
    throttle = Throttle(Rate(1, 0.001), lambda: NOW)
    for _ in range(3):
        assert served(throttle.take, "a")
        throttle.give_back("a")


def test_many_visitors_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_MOST", 10)
    throttle = Throttle(Rate(1, 0.001), lambda: NOW)
    for number in range(100):
        throttle.take(str(number))
    assert len(throttle._left) == 10


def test_open_pages_of_one_address_have_an_end() -> None:
    counted = Limits(lambda: NOW)
    open_pages = [counted.stream(_from("192.0.2.1")) for _ in range(STREAMS)]
    for page in open_pages:
        page.__enter__()
    assert not served(counted.stream, _from("192.0.2.1"))
    assert served(counted.stream, _from("192.0.2.2"))
    open_pages[0].__exit__(None, None, None)
    assert served(counted.stream, _from("192.0.2.1"))


@pytest.mark.parametrize(
    ("one", "other"),
    [("2001:db8:1:2::1", "2001:db8:1:2:aaaa::9"), ("192.0.2.1", "192.0.2.1")],
)
def test_one_house_is_one_visitor(one: str, other: str) -> None:
    assert where_from(_from(one)) == where_from(_from(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("2001:db8:1:2::1", "2001:db8:1:3::1"), ("192.0.2.1", "192.0.2.2"), ("::ffff:192.0.2.1", "::ffff:192.0.2.2")],
)
def test_two_houses_are_two_visitors(one: str, other: str) -> None:
    assert where_from(_from(one)) != where_from(_from(other))


def served(act: Callable[[Any], object], visitor: object) -> bool:
    """Whether this one is let in."""
    try:
        act(visitor)
    except HTTPException as refused:
        return refused.status_code != 429
    return True


def _from(host: str) -> Request:
    return Request({"type": "http", "headers": [], "client": (host, 5000)})
