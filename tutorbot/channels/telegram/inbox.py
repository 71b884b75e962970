"""The way in for every update, by polling or by webhook: read it, let it be carried out, answer the press."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from tutorbot.channels.telegram.aside import Aside
from tutorbot.channels.telegram.commands import Words
from tutorbot.channels.telegram.desk import TelegramDesk
from tutorbot.channels.telegram.groups import HelpersGroups
from tutorbot.channels.telegram.inbound import CHANNEL, DeskCommand, DeskPress, Inbound, Reachable
from tutorbot.channels.telegram.updates import lane, read, topic
from tutorbot.errors import StoreUnavailable, kind_and_place
from tutorbot.runtime.conversation import Incoming
from tutorbot.runtime.ports import Store
from tutorbot.runtime.trail import following
from tutorbot.tutor.replies import Reply

log = logging.getLogger(__name__)

TRIES = 3
TOAST_LIMIT = 200  # letters Telegram shows at a pressed button


class Conversation(Protocol):
    """The learners' side."""

    async def receive(self, incoming: Incoming) -> str:
        """See `tutorbot.runtime.conversation`."""
        ...


class Inbox:
    """Takes updates as they come."""

    def __init__(
        self,
        conversation: Conversation,
        desk: TelegramDesk,
        store: Store,
        groups: HelpersGroups,
        aside: Aside,
        words: Words,
        clock: Callable[[], datetime],
    ) -> None:
        self._conversation, self._desk, self._store = conversation, desk, store
        self._groups, self._aside, self._words, self._clock = groups, aside, words, clock

    async def handle(self, raw: Mapping[str, Any]) -> None:
        """Take an update, and answer the press that it may be."""
        if answer := await self.take(raw):
            self._aside.call(**answer)

    async def take(self, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        """Returns when all that the update causes is committed: with the call that answers a press, else with nothing.

        StoreUnavailable: nothing is, and the same update must come again. One that meets a bug of ours is tried
        a few times and then let go, so that it cannot stand in the way of others.
        """
        with following(f"{CHANNEL}:{raw.get('update_id')}"):
            return await self._surely(raw)

    async def _surely(self, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        for attempt in range(1, TRIES + 1):
            try:
                return await self._take(raw)
            except StoreUnavailable:
                raise
            except Exception as bug:
                # No traceback: it may hold a person's words.
                log.error(
                    "Update %s could not be handled (try %s): %s",
                    raw.get("update_id"),
                    attempt,
                    kind_and_place(bug),
                    extra={"action": "update_failed"},
                )
        self._apologise(raw)
        return {}

    async def close(self) -> None:
        """Let the small calls under way end."""
        await self._aside.close()

    async def _take(self, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        words = ""
        alert = False
        if lane(raw) < 0:
            await self._groups.load()
        for inbound in read(raw, lambda chat: self._groups.at(chat) is not None, self._clock()):
            words = await self._carry_out(inbound)
            # A toast is gone in two seconds: what a helper is told, they have to press away.
            alert = isinstance(inbound, DeskPress) and bool(words)
        press = raw.get("callback_query")
        return _answer(press["id"], words, alert) if press else {}

    async def _carry_out(self, inbound: Inbound) -> str:
        """Returns after the commit, with the words for a pressed button."""
        match inbound:
            case Incoming():
                return await self._conversation.receive(inbound)
            case Reachable(address, reachable):
                await self._store.transact(lambda tx: tx.learners.mark_reachable(address, reachable))
                return ""
            case DeskCommand(otherwise=Incoming() as said) if not await self._desk.is_order(inbound):
                return await self._conversation.receive(said)
        return await self._desk.carry_out(inbound)

    def _apologise(self, raw: Mapping[str, Any]) -> None:
        """Nobody is left in silence, though all we have is the chat."""
        chat = lane(raw)
        if chat > 0:
            self._aside.call("sendMessage", chat_id=chat, text=self._words(Reply("telegram_trouble")))
        elif self._groups.at(chat) and "message" in raw:
            words = self._words(Reply("telegram_trouble_desk"))
            self._aside.call("sendMessage", chat_id=chat, message_thread_id=topic(raw), text=words)


def _answer(press: str, words: str, alert: bool) -> Mapping[str, Any]:
    """The call that answers a press."""
    answer: dict[str, object] = {"method": "answerCallbackQuery", "callback_query_id": press}
    if words:
        answer["text"] = words[:TOAST_LIMIT]
    return {**answer, "show_alert": True} if alert else answer
