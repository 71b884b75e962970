"""The way out to Telegram: one owed message to a learner's chat or to the helpers' group. See `runtime.ports`."""

import logging

from telegram.error import BadRequest, Forbidden, TelegramError

from tutorbot.channels.telegram.faults import transport_error
from tutorbot.channels.telegram.group import HelpersGroup
from tutorbot.channels.telegram.post import Place, Post
from tutorbot.channels.telegram.topics import Topics
from tutorbot.errors import StoreUnavailable, TransportError
from tutorbot.runtime.rights.copies import Copies
from tutorbot.runtime.values import Kind, Owed

log = logging.getLogger(__name__)


class TelegramTransport:
    """Delivers what is owed on the channel "telegram"."""

    def __init__(self, post: Post, topics: Topics, group: HelpersGroup, copies: Copies) -> None:
        self._post, self._topics, self._group, self._copies = post, topics, group, copies

    async def send(self, owed: Owed) -> str:
        """Deliver it; the message's id. Raises TransportError."""
        for_helpers = self._group.is_here(int(owed.to.id))
        try:
            return await (self._topics.deliver(owed) if for_helpers else self._to_learner(owed))
        except TelegramError as error:
            fault = transport_error(error, may_return=for_helpers)
            if for_helpers and isinstance(error, Forbidden | BadRequest) and not fault.refused:
                log.warning("What is owed to the helpers' group waits: %s", error, extra={"action": "group_waits"})
            raise fault from error
        except StoreUnavailable as error:
            raise TransportError(str(error)) from error

    async def _to_learner(self, owed: Owed) -> str:
        place: Place = {"chat_id": int(owed.to.id)}
        if owed.message.document:
            file = await self._copies.file(owed.to, owed.message.document)
            return await self._post.file(place, owed.message, (file.name, file.content, file.kind)) if file else ""
        if owed.kind is Kind.REPLACE and owed.ref:
            return await self._post.replace(place, owed.ref, owed.message)
        return await self._post.say(place, owed.message)
