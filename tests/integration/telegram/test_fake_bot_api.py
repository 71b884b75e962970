"""The fake Bot API does what the real one does, where we depend on it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken

from tests.fake_bot_api import FakeBotApi
from tests.fake_bot_api.control import control_routes
from tutorbot.channels.telegram.api import Api


@pytest.fixture(autouse=True)
def _ann(fake: FakeBotApi) -> None:
    fake.user(7, "Ann").send("/start")


async def _refused(api: Api, method: str, **fields: Any) -> str:
    with pytest.raises(BadRequest) as raised:
        await api.call(method, **fields)
    return str(raised.value).lower()


async def test_updates_come_again_until_the_offset_moves(api: Api) -> None:
    first = await api.call("getUpdates")
    assert await api.call("getUpdates") == first
    assert await api.call("getUpdates", offset=first[0]["update_id"] + 1) == []


async def test_long_poll_ends_when_something_comes(api: Api, fake: FakeBotApi) -> None:
    fake.world.updates.clear()
    waiting = asyncio.create_task(api.call("getUpdates", timeout=5))
    await fake.wait_for(lambda: fake.polling.waiting)
    fake.user(7).send("hello")
    assert (await waiting)[0]["message"]["text"] == "hello"


async def test_second_poller_ends_the_first(api: Api, fake: FakeBotApi) -> None:
    fake.world.updates.clear()
    first = asyncio.create_task(api.call("getUpdates", timeout=5))
    await fake.wait_for(lambda: fake.polling.waiting)
    await api.call("getUpdates")
    with pytest.raises(Conflict):
        await first


async def test_webhook_and_polling_exclude_each_other(api: Api) -> None:
    await api.call("setWebhook", url="http://127.0.0.1:9/")
    with pytest.raises(Conflict):
        await api.call("getUpdates")


@pytest.mark.parametrize(("method", "carried_out"), [("sendMessage", 1), ("getMe", 0), ("deleteWebhook", 0)])
async def test_what_is_asked_in_an_answer_is_carried_out_if_nothing_is_to_be_heard(
    fake: FakeBotApi, method: str, carried_out: int
) -> None:
    fake.user(7).send("hello")
    await fake.webhook.asked({"method": method, "chat_id": 7, "text": "Hello."})
    assert len(fake.called(method)) == len(fake.user(7).chat.by_bot) == carried_out


async def test_kinds_not_asked_for_do_not_come(api: Api, fake: FakeBotApi) -> None:
    await api.call("getUpdates", allowed_updates=["message"])
    fake.user(7).block()
    assert all("my_chat_member" not in update for update in fake.waiting)


async def test_wrong_token_is_refused(fake: FakeBotApi) -> None:
    async with Api("42:other", fake.url) as api:
        with pytest.raises(InvalidToken):
            await api.call("getMe")


async def test_stranger_cannot_be_written_to(api: Api, fake: FakeBotApi) -> None:
    fake.user(8)
    with pytest.raises(Forbidden):
        await api.call("sendMessage", chat_id=8, text="Hello")
    assert "chat not found" in await _refused(api, "sendMessage", chat_id=9, text="Hello")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "text is empty"),
        ({"text": "x" * 4097}, "too long"),
        ({"text": "a", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "entity_bounds_invalid"),
        ({"text": "🙋a", "entities": [{"type": "bold", "offset": 1, "length": 1}]}, "entity_bounds_invalid"),
        ({"text": "a", "message_thread_id": 5}, "message thread not found"),
        ({"text": "a", "reply_parameters": {"message_id": 99}}, "replied not found"),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "b", "callback_data": "x" * 65}]]}},
            "button_data_invalid",
        ),
    ],
)
async def test_what_telegram_would_not_send_is_refused(api: Api, fields: dict[str, Any], words: str) -> None:
    assert words in await _refused(api, "sendMessage", chat_id=7, **fields)


async def test_transcript_tells_the_conversation(api: Api, fake: FakeBotApi) -> None:
    keyboard = {"inline_keyboard": [[{"text": "▶ Next", "callback_data": "1.next"}]]}
    await api.call("sendMessage", chat_id=7, text="Hello.\nPress Next.", reply_markup=keyboard)
    assert fake.transcript(7) == "Ann: /start\nbot: Hello.\n    Press Next.\n    [▶ Next]"


@pytest.fixture
async def control() -> AsyncIterator[tuple[FakeBotApi, aiohttp.ClientSession]]:
    """A fake that is driven over HTTP, as by a test of a whole process."""
    fake = FakeBotApi()
    await fake.start(control_routes(fake))
    async with aiohttp.ClientSession(fake.url) as session:
        yield fake, session
    await fake.stop()


async def test_people_can_be_driven_over_http(control: tuple[FakeBotApi, aiohttp.ClientSession]) -> None:
    fake, http = control
    await http.post("/control/user", json={"id": 7, "name": "Ann", "do": "send", "text": "/start"})
    async with Api(fake.token, fake.url) as api:
        keyboard = {"inline_keyboard": [[{"text": "▶ Next", "callback_data": "1.next"}]]}
        await api.call("sendMessage", chat_id=7, text="Hello", reply_markup=keyboard)
        pressed = await http.post("/control/user", json={"id": 7, "do": "press", "button": "Next"})
        press = (await pressed.json())["press"]
        await api.call("answerCallbackQuery", callback_query_id=press, text="Thank you")
    answer = await http.get(f"/control/press/{press}")
    assert (await answer.json())["text"] == "Thank you"
    assert "bot: Hello" in await (await http.get("/control/transcript?chat=7")).text()


async def test_button_that_is_not_there_is_told_with_those_that_are(
    control: tuple[FakeBotApi, aiohttp.ClientSession],
) -> None:
    _, http = control
    answer = await http.post("/control/user", json={"id": 7, "do": "press", "button": "Next"})
    assert answer.status == 404
    assert "no button 'Next'" in (await answer.json())["error"]


async def test_faults_can_be_ordered_over_http(control: tuple[FakeBotApi, aiohttp.ClientSession]) -> None:
    fake, http = control
    await http.post("/control/fault", json={"method": "getMe", "trouble": "refuse", "code": 403, "times": 2})
    async with Api(fake.token, fake.url) as api:
        for _ in range(2):
            with pytest.raises(Forbidden):
                await api.call("getMe")
        assert await api.call("getMe")
