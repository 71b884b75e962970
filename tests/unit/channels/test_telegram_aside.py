"""Small calls that nobody waits for, to a Telegram that does not answer."""

import asyncio
from typing import Any

import pytest

from tutorbot.channels.telegram import aside
from tutorbot.channels.telegram.aside import Aside


class Silent:
    """A Bot API that takes calls and never answers."""

    def __init__(self) -> None:
        self.called: list[object] = []

    async def call(self, _: str, **fields: object) -> None:
        self.called.append(fields["number"])
        await asyncio.Event().wait()


async def at_once(_: int) -> None:
    """It is our turn."""


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(aside, "AT_ONCE", 2)
    monkeypatch.setattr(aside, "MOST", 3)
    return Silent()


async def test_calls_that_hang_leave_connections_to_others(silent: Any) -> None:
    calls = Aside(silent, at_once)
    for number in range(3):
        calls.call("answerCallbackQuery", number=number)
    await asyncio.sleep(0)
    await calls.close(0)
    assert silent.called == [0, 1]


async def test_one_too_many_is_let_go_and_nobody_waits(silent: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", aside.__name__)
    calls = Aside(silent, at_once)
    for number in range(4):
        calls.call("answerCallbackQuery", number=number)
    await calls.close(0)
    assert [record.action for record in caplog.records] == ["aside_let_go"]  # type: ignore[attr-defined]


class Heard:
    """A Bot API that answers at once."""

    def __init__(self) -> None:
        self.called: list[tuple[str, dict[str, object]]] = []

    async def call(self, method: str, **fields: object) -> None:
        self.called.append((method, fields))


async def test_what_shows_in_a_group_waits_for_its_turn_and_of_one_message_only_the_last_goes() -> None:
    heard, turns, gate = Heard(), list[int](), asyncio.Event()

    async def turn(chat: int) -> None:
        turns.append(chat)
        await gate.wait()

    calls = Aside(heard, turn)  # type: ignore[arg-type]
    for number in range(3):
        calls.call("editMessageReplyMarkup", chat_id=-5, message_id=9, number=number)
    calls.call("sendMessage", chat_id=-5, text="Sorry")
    calls.call("answerCallbackQuery", callback_query_id="1")
    calls.call("sendMessage", chat_id=7, text="Here")
    await asyncio.sleep(0)
    assert ([method for method, _ in heard.called], turns) == (["answerCallbackQuery", "sendMessage"], [-5, -5])
    gate.set()
    await calls.close()
    assert [fields.get("number", fields.get("text")) for _, fields in heard.called[2:]] == [2, "Sorry"]
