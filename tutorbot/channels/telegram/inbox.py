"""The way in for every update, by polling or by webhook: read it, let it be carried out, answer the press."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from telegram import Update

from tutorbot.channels.telegram.aside import Aside
from tutorbot.channels.telegram.group import HelpersGroup
from tutorbot.channels.telegram.updates import (
    CHANNEL,
    NOTE,
    DeskPress,
    DeskText,
    Inbound,
    Moved,
    Reachable,
    lane,
    lean,
    topic,
    translate,
)
from tutorbot.desk.briefing import CLAIM, CLOSE, RELEASE
from tutorbot.errors import StoreUnavailable, kind_and_place
from tutorbot.runtime.conversation import Incoming
from tutorbot.runtime.desk import Who
from tutorbot.runtime.ports import Store
from tutorbot.runtime.trail import following
from tutorbot.runtime.values import Address
from tutorbot.tutor.replies import Reply

log = logging.getLogger(__name__)

TRIES = 3
TOAST_LIMIT = 200  # letters Telegram shows at a pressed button

Words = Callable[[Reply], str]
"""Makes a reply plain words."""


class Conversation(Protocol):
    """The learners' side."""

    async def receive(self, incoming: Incoming) -> str:
        """See `tutorbot.runtime.conversation`."""
        ...


class Desk(Protocol):
    """The helpers' side: see `tutorbot.runtime.desk`."""

    async def claim(self, key: str, who: Who, ticket: int) -> str: ...
    async def release(self, key: str, who: Who, ticket: int) -> str: ...
    async def close(self, key: str, who: Who, ticket: int) -> str: ...
    async def reply(self, key: str, who: Who, ticket: int, text: str, ref: str = "") -> str: ...
    async def note(self, key: str, who: Who, ticket: int, text: str, ref: str = "") -> str: ...
    async def ticket_of(self, address: Address, thread: str = "", ref: str = "") -> int | None: ...


class Inbox:
    """Takes updates as they come."""

    def __init__(
        self,
        conversation: Conversation,
        desk: Desk,
        store: Store,
        group: HelpersGroup,
        aside: Aside,
        words: Words,
        clock: Callable[[], datetime],
    ) -> None:
        self._conversation, self._desk, self._store = conversation, desk, store
        self._group, self._aside, self._words, self._clock = group, aside, words, clock

    async def handle(self, raw: Mapping[str, Any]) -> None:
        """Returns when all that the update causes is committed.

        StoreUnavailable: nothing is, and the same update must come again. One that meets a bug of ours is tried
        a few times and then let go, so that it cannot stand in the way of others.
        """
        with following(f"{CHANNEL}:{raw.get('update_id')}"):
            await self._handle(raw)

    async def _handle(self, raw: Mapping[str, Any]) -> None:
        for attempt in range(1, TRIES + 1):
            try:
                await self._take(Update.de_json(lean(raw)))
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
            else:
                return
        self._apologise(raw)

    async def close(self) -> None:
        """Let the small calls under way end."""
        await self._aside.close()

    async def _take(self, update: Update) -> None:
        words = ""
        alert = False
        _tell_number_of_group(update)
        await self._recognise(update)
        for inbound in translate(update, self._group.is_here, self._clock()):
            words = await self._carry_out(inbound)
            # A toast is gone in two seconds: who did not get a ticket has to press the words away.
            alert = isinstance(inbound, DeskPress) and bool(words)
        if update.callback_query:
            press = update.callback_query.id
            text = words[:TOAST_LIMIT] or None
            self._aside.call("answerCallbackQuery", callback_query_id=press, text=text, show_alert=alert or None)

    async def _recognise(self, update: Update) -> None:
        """A group that we do not know may be ours: another process may have heard that it has a new id."""
        chat = update.effective_chat
        if chat and chat.id < 0 and not self._group.is_here(chat.id):
            await self._group.load()

    async def _carry_out(self, inbound: Inbound) -> str:
        """Returns after the commit, with the words for a pressed button."""
        match inbound:
            case Incoming():
                return await self._conversation.receive(inbound)
            case DeskPress(key, who, verb, ticket):
                act = {CLAIM: self._desk.claim, RELEASE: self._desk.release, CLOSE: self._desk.close}[verb]
                return await act(key, who, ticket)
            case DeskText():
                await self._written(inbound)
            case Reachable(address, reachable):
                await self._store.transact(lambda tx: tx.learners.mark_reachable(address, reachable))
            case Moved(to):
                await self._group.move(to)
        return ""

    async def _written(self, text: DeskText) -> None:
        """Words of a helper; if they are about a ticket, what there is to say about them goes below them."""
        ticket = await self._desk.ticket_of(self._group.address, text.thread, text.replied_to)
        if ticket is None:
            return
        notice = await self._passed_on(text, ticket)
        if notice:
            self._aside.call(
                "sendMessage",
                chat_id=self._group.id,
                message_thread_id=int(text.thread) if text.thread else None,
                text=notice,
                reply_parameters={"message_id": text.message, "allow_sending_without_reply": True},
            )

    async def _passed_on(self, text: DeskText, ticket: int) -> str:
        if text.who is None:
            return self._words(Reply("telegram_hidden"))
        if not text.text:
            return self._words(Reply("telegram_words_only"))
        if text.text.startswith(NOTE):
            note = text.text.removeprefix(NOTE).strip()
            return await self._desk.note(text.key, text.who, ticket, note, str(text.message))
        return await self._desk.reply(text.key, text.who, ticket, text.text, str(text.message))

    def _apologise(self, raw: Mapping[str, Any]) -> None:
        """Nobody is left in silence, though all we have is the chat."""
        chat = lane(raw)
        if chat > 0:
            self._aside.call("sendMessage", chat_id=chat, text=self._words(Reply("telegram_trouble")))
        elif self._group.is_here(chat) and "message" in raw:
            words = self._words(Reply("telegram_trouble_desk"))
            self._aside.call("sendMessage", chat_id=self._group.id, message_thread_id=topic(raw), text=words)


def _tell_number_of_group(update: Update) -> None:
    """Whoever sets up a helpers' group needs its number, and Telegram shows it nowhere: the log does."""
    change = update.my_chat_member
    if change and change.chat.id < 0:
        log.info(
            "The bot was added to, or changed in, the group %s. To make it the helpers' group, set %s to that number.",
            change.chat.id,
            "TUTORBOT_TELEGRAM_HELPERS_CHAT",
            extra={"action": "group_seen"},
        )
