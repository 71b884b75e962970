"""A message as Telegram takes it: text with entities, and a keyboard. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from telegram.constants import InlineKeyboardButtonLimit, MessageLimit

from tutorbot.messages.markup import Entity, split, to_telegram
from tutorbot.messages.message import Button, Message

CAPTION_LIMIT = int(MessageLimit.CAPTION_LENGTH)  # UTF-16 units
TEXT_LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)  # UTF-16 units
_DATA_LIMIT = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)  # bytes

_LETTER = 3  # the longest label that is only a letter, maybe ticked: "☑ A"
_NARROW = 16  # the longest label that a small phone shows whole in half a row


@dataclass(frozen=True, slots=True)
class Text:
    """Text and its entities."""

    text: str
    entities: Sequence[Entity] = ()

    @property
    def units(self) -> int:
        """Its length as Telegram counts."""
        return units(self.text)

    def below(self, heading: str, **markup: str) -> "Text":
        """The same with a paragraph above it, all of which is marked up, if at all, with one entity."""
        if not heading:
            return self
        gap = "\n\n" if self.text else ""
        shift = units(heading + gap)
        moved = [{**entity, "offset": entity["offset"] + shift} for entity in self.entities]
        added = [{"offset": 0, "length": units(heading), **markup}] if markup else []
        return Text(heading + gap + self.text, [*added, *moved])

    def parts(self) -> list["Text"]:
        """The text in messages that are short enough."""
        return [Text(*part) for part in split(self.text, self.entities)]


def units(text: str) -> int:
    """The UTF-16 units of a text."""
    return len(text.encode("utf-16-le")) // 2


def text_of(message: Message) -> Text:
    """Our words, and below them a person's own, letter by letter."""
    text, entities = to_telegram(message.text)
    return Text("\n\n".join(filter(None, (text, message.said))), entities)


def more_calls(message: Message, heading: str = "") -> int:
    """How many calls it takes beside that for the message itself: parts of long words, and words of an album."""
    text = text_of(message).below(heading)
    if message.media is None or not text.text:
        return max(0, len(text.parts()) - 1)
    if message.media.bare or text.units > CAPTION_LIMIT:
        return len(text.parts())
    return 1 if len(message.media.ids) > 1 else 0


def keyboard(message: Message) -> dict[str, Any] | None:
    """The buttons: letters side by side, answers one below the other, ways to move about two a row."""
    rows = [
        [{"text": button.label, "callback_data": data(message.step, button.action)} for button in row]
        for size, run in groupby(message.buttons, _a_row)
        for row in _rows(tuple(run), size)
    ]
    return {"inline_keyboard": rows} if rows else None


def data(step: int, action: str) -> str:
    """What comes back when a button is pressed; one too long leads to a kind reply, not to a message refused."""
    return f"{step}.{action}".encode()[:_DATA_LIMIT].decode(errors="ignore")


def _a_row(button: Button) -> int:
    """How many buttons like this one share a row."""
    if not button.nav:
        return 5 if len(button.label) <= _LETTER else 1
    return 2 if len(button.label) <= _NARROW else 1


def _rows(buttons: Sequence[Button], size: int) -> list[Sequence[Button]]:
    return [buttons[start : start + size] for start in range(0, len(buttons), size)]
