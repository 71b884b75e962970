"""Puts one message into one chat: with its picture and buttons, in parts if it is long, anew or in place of another."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from telegram.error import BadRequest, Forbidden

from tutorbot.channels.telegram.api import Api, File
from tutorbot.channels.telegram.compose import CAPTION_LIMIT, Text, keyboard, text_of
from tutorbot.channels.telegram.faults import is_gone, is_not_modified, is_of_topic
from tutorbot.channels.telegram.pictures import Pictures
from tutorbot.messages.message import Copied, Message
from tutorbot.tutor.replies import Reply

Place = Mapping[str, object]
"""The fields that say where: `chat_id`, in a topic `message_thread_id`, of an answer `reply_parameters`."""

Keyboard = dict[str, Any] | None

_NO_PREVIEW = {"is_disabled": True}  # a card is about the card, not about the page it names


class Post:
    """Sends messages. Every method raises TelegramError."""

    def __init__(self, api: Api, pictures: Pictures, words: Callable[[Reply, str], str]) -> None:
        """`words`: makes a reply plain words in a language."""
        self._api, self._pictures, self._words = api, pictures, words

    async def say(self, place: Place, message: Message, heading: str = "", *, protect: bool = False) -> str:
        """A new message; its id, or those of its parts, or of an album, with a space between.

        `heading`: a line above it, letter by letter. `protect`: what it copies cannot be forwarded or saved.
        """
        text, keys = text_of(message).below(heading), keyboard(message)
        if message.media:
            return await self._copy_or_say(place, message.media, text, keys, protect, message.language)
        if message.picture is None:
            return await self._text(place, text, keys)
        if text.units <= CAPTION_LIMIT:
            sent = await self._pictures.send(message.picture, **place, **_caption(text), reply_markup=keys)
        else:
            sent = await self._pictures.send(message.picture, **place)
            if sent:
                return await self._text(place, text, keys)
        return sent or await self._text(place, text.below(message.picture.alt, type="italic"), keys)

    async def replace(self, place: Place, ref: str, message: Message, heading: str = "") -> str:
        """The message in the place of the one with the ids `ref`, or where that cannot be a new one; its ids."""
        text, keys = text_of(message).below(heading), keyboard(message)
        try:
            if left := await self._edit(place["chat_id"], ref.split(), message, text, keys):
                return " ".join(left)
        except OSError:
            pass  # the picture is not there; what is sent anew says so
        except BadRequest as error:
            if is_not_modified(error):
                return ref
        return await self.say(place, message, heading)

    async def file(self, place: Place, message: Message, file: File) -> str:
        """A file with the message below it; the message's id."""
        caption, keys = _caption(text_of(message)), keyboard(message)
        sent = await self._api.upload("sendDocument", "document", file, **place, **caption, reply_markup=keys)
        return str(sent["message_id"])

    async def remove(self, place: Place, ref: str) -> str:
        """Take the message with the ids `ref` away; "", for it has none any more."""
        for part in ref.split():
            try:
                await self._api.call("deleteMessage", chat_id=place["chat_id"], message_id=int(part))
            except BadRequest as error:
                if not is_gone(error):
                    raise
        return ""

    async def _text(self, place: Place, text: Text, keys: Keyboard) -> str:
        """One or more messages of text, the last with the buttons."""
        sent = [
            await self._api.call("sendMessage", **place, **_fields(part), reply_markup=below)
            for part, below in _with_keys(text, keys)
        ]
        return " ".join(str(one["message_id"]) for one in sent)

    async def _copy_or_say(
        self, place: Place, media: Copied, text: Text, keys: Keyboard, protect: bool, language: str
    ) -> str:
        """A copy; words in its place where what was sent is not there any more, or may not be shown here."""
        try:
            return await self._copy(place, media, text, keys, protect)
        except (BadRequest, Forbidden) as error:
            if is_of_topic(error):
                raise
        # If it is this chat that does not let us in, that is what we hear now.
        gone = Text(self._words(Reply("media_gone"), language))
        return await self._text(place, gone.below(text.text), keys)

    async def _copy(self, place: Place, media: Copied, text: Text, keys: Keyboard, protect: bool) -> str:
        """What a person sent, without a word on who that was, and with our words below it where there is room."""
        above = ""
        if text.text and (media.bare or text.units > CAPTION_LIMIT):
            above, text = f"{await self._text(place, text, None)} ", Text("")
        source = {**place, "from_chat_id": int(media.chat), "protect_content": protect or None}
        if len(media.ids) > 1:
            return above + await self._copy_album(place, source, media, text)
        caption = {} if media.bare else {"caption": text.text, **_caption(text)}  # else its own would stay
        made = await self._api.call("copyMessage", **source, message_id=media.ids[0], **caption, reply_markup=keys)
        return f"{above}{made['message_id']}"

    async def _copy_album(self, place: Place, source: Place, media: Copied, text: Text) -> str:
        """An album, which takes no buttons, and words only afterwards."""
        made = await self._api.call("copyMessages", **source, message_ids=[*media.ids], remove_caption=True)
        if text.text:
            first = {"chat_id": place["chat_id"], "message_id": made[0]["message_id"]}
            await self._api.call("editMessageCaption", **first, **_caption(text))
        return " ".join(str(one["message_id"]) for one in made)

    async def _edit(self, chat: object, ids: Sequence[str], message: Message, text: Text, keys: Keyboard) -> list[str]:
        """The ids that are left; none if it does not fit in what there is. BadRequest: that is gone, or is another."""
        target = {"chat_id": chat, "message_id": int(ids[-1])}
        if message.picture and text.units <= CAPTION_LIMIT:
            # editMessageCaption would leave the old picture; the same picture again is not loaded again.
            await self._pictures.replace(message.picture, _caption(text), **target, reply_markup=keys)
            return [*ids]
        if message.picture:
            return []
        if message.media:
            return await self._edit_beside(chat, ids, message.media, text, keys)
        return await self._edit_text(chat, ids, text, keys)

    async def _edit_beside(
        self, chat: object, ids: Sequence[str], media: Copied, text: Text, keys: Keyboard
    ) -> list[str]:
        """The words below what was copied, or above it where they stand there."""
        above, copied = ids[: -len(media.ids)], ids[-len(media.ids) :]
        if above:
            left = await self._edit_text(chat, above, text, None)
            return [*left, *copied] if left else await self._away(chat, copied)
        if text.units > CAPTION_LIMIT:
            return await self._away(chat, copied)
        below = None if media.album else keys  # the parts of an album take no buttons
        target = {"chat_id": chat, "message_id": int(copied[0])}
        await self._api.call("editMessageCaption", **target, **_caption(text), reply_markup=below)
        return [*copied]

    async def _edit_text(self, chat: object, ids: Sequence[str], text: Text, keys: Keyboard) -> list[str]:
        """Each part of the text in a message; those too many are taken away."""
        parts = _with_keys(text, keys)
        if len(parts) > len(ids):
            return await self._away(chat, ids)
        for id_, (part, below) in zip(ids, parts, strict=False):
            fields = {"chat_id": chat, "message_id": int(id_), **_fields(part)}
            try:
                await self._api.call("editMessageText", **fields, reply_markup=below)
            except BadRequest as error:
                if not is_not_modified(error):
                    raise
        await self._away(chat, ids[len(parts) :])
        return [*ids[: len(parts)]]

    async def _away(self, chat: object, ids: Sequence[str]) -> list[str]:
        """Take messages away that others stand in for; one too old for that stays. None are left."""
        for id_ in ids:
            with suppress(BadRequest):
                await self.remove({"chat_id": chat}, id_)
        return []


def _with_keys(text: Text, keys: Keyboard) -> list[tuple[Text, Keyboard]]:
    """The parts of a text; the last has the buttons."""
    *first, last = text.parts() or [text]  # of nothing there are no parts, and Telegram refuses it
    return [*((part, None) for part in first), (last, keys)]


def _fields(text: Text) -> dict[str, object]:
    return {"text": text.text, "entities": text.entities or None, "link_preview_options": _NO_PREVIEW}


def _caption(text: Text) -> dict[str, object]:
    if not text.text:
        return {}
    return {"caption": text.text, **({"caption_entities": text.entities} if text.entities else {})}
