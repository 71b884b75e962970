"""Telegram calls us, over real HTTP: who may, and when it hears yes."""

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import pytest
import uvicorn
from starlette.applications import Starlette

from tests.fake_bot_api import FakeBotApi
from tests.integration.telegram.conftest import Stand
from tutorbot.channels.telegram.webhook import PATH, SECRET_HEADER, Webhook, register
from tutorbot.errors import SettingError

SECRET = "a-word-between-us"
UPDATE: dict[str, Any] = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 7, "type": "private", "first_name": "Ann"},
        "from": {"id": 7, "is_bot": False, "first_name": "Ann"},
        "text": "hello",
    },
}
PRESS = {
    "update_id": 2,
    "callback_query": {"id": "p1", "from": UPDATE["message"]["from"], "chat_instance": "1", "data": "4.next"},
}
NEXT = {"inline_keyboard": [[{"text": "Next", "callback_data": "4.next"}]]}


@pytest.fixture
async def address(stand: Stand) -> AsyncIterator[str]:
    """Where our server is."""
    listening = socket.create_server(("127.0.0.1", 0))
    app = Webhook(Starlette(), stand.inbox.take, SECRET)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, log_level="warning", lifespan="off"))
    running = asyncio.create_task(server.serve([listening]))
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    await running


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """Anybody on the internet."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: "guess"}, {SECRET_HEADER: "ключ"}])
async def test_stranger_is_refused_and_leaves_no_trace(
    address: str,
    http: aiohttp.ClientSession,
    stand: Stand,
    headers: dict[str, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    async with http.post(address + PATH, json=UPDATE, headers=headers) as answer:
        assert answer.status == 403
    assert stand.conversation.asked == 0
    assert caplog.text == ""


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"{}", b'{"update_id": "1"}', b"[" * 100_000, b"\xff\xfe"])
async def test_what_is_no_update_is_refused(
    address: str, http: aiohttp.ClientSession, stand: Stand, body: bytes
) -> None:
    async with http.post(address + PATH, data=body, headers={SECRET_HEADER: SECRET}) as answer:
        assert answer.status == 400
    assert stand.conversation.asked == 0


async def test_body_too_large_is_refused(address: str, http: aiohttp.ClientSession, stand: Stand) -> None:
    body = BytesIO(json.dumps(UPDATE | {"more": "x" * 2**20}).encode())
    async with http.post(address + PATH, data=body, headers={SECRET_HEADER: SECRET}) as answer:
        assert answer.status == 413
    assert stand.conversation.asked == 0


async def test_who_hangs_up_in_the_middle_is_no_fault_of_ours(
    address: str, http: aiohttp.ClientSession, stand: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    port = int(address.rpartition(":")[2])
    head = f"POST {PATH} HTTP/1.1\r\nhost: x\r\n{SECRET_HEADER}: {SECRET}\r\ncontent-length: 99\r\n\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.encode() + b'{"update_id"')
    writer.write_eof()
    await reader.read()  # until the server is done with us
    async with http.post(address + PATH, json=UPDATE, headers={SECRET_HEADER: SECRET}) as answer:
        assert answer.status == 200
    assert stand.conversation.asked == 1
    assert not [record for record in caplog.records if record.exc_info]


async def test_looking_is_not_calling(address: str, http: aiohttp.ClientSession) -> None:
    async with http.get(address + PATH, headers={SECRET_HEADER: SECRET}) as answer:
        assert answer.status == 405


async def test_update_is_acknowledged_when_it_is_committed(
    address: str, http: aiohttp.ClientSession, stand: Stand
) -> None:
    async with http.post(address + PATH, json=UPDATE, headers={SECRET_HEADER: SECRET}) as answer:
        assert answer.status == 200
    assert stand.conversation.texts == ["hello"]


async def test_store_down_asks_telegram_to_come_again(address: str, http: aiohttp.ClientSession, stand: Stand) -> None:
    stand.conversation.down = True
    async with http.post(address + PATH, json=UPDATE, headers={SECRET_HEADER: SECRET}) as answer:
        assert answer.status == 503
        assert int(answer.headers["Retry-After"]) > 0


async def test_telegram_calls_until_the_store_is_back(fake: FakeBotApi, address: str, stand: Stand) -> None:
    await register(stand.api, address, SECRET)
    stand.conversation.down = True
    fake.user(7).send("hello")
    await fake.wait_for(lambda: fake.webhook.statuses[-2:] == [503, 503])
    stand.conversation.down = False
    await fake.wait_for(lambda: not fake.waiting)
    assert stand.conversation.texts == ["hello"]


async def test_press_is_answered_in_the_answer_to_the_update(fake: FakeBotApi, address: str, stand: Stand) -> None:
    stand.conversation.words = "You pressed that already."
    fake.user(7).send("hello")
    await stand.api.call("sendMessage", chat_id=7, text="Card", reply_markup=NEXT)
    await register(stand.api, address, SECRET)
    press = fake.user(7).press("Next")
    await fake.wait_for(lambda: press.answer)
    await stand.inbox.close()
    assert press.words == "You pressed that already."
    assert len(fake.called("answerCallbackQuery")) == 1


async def test_press_that_comes_again_is_answered_again(
    address: str, http: aiohttp.ClientSession, stand: Stand
) -> None:
    for _ in range(2):
        async with http.post(address + PATH, json=PRESS, headers={SECRET_HEADER: SECRET}) as answer:
            assert await answer.json() == {"method": "answerCallbackQuery", "callback_query_id": "p1"}
    assert stand.conversation.asked == 2


async def test_bug_does_not_stand_in_the_way(fake: FakeBotApi, address: str, stand: Stand) -> None:
    await register(stand.api, address, SECRET)
    stand.conversation.bug = ValueError()
    fake.user(7).send("hello")
    await fake.wait_for(lambda: not fake.waiting)
    assert fake.webhook.statuses == [200]


async def test_webhook_without_a_secret_is_refused(stand: Stand) -> None:
    with pytest.raises(SettingError):
        Webhook(Starlette(), stand.inbox.take, "")


@pytest.mark.parametrize("url", ["http://tutorbot.example", "http://192.0.2.1:8000", "ftp://tutorbot.example"])
async def test_address_that_others_could_read_is_refused(fake: FakeBotApi, stand: Stand, url: str) -> None:
    with pytest.raises(SettingError, match="TUTORBOT_PUBLIC_URL"):
        await register(stand.api, url, SECRET)
    assert fake.called("setWebhook") == []


async def test_registering_names_the_secret_and_what_we_want(fake: FakeBotApi, stand: Stand) -> None:
    await register(stand.api, "https://tutorbot.example/", SECRET)
    (call,) = fake.called("setWebhook")
    assert call["url"] == "https://tutorbot.example/telegram/webhook"
    assert call["secret_token"] == SECRET
    assert "my_chat_member" in call["allowed_updates"]
