"""The helpers' group on the way out: a topic for each ticket, made when it is needed and made anew when it is gone.

A group without topics is served too: each message is headed with its ticket, and helpers answer with a reply. Messages
of the group are sent one after the other, so nothing here is done twice at once.
"""

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from telegram.constants import ForumTopicLimit
from telegram.error import BadRequest, ChatMigrated

from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.faults import is_topic_closed, is_topic_gone
from tutorbot.channels.telegram.group import HelpersGroup
from tutorbot.channels.telegram.post import Place, Post
from tutorbot.desk.ticket import Status, Ticket
from tutorbot.errors import StoreUnavailable
from tutorbot.messages.message import Message
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.values import Author, Kind, Owed

log = logging.getLogger(__name__)

Card = Callable[[Ticket], Message]
"""The briefing of a ticket, as it is now."""


class Topics:
    """Sends what is owed to the helpers' group. Raises TelegramError and StoreUnavailable."""

    def __init__(self, api: Api, store: Store, group: HelpersGroup, post: Post, card: Card) -> None:
        self._api, self._store, self._group, self._post, self._card = api, store, group, post, card
        self._flat: set[int] = set()  # tickets for which no topic could be made

    async def deliver(self, owed: Owed) -> str:
        """Send it; the message's id, "" where there is none."""
        try:
            return await self._deliver(owed)
        except ChatMigrated as moved:
            await self._group.move(moved.new_chat_id)
            return await self._deliver(owed)

    async def _deliver(self, owed: Owed) -> str:
        if owed.kind in (Kind.DELETE_THREAD, Kind.DELETE):
            return await self._delete(owed)
        number = owed.ticket
        ticket = await self._store.read(lambda tx: tx.tickets.get(number)) if number is not None else None
        if ticket is None:  # with a number: the learner was forgotten, and so are their words
            return "" if number is not None else await self._post.say(self._place(""), owed.message)
        if owed.kind is Kind.CLOSE_THREAD:
            return await self._close(ticket)
        opened = ticket if ticket.thread else await self._open(ticket)
        return await self._put_somehow(opened, owed) if opened else ""

    async def _put_somehow(self, ticket: Ticket, owed: Owed) -> str:
        """Put it in its topic, though the topic may have been closed or deleted by hand."""
        try:
            return await self._put(ticket, owed)
        except BadRequest as error:
            if is_topic_closed(error):
                return await self._put(await self._reopened(ticket), owed)
            if not is_topic_gone(error):
                raise
        if ticket.status is Status.CLOSED:
            return ""  # who deleted the topic of a closed ticket does not miss anything
        remade = await self._remade(ticket, owed)
        return await self._put(remade, owed) if remade else ""

    async def _put(self, ticket: Ticket, owed: Owed) -> str:
        card, place = _is_card(owed), self._place(ticket.thread)
        heading = "" if ticket.thread or card else ticket.title
        ref = owed.ref or ticket.card_ref if owed.kind is Kind.REPLACE else ""
        if ref:
            sent = await self._post.replace(place, ref, owed.message, heading)
        else:
            sent = await self._post.say(place, owed.message, heading)
        if card and sent != ticket.card_ref:
            await self._keep_card(ticket, sent)
        return sent

    async def _open(self, ticket: Ticket) -> Ticket | None:
        """The ticket with a topic; without one where the group has none to give. None: it was forgotten meanwhile."""
        if ticket.id in self._flat:
            return ticket
        name = ticket.title[: ForumTopicLimit.MAX_NAME_LENGTH]
        try:
            made = await self._api.call("createForumTopic", chat_id=self._group.id, name=name)
        except BadRequest as error:
            log.warning("The helpers' group has no topic for a ticket: %s", error, extra={"action": "topic_refused"})
            self._flat.add(ticket.id)
            return ticket
        thread = str(made["message_thread_id"])
        if await self._store.transact(lambda tx: _keep_thread(tx, ticket.id, thread)):
            return replace(ticket, thread=thread)
        await self._topic_call("deleteForumTopic", thread)
        return None

    async def _remade(self, ticket: Ticket, owed: Owed) -> Ticket | None:
        """The ticket with a new topic, that begins with its briefing."""
        await self._store.transact(lambda tx: tx.tickets.set_thread(ticket.id, ""))
        again = await self._open(replace(ticket, thread="", card_ref=""))
        if again and not _is_card(owed):
            await self._keep_card(again, await self._post.say(self._place(again.thread), self._card(again)))
        return again

    async def _reopened(self, ticket: Ticket) -> Ticket:
        await self._topic_call("reopenForumTopic", ticket.thread)
        return ticket

    async def _close(self, ticket: Ticket) -> str:
        if ticket.thread:
            with suppress(BadRequest):  # closed or deleted by hand
                await self._topic_call("closeForumTopic", ticket.thread)
        return ""

    async def _delete(self, owed: Owed) -> str:
        """What stands here of somebody who is forgotten: a topic, or a message outside of topics."""
        with suppress(BadRequest):  # deleted by hand, or too old
            if owed.kind is Kind.DELETE_THREAD:
                await self._topic_call("deleteForumTopic", owed.ref)
            else:
                await self._api.call("deleteMessage", chat_id=self._group.id, message_id=int(owed.ref))
        return ""

    def _topic_call(self, method: str, thread: str) -> Awaitable[object]:
        return self._api.call(method, chat_id=self._group.id, message_thread_id=int(thread))

    async def _keep_card(self, ticket: Ticket, ref: str) -> None:
        # The message is sent: to say it was not, because this was not kept, would have it sent twice.
        with suppress(StoreUnavailable):
            await self._store.transact(lambda tx: tx.tickets.set_card_ref(ticket.id, ref))

    def _place(self, thread: str) -> Place:
        place: dict[str, object] = {"chat_id": self._group.id}
        return place | {"message_thread_id": int(thread)} if thread else place


def _keep_thread(tx: Transaction, ticket: int, thread: str) -> bool:
    """Keep a ticket's topic. False if there is no such ticket any more."""
    tx.tickets.set_thread(ticket, thread)
    return tx.tickets.get(ticket) is not None


def _is_card(owed: Owed) -> bool:
    """Whether it is the ticket's briefing, new or brought up to date."""
    return owed.author is Author.DESK and (owed.kind is Kind.REPLACE or bool(owed.message.buttons))
