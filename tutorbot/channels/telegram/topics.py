"""The helpers' groups on the way out: a topic for each ticket, made when it is needed and made anew when it is gone.

A group without topics is served too: each message is headed with its ticket, and helpers answer with a reply. Messages
of a group are sent one after the other, so nothing here is done twice at once. Whoever calls has waited for the message
itself; what is more than that takes a place in the group's pace for each call.
"""

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from telegram.constants import ForumTopicLimit
from telegram.error import BadRequest, ChatMigrated

from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.compose import more_calls
from tutorbot.channels.telegram.faults import is_topic_closed, is_topic_gone
from tutorbot.channels.telegram.groups import HelpersGroups
from tutorbot.channels.telegram.post import Place, Post
from tutorbot.desk.briefing import CLAIM, RELEASE
from tutorbot.desk.ticket import Status, Ticket
from tutorbot.errors import StoreUnavailable
from tutorbot.messages.message import Message
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.values import Address, Author, Kind, Owed
from tutorbot.tutor.actions import split

log = logging.getLogger(__name__)

Card = Callable[[Ticket], Message]
"""The briefing of a ticket, as it is now."""

Wait = Callable[[Address], Awaitable[None]]
"""Returns when one more message may go to a group."""


class Topics:
    """Sends what is owed to helpers' groups. Raises TelegramError and StoreUnavailable."""

    def __init__(self, api: Api, store: Store, groups: HelpersGroups, post: Post, card: Card, wait: Wait) -> None:
        self._api, self._store, self._groups = api, store, groups
        self._post, self._card, self._wait = post, card, wait
        self._flat: set[tuple[int, int]] = set()  # chat and ticket for which no topic could be made

    async def deliver(self, owed: Owed) -> str:
        """Send it; the message's id, "" where there is none."""
        try:
            return await self._deliver(owed, self._chat(owed))
        except ChatMigrated as moved:
            await self._groups.move(self._chat(owed), moved.new_chat_id)
            return await self._deliver(owed, self._chat(owed))

    def _chat(self, owed: Owed) -> int:
        """Where this group talks now."""
        home = self._groups.at(int(owed.to.id))
        return home.now if home else int(owed.to.id)

    async def _deliver(self, owed: Owed, chat: int) -> str:
        if owed.kind in (Kind.DELETE_THREAD, Kind.DELETE):
            return await self._delete(owed, chat)
        number = owed.ticket
        ticket = await self._store.read(lambda tx: tx.tickets.get(number)) if number is not None else None
        if ticket is None:  # with a number: the learner was forgotten, and so are their words
            return "" if number is not None else await self._post.say(_place(chat, "", owed), owed.message)
        here = ticket.chat == str(owed.to)
        if owed.kind is Kind.CLOSE_THREAD:
            return await self._close(owed, chat, ticket, ticket.thread if here else owed.ref)
        if not here or _was_never_shown(ticket):
            return ""
        opened = ticket if ticket.thread else await self._open(owed, chat, ticket)
        return await self._put_somehow(owed, chat, opened) if opened else ""

    async def _put_somehow(self, owed: Owed, chat: int, ticket: Ticket) -> str:
        """Put it in its topic, though the topic may have been closed or deleted by hand."""
        try:
            return await self._put(owed, chat, ticket)
        except BadRequest as error:
            if is_topic_closed(error):
                return await self._put_in_closed(owed, chat, ticket)
            if not is_topic_gone(error):
                raise
        if ticket.status is Status.CLOSED:
            return ""  # who deleted the topic of a closed ticket does not miss anything
        remade = await self._remade(owed, chat, ticket)
        return await self._put(owed, chat, remade) if remade else ""

    async def _put_in_closed(self, owed: Owed, chat: int, ticket: Ticket) -> str:
        """The topic of an open ticket is open from now on; that of a closed one is closed again."""
        await self._wait(owed.to)
        await self._topic("reopenForumTopic", chat, ticket.thread)
        sent = await self._put(owed, chat, ticket)
        if ticket.status is Status.CLOSED:
            await self._wait(owed.to)
            with suppress(BadRequest):
                await self._topic("closeForumTopic", chat, ticket.thread)
        return sent

    async def _put(self, owed: Owed, chat: int, ticket: Ticket) -> str:
        card, place = _is_card(owed), _place(chat, ticket.thread, owed)
        heading = "" if ticket.thread or card or "reply_parameters" in place else ticket.title
        ref = owed.ref or ticket.card_ref if owed.kind is Kind.REPLACE else ""
        if ref:
            sent = await self._post.replace(place, ref, owed.message, heading)
        else:
            message = _without_heading(owed.message) if ticket.thread else owed.message
            for _ in range(more_calls(message, heading)):
                await self._wait(owed.to)
            sent = await self._post.say(place, message, heading, protect=True)
        if card and sent != ticket.card_ref:
            await self._keep_card(ticket, sent)
        return sent

    async def _open(self, owed: Owed, chat: int, ticket: Ticket) -> Ticket | None:
        """The ticket with a topic; without one where the group has none to give. None: it was forgotten meanwhile."""
        if (chat, ticket.id) in self._flat:
            return ticket
        await self._wait(owed.to)
        name = ticket.title[: ForumTopicLimit.MAX_NAME_LENGTH]
        try:
            made = await self._api.call("createForumTopic", chat_id=chat, name=name)
        except BadRequest as error:
            log.warning("A helpers' group has no topic for a ticket: %s", error, extra={"action": "topic_refused"})
            self._flat.add((chat, ticket.id))
            return ticket
        thread = str(made["message_thread_id"])
        if await self._store.transact(lambda tx: _keep_thread(tx, ticket.id, thread)):
            return replace(ticket, thread=thread)
        await self._wait(owed.to)
        await self._topic("deleteForumTopic", chat, thread)
        return None

    async def _remade(self, owed: Owed, chat: int, ticket: Ticket) -> Ticket | None:
        """The ticket with a new topic, that begins with its briefing."""
        await self._store.transact(lambda tx: tx.tickets.set_thread(ticket.id, ""))
        again = await self._open(owed, chat, replace(ticket, thread="", card_ref=""))
        if again and not _is_card(owed):
            await self._wait(owed.to)
            place = _place(chat, again.thread)
            await self._keep_card(again, await self._post.say(place, self._card(again)))
        return again

    async def _close(self, owed: Owed, chat: int, ticket: Ticket, thread: str) -> str:
        """The last words in a topic, if there are any, and its end; the topic's id."""
        with suppress(BadRequest):  # closed or deleted by hand
            if owed.message.text:
                await self._post.say(_place(chat, thread), owed.message, "" if thread else ticket.title)
            if thread and owed.message.text:
                await self._wait(owed.to)
            if thread:
                await self._topic("closeForumTopic", chat, thread)
        return thread

    async def _delete(self, owed: Owed, chat: int) -> str:
        """What stands here of somebody who is forgotten: a topic, or a message outside of topics."""
        with suppress(BadRequest):  # deleted by hand, or too old
            if owed.kind is Kind.DELETE_THREAD:
                await self._topic("deleteForumTopic", chat, owed.ref)
            else:
                await self._post.remove(_place(chat, ""), owed.ref)
        return ""

    async def _topic(self, method: str, chat: int, thread: str) -> None:
        await self._api.call(method, chat_id=chat, message_thread_id=int(thread))

    async def _keep_card(self, ticket: Ticket, ref: str) -> None:
        # The message is sent: to say it was not, because this was not kept, would have it sent twice.
        with suppress(StoreUnavailable):
            await self._store.transact(lambda tx: tx.tickets.set_card_ref(ticket.id, ref))


