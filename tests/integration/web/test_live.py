"""What an open page gets: the new part after a form, and the stream of what comes by itself."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from tests.integration.web.fakes import NOW, World
from tests.integration.web.pages import Form, begin, form_of
from tutorbot.channels.web.limits import Limits
from tutorbot.channels.web.stream import follow
from tutorbot.channels.web.talk import talk
from tutorbot.errors import StoreUnavailable
from tutorbot.messages.message import Message
from tutorbot.runtime.live import Live
from tutorbot.runtime.values import Author, Entry, Kind

HTMX = {"hx-request": "true"}
_OTHER = Message(said="Other words.")


def test_htmx_press_gets_only_what_is_new(browser: TestClient) -> None:
    answer = form_of(begin(browser), "/press").press(browser, "▶ Next", headers=HTMX)
    assert "Well done." in answer.text
    assert "Hello. I am Tutorbot." not in answer.text
    assert 'hx-target="#choices"' in answer.text
    assert "<html" not in answer.text


def test_htmx_press_brings_fresh_buttons_even_when_nothing_was_said(browser: TestClient, world: World) -> None:
    form = form_of(begin(browser), "/press")
    world.conversation.toast = "You pressed this before."
    answer = form.press(browser, "▶ Next", headers=HTMX)
    assert "You pressed this before." in answer.text
    assert form_of(answer, "/press").fields["nonce"] != form.fields["nonce"]


def test_htmx_text_empties_the_box(browser: TestClient) -> None:
    answer = form_of(begin(browser), "/say").press(browser, text="hello", headers=HTMX)
    assert 'hx-target="#composer"' in answer.text


def test_htmx_press_without_a_session_goes_to_the_welcome(browser: TestClient) -> None:
    answer = Form("/press", {"seen": "0"}).press(browser, headers=HTMX)
    assert answer.headers["hx-redirect"] == "/"


def test_stream_needs_a_session(browser: TestClient) -> None:
    assert browser.get("/events").status_code == 204


async def test_stream_gives_what_is_new_once_and_in_order(world: World) -> None:
    stream, said = _stream(world.live, after=2)
    said += [3, 4]
    assert (await anext(stream)) == "3,4"
    said.append(5)
    world.live.publish("topic")
    assert (await anext(stream)) == "5"


async def test_stream_looks_again_when_nobody_wakes_it() -> None:
    stream, said = _stream(Live(), after=0, every=0.01)
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    said.append(1)
    assert await waiting == "1"


async def test_stream_outlives_a_store_that_is_down() -> None:
    stream, said = _stream(Live(), after=0, every=0.01, faults=[StoreUnavailable()])
    said.append(1)
    assert await anext(stream) == "1"


async def test_page_that_gets_its_last_news_is_not_followed_any_more() -> None:
    live = Live()

    async def look(_seen: int) -> tuple[None, str]:
        return None, "You were signed out."

    assert [event.data async for event in follow(live, "topic", 0, look)] == ["You were signed out."]
    assert not live._listeners


async def test_open_page_holds_its_room_until_it_is_closed() -> None:
    room = Limits(lambda: NOW)
    request = Request({"type": "http", "headers": [], "client": ("192.0.2.1", 5000)})

    async def look(_seen: int) -> tuple[int, str]:
        return 1, "news"

    page = follow(Live(), "topic", 0, look, room=room.stream(request))
    await anext(page)
    assert room._streams["192.0.2.1"] == 1
    await page.aclose()  # type: ignore[attr-defined]
    assert not room._streams


async def test_closed_page_is_not_listened_for_any_more() -> None:
    live = Live()

    async def look(_seen: int) -> tuple[int, str]:
        return 1, "news"

    page = follow(live, "topic", 0, look)
    await anext(page)
    await page.aclose()  # type: ignore[attr-defined]
    assert not live._listeners


def _stream(
    live: Live, after: int, every: float = 60, faults: list[Exception] | None = None
) -> tuple[AsyncIterator[str], list[int]]:
    """A stream of numbers and the list it reads them from."""
    said: list[int] = []

    async def look(seen: int) -> tuple[int, str] | None:
        if faults:
            raise faults.pop()
        new = [number for number in said if number > seen]
        return (new[-1], ",".join(map(str, new))) if new else None

    async def words() -> AsyncIterator[str]:
        async for event in follow(live, "topic", after, look, every):
            assert event.id == str(event.data).rpartition(",")[2]
            yield str(event.data)

    return words(), said


# --- The view of the record -----------------------------------------------------------------------------------------


def test_reading_goes_on_at_the_first_answer(entry: Callable[..., Entry]) -> None:
    shown = talk([entry(1), entry(2, Author.LEARNER), entry(3), entry(4)])
    assert [bubble.id for bubble in shown.bubbles if bubble.newest] == [3]


def test_reading_goes_on_at_ones_own_words_while_there_is_no_answer(entry: Callable[..., Entry]) -> None:
    shown = talk([entry(1), entry(2, Author.LEARNER)])
    assert [bubble.id for bubble in shown.bubbles if bubble.newest] == [2]


def test_replacing_message_names_all_that_it_stands_for(entry: Callable[..., Entry]) -> None:
    record = [entry(1), entry(2, Author.LEARNER), entry(3, kind=Kind.REPLACE)]
    record += [entry(4, Author.LEARNER), entry(5, kind=Kind.REPLACE)]
    (bubble,) = talk(record).bubbles
    assert bubble.id == 5
    assert set(bubble.replaces) == {1, 2, 3, 4}


def test_replacing_message_leaves_a_helpers_words_alone(entry: Callable[..., Entry]) -> None:
    shown = talk([entry(1), entry(2, Author.HELPER), entry(3, kind=Kind.REPLACE)])
    assert [bubble.id for bubble in shown.bubbles] == [1, 2, 3]


def test_answer_that_was_edited_is_shown_as_it_reads_now_in_its_place(entry: Callable[..., Entry]) -> None:
    record = [entry(1, Author.HELPER), entry(2), replace(entry(3, Author.HELPER, Kind.EDIT), of=1, message=_OTHER)]
    shown = talk(record)
    assert [(bubble.id, bubble.message) for bubble in shown.bubbles] == [(1, _OTHER), (2, Message("Words."))]
    assert [bubble.id for bubble in shown.since(2).changed] == [1]
    assert shown.since(3).changed == ()
    assert shown.since(0).changed == ()


def test_answer_that_was_taken_back_is_gone_from_open_pages_too(entry: Callable[..., Entry]) -> None:
    shown = talk([entry(1, Author.HELPER), entry(2), replace(entry(3, Author.HELPER, Kind.DELETE), of=1)])
    assert [bubble.id for bubble in shown.bubbles] == [2]
    assert shown.since(2).gone == (1,)
    assert shown.since(0).gone == ()
    assert shown.seen == 3


def test_page_that_has_seen_all_gets_no_bubbles(entry: Callable[..., Entry]) -> None:
    news = talk([entry(1), entry(2)]).since(2)
    assert news.bubbles == ()
    assert news.seen == 2


@pytest.fixture
def entry(world: World) -> Callable[..., Entry]:
    def make(id_: int, author: Author = Author.TUTOR, kind: Kind = Kind.SAY) -> Entry:
        return Entry(id_, author, Message("Words."), world.now, kind=kind)

    return make
