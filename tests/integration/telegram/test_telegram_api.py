"""Calls over real HTTP: what is sent, what comes back, which error is raised, and that the token stays hidden."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tests.fake_bot_api import FakeBotApi, flood, hang, refuse, reset
from tutorbot.channels.telegram.api import AiohttpRequest, Api

PNG = b"\x89PNG\r\n\x1a\n"


async def test_call_gives_the_result_as_plain_data(api: Api) -> None:
    assert (await api.call("getMe"))["username"] == "tutorbot_test_bot"


async def test_call_leaves_out_what_is_none(api: Api, fake: FakeBotApi) -> None:
    fake.user(7).send("/start")
    await api.call("sendMessage", chat_id=7, text="Hello", entities=None)
    assert fake.called("sendMessage") == [{"chat_id": 7, "text": "Hello"}]


async def test_upload_carries_the_file_and_nested_fields(api: Api, fake: FakeBotApi) -> None:
    fake.user(7).send("/start")
    keyboard = {"inline_keyboard": [[{"text": "Next", "callback_data": "1.next"}]]}
    await api.upload("sendPhoto", "photo", ("a.png", PNG, "image/png"), chat_id=7, reply_markup=keyboard)
    assert fake.user(7).last.photo
    assert fake.user(7).last.labels == ["Next"]


async def test_library_bot_works_on_this_request(fake: FakeBotApi) -> None:
    bot = Bot(fake.token, base_url=f"{fake.url}/bot", request=AiohttpRequest(), get_updates_request=AiohttpRequest())
    fake.user(7).send("/start")
    async with bot:
        sent = await bot.send_photo(7, photo=PNG, caption="A phone")
    assert sent.caption == "A phone"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (refuse(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (refuse(400, "Bad Request: chat not found"), BadRequest),
        (refuse(401, "Unauthorized"), InvalidToken),
        (refuse(409, "Conflict: terminated by other getUpdates request"), Conflict),
        (refuse(502, "Bad Gateway"), NetworkError),
        (flood(3), RetryAfter),
        (reset(), TimedOut),
    ],
)
async def test_call_raises_the_error_of_the_library(
    api: Api, fake: FakeBotApi, fault: object, error: type[TelegramError]
) -> None:
    fake.fail("getMe", fault)  # type: ignore[arg-type]
    with pytest.raises(TelegramError) as raised:
        await api.call("getMe")
    assert type(raised.value) is error


async def test_flood_tells_how_long_to_wait(api: Api, fake: FakeBotApi) -> None:
    fake.fail("getMe", flood(3))
    with pytest.raises(RetryAfter) as raised:
        await api.call("getMe")
    assert raised.value.retry_after == timedelta(seconds=3)


async def test_migrated_group_tells_its_new_id(api: Api, fake: FakeBotApi) -> None:
    old = fake.group.id
    fake.group.migrate(-1002, fake.user(50))
    with pytest.raises(ChatMigrated) as raised:
        await api.call("sendMessage", chat_id=old, text="Hello")
    assert raised.value.new_chat_id == -1002


async def test_no_answer_is_timed_out(fake: FakeBotApi) -> None:
    fake.fail("getMe", hang())
    request = AiohttpRequest()
    async with request:
        with pytest.raises(TimedOut):
            await request.post(f"{fake.url}/bot{fake.token}/getMe", read_timeout=0.05)


async def test_refused_connection_is_a_network_error_but_not_timed_out() -> None:
    async with Api("42:secret-word", "http://127.0.0.1:9") as api:
        with pytest.raises(NetworkError) as raised:
            await api.call("getMe")
    assert type(raised.value) is NetworkError


@pytest.fixture
async def echoing_proxy() -> AsyncIterator[str]:
    """A server whose pages repeat the address, as those of many proxies do."""

    async def page(request: web.Request) -> web.Response:
        status = 404 if request.path.endswith("getMe") else 200
        return web.Response(status=status, text=f"<h1>{request.path}</h1>")

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", page)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.mark.parametrize("place", ["proxy", "nobody there", "no address", "reset"])
async def test_token_is_in_no_log_and_no_error(
    place: str, echoing_proxy: str, fake: FakeBotApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fake.fail("getMe", reset())
    url = {
        "proxy": echoing_proxy,
        "nobody there": "http://127.0.0.1:9",
        "no address": "http://:bad",
        "reset": fake.url,
    }[place]
    async with Api(fake.token, url) as api:
        with pytest.raises(TelegramError) as raised:
            await api.call("getMe")
    told = "".join(traceback.format_exception(raised.value)) + repr(raised.value) + repr(api) + caplog.text
    assert fake.token not in told
    assert fake.token.partition(":")[2] not in told


async def test_page_instead_of_an_answer_is_neither_logged_nor_told(
    echoing_proxy: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with Api("42:secret-word", echoing_proxy) as api:
        with pytest.raises(TimedOut) as raised:
            await api.call("sendMessage", chat_id=7, text="Hello")
    assert "secret-word" not in "".join(traceback.format_exception(raised.value)) + caplog.text


async def test_calls_side_by_side_each_get_their_own_answer(api: Api, fake: FakeBotApi) -> None:
    for user_id in range(1, 21):
        fake.user(user_id).send("/start")
    sent = await asyncio.gather(*(api.call("sendMessage", chat_id=i, text=f"Hello {i}") for i in range(1, 21)))
    assert [message["text"] for message in sent] == [f"Hello {i}" for i in range(1, 21)]
