"""After every test of this tier its log is read: nothing that people said stands in it, and no token."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from tests.leaks import leaks
from tutorbot.runtime.conversation import Conversation, Incoming
from tutorbot.runtime.desk import Desk
from tutorbot.tutor.events import TextSent

receive, reply, note = Conversation.receive, Desk.reply, Desk.note


@pytest.fixture(autouse=True)
def _nothing_of_anybody_in_the_log(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    said: list[str] = []

    async def hear(self: Conversation, incoming: Incoming) -> str:
        said.append(incoming.event.text if isinstance(incoming.event, TextSent) else "")
        return await receive(self, incoming)

    async def hear_reply(self: Desk, key: str, who: Any, ticket: int, text: str, *rest: Any, **more: Any) -> str:
        said.append(text)
        return await reply(self, key, who, ticket, text, *rest, **more)

    async def hear_note(self: Desk, key: str, who: Any, ticket: int, text: str, *rest: Any, **more: Any) -> str:
        said.append(text)
        return await note(self, key, who, ticket, text, *rest, **more)

    caplog.set_level(logging.DEBUG, "tutorbot")
    monkeypatch.setattr(Conversation, "receive", hear)
    monkeypatch.setattr(Desk, "reply", hear_reply)
    monkeypatch.setattr(Desk, "note", hear_note)
    yield
    assert leaks(caplog.text, said=said) == []
