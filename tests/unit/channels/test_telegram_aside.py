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


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(aside, "AT_ONCE", 2)
    monkeypatch.setattr(aside, "MOST", 3)
    return Silent()


async def test_calls_that_hang_leave_connections_to_others(silent: Any) -> None:
    calls = Aside(silent)
    for number in range(3):
        calls.call("answerCallbackQuery", number=number)
    await asyncio.sleep(0)
    await calls.close(0)
    assert silent.called == [0, 1]


async def test_one_too_many_is_let_go_and_nobody_waits(silent: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", aside.__name__)
    calls = Aside(silent)
    for number in range(4):
        calls.call("answerCallbackQuery", number=number)
    await calls.close(0)
    assert [record.action for record in caplog.records] == ["aside_let_go"]  # type: ignore[attr-defined]