def _keep_thread(tx: Transaction, ticket: int, thread: str) -> bool:
    """Keep a ticket's topic. False if there is no such ticket any more."""
    tx.tickets.set_thread(ticket, thread)
    return tx.tickets.get(ticket) is not None


def _place(chat: int, thread: str, owed: Owed | None = None) -> Place:
    place: dict[str, object] = {"chat_id": chat}
    if thread:
        place["message_thread_id"] = int(thread)
    if owed and owed.kind is Kind.SAY and owed.ref:
        place["reply_parameters"] = {"message_id": int(owed.ref), "allow_sending_without_reply": True}
    return place


def _is_card(owed: Owed) -> bool:
    """Whether it is the ticket's briefing, new or brought up to date."""
    if owed.author is not Author.DESK or owed.of:
        return False
    return owed.kind is Kind.REPLACE or any(split(one.action)[0] in (CLAIM, RELEASE) for one in owed.message.buttons)


def _was_never_shown(ticket: Ticket) -> bool:
    """Whether a ticket was closed before its group saw anything of it."""
    return ticket.status is Status.CLOSED and not ticket.thread and not ticket.card_ref


def _without_heading(message: Message) -> Message:
    """In a topic, an album needs no line that says whose it is; below one there is no room for it but as words."""
    album = message.media is not None and len(message.media.ids) > 1
    return replace(message, text="") if album and not message.said else message
