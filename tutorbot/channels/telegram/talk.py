"""What helpers write and send about a ticket: an answer for the learner, or a note for helpers."""

from tutorbot.channels.telegram import menus
from tutorbot.channels.telegram.counter import Counter, notice, spoken
from tutorbot.channels.telegram.inbound import DeskMedia, DeskText
from tutorbot.runtime.desk import Who
from tutorbot.runtime.values import Held
from tutorbot.tutor.replies import Choice, Reply

NOTE = "//"
"""What a helper writes in front of words for helpers alone."""


class Talk:
    """Passes on what helpers write. What there is to say about it goes below it."""

    def __init__(self, counter: Counter) -> None:
        self._counter, self._desk = counter, counter.desk
        self._album = ""  # of which something was said last: its other parts need no more words

    async def written(self, text: DeskText) -> None:
        """Words, or words that were changed."""
        ticket = await self._counter.ticket_at(text.spot)
        if ticket is None:
            return
        reply = await (self._changed(text, ticket) if text.edited else self._passed_on(text, ticket))
        if reply:
            await self._counter.answer(text.spot, reply, ticket)

    async def sent(self, sent: DeskMedia) -> None:
        """A picture, a voice message, or the like."""
        ticket = await self._counter.ticket_at(sent.spot)
        if ticket is None:
            return
        reply, album = await self._copied(sent, ticket), sent.media.album if sent.media else ""
        if reply and not (album and album == self._album):
            self._album = album
            await self._counter.answer(sent.spot, reply, ticket)

    async def _passed_on(self, text: DeskText, ticket: int) -> Reply | None:
        spot = text.spot
        if text.who is None:
            return Reply("telegram_hidden")
        if text.text.startswith(NOTE):
            words = await self._desk.note(text.key, text.who, ticket, _note(text.text), str(spot.message))
        else:
            words = await self._desk.reply(text.key, text.who, ticket, text.text, str(spot.message), spot.source)
        return spoken(words, await self._held(text.who, ticket, spot.source)) if words else None

    async def _copied(self, sent: DeskMedia, ticket: int) -> Reply | None:
        spot, caption = sent.spot, sent.caption
        if sent.who is None:
            return Reply("telegram_hidden")
        if sent.media is None:
            return Reply("desk_stays", {"kind": sent.kind})
        if caption.startswith(NOTE):
            note = self._desk.note(sent.key, sent.who, ticket, _note(caption), str(spot.message), sent.media)
            words = await note
        else:
            words = await self._desk.reply(
                sent.key, sent.who, ticket, caption, str(spot.message), spot.source, sent.media
            )
        return spoken(words, await self._held(sent.who, ticket, spot.source)) if words else None

    async def _changed(self, text: DeskText, ticket: int) -> Reply | None:
        if text.who is None:
            return None
        if held := await self._held_from(text.who, ticket, text.spot.source):
            return await self._reworded(text, text.who, ticket, held)
        if not await self._desk.was_passed_on(text.spot.source):
            return None
        if text.text.startswith(NOTE):
            return Reply("desk_no_note")
        words = await self._desk.edit(text.key, text.who, text.spot.source, text.text, text.file)
        return spoken(words) if words else None

    async def _reworded(self, text: DeskText, who: Who, ticket: int, held: Held) -> Reply | None:
        """A message that is held reads differently now; it may have become a note."""
        if text.text.startswith(NOTE):
            await self._desk.drop_held(f"{text.key}:dropped", who, held.id)
            words = await self._desk.note(text.key, who, ticket, _note(text.text), str(text.spot.message))
            return spoken(words) if words else notice("held_noted")
        words = await self._desk.reword_held(text.key, who, held.id, text.text)
        return spoken(words, await self._held(who, ticket, text.spot.source)) if words else None

    async def _held_from(self, who: Who, ticket: int, source: str) -> Held | None:
        return next((one for one in await self._desk.held_of(who, ticket) if one.source == source), None)

    async def _held(self, who: Who, ticket: int, source: str) -> tuple[Choice, ...]:
        """What to do with this message, if it is held."""
        held = await self._held_from(who, ticket, source)
        return menus.held(held.id) if held else ()


def _note(text: str) -> str:
    return text.removeprefix(NOTE).strip()
