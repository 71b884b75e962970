"""The way out to Telegram: one owed message to a person's chat or to a helpers' group. See `runtime.ports`."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram.error import BadRequest, Forbidden, TelegramError

from tutorbot.channels.telegram.faults import transport_error
from tutorbot.channels.telegram.pace import Pace
from tutorbot.channels.telegram.post import Place, Post
from tutorbot.channels.telegram.topics import Topics
from tutorbot.errors import StoreUnavailable, TransportError
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.rights.copies import Copies
from tutorbot.runtime.together import as_one
from tutorbot.runtime.values import Address, Author, Entry, Kind, Owed
from tutorbot.tutor.replies import Reply

log = logging.getLogger(__name__)


Tell = Callable[[Address, Reply, int | None], Awaitable[None]]
"""Says something about a ticket in a helpers' chat."""


class TelegramTransport:
    """Delivers what is owed on the channel "telegram"."""

    def __init__(self, store: Store, post: Post, topics: Topics, copies: Copies, tell: Tell) -> None:
        self._store, self._post, self._topics, self._copies, self._tell = store, post, topics, copies, tell

    async def send(self, owed: Owed) -> str:
        """Deliver it; the message's id, or those of an album. Raises TransportError."""
        try:
            return await self._send(owed)
        except StoreUnavailable as error:
            raise TransportError(str(error)) from error

    async def _send(self, owed: Owed) -> str:
        for_helpers = Pace.is_group(owed.to)
        try:
            owed = await self._found(owed) if owed.of else owed
            return await (self._topics.deliver(owed) if for_helpers else self._to_person(owed))
        except TelegramError as error:
            fault = transport_error(error, may_return=for_helpers)
            if for_helpers and isinstance(error, Forbidden | BadRequest) and not fault.refused:
                log.warning("What is owed to a helpers' group waits: %s", error, extra={"action": "group_waits"})
            if owed.author is Author.HELPER and (fault.permanent or fault.refused):
                await self._tell_helpers(owed)
            raise fault from error

    async def _found(self, owed: Owed) -> Owed:
        """An edit or a deletion, with the id of the message that it is about.

        In a group that message may say more than this entry: all of it is put in its place. What was never delivered
        here is said now, in its new words.
        """

        def look(tx: Transaction) -> tuple[str, list[Entry]]:
            return tx.record.ref_of(owed.of, owed.to), [*tx.record.sent_with(owed.of)]

        ref, standing = await self._store.read(look)
        if owed.kind is Kind.DELETE:
            return replace(owed, ref=ref or owed.ref)
        if not ref:
            return replace(owed, kind=Kind.SAY)
        messages = [owed.message if entry.id == owed.of else entry.message for entry in standing]
        return replace(owed, kind=Kind.REPLACE, ref=ref, message=as_one(messages))

    async def _tell_helpers(self, owed: Owed) -> None:
        """A helper's answer did not reach the learner, or could not be taken back."""
        number = owed.ticket
        ticket = await self._store.read(lambda tx: tx.tickets.get(number)) if number is not None else None
        if ticket and ticket.chat:
            reply = Reply("desk_undelivered", {"taken_back": owed.kind is Kind.DELETE})
            await self._tell(Address.parse(ticket.chat), reply, ticket.id)

    async def _to_person(self, owed: Owed) -> str:
        place: Place = {"chat_id": int(owed.to.id)}
        if owed.message.document:
            file = await self._copies.file(owed.to, owed.message.document)
            return await self._post.file(place, owed.message, (file.name, file.content, file.kind)) if file else ""
        if owed.kind is Kind.DELETE:
            return await self._post.remove(place, owed.ref) if owed.ref else ""
        if owed.kind is Kind.REPLACE and owed.ref:
            return await self._post.replace(place, owed.ref, owed.message)
        return await self._post.say(place, owed.message)
