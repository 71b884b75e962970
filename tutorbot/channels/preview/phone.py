"""A talk as Telegram shows it: what `channels.telegram.compose` makes of each message, laid out as a page. Pure.

A look of our own, not a copy of any app: what matters is where texts are cut, how they are marked up, what stands
under a picture, and which buttons share a row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from tutorbot.channels.telegram.compose import CAPTION_LIMIT, Text, keyboard, text_of
from tutorbot.curriculum.lesson import Picture
from tutorbot.messages.markup import Entity
from tutorbot.messages.message import Message
from tutorbot.runtime.values import Author, Entry, Kind

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "code",
    "blockquote": "blockquote",
}


@dataclass(frozen=True, slots=True)
class Key:
    """A button under a message."""

    action: str
    step: int
    label: str


@dataclass(frozen=True, slots=True)
class Balloon:
    """One message in the chat."""

    html: Markup
    mine: bool = False  # the learner wrote it
    picture: Picture | None = None
    rows: Sequence[Sequence[Key]] = ()


def balloons(entries: Sequence[Entry], presses: frozenset[int]) -> list[Balloon]:
    """The chat of this talk. A press leaves no message; what replaces stands where the message before it stood."""
    shown: list[tuple[Balloon, ...]] = []
    for entry in entries:
        if entry.id in presses:
            continue
        if entry.kind is Kind.REPLACE and shown:
            shown.pop()
        shown.append(tuple(_of(entry)))
    return [balloon for message in shown for balloon in message]


def _of(entry: Entry) -> Iterator[Balloon]:
    message = entry.message
    if entry.author is Author.LEARNER:
        yield Balloon(escape(message.said), mine=True)
        return
    text, rows = text_of(message), _rows(message)
    if message.picture and text.units <= CAPTION_LIMIT:
        yield Balloon(_html(text), picture=message.picture, rows=rows)
        return
    if message.picture:
        yield Balloon(Markup(), picture=message.picture)
    *first, last = text.parts() or [text]
    yield from (Balloon(_html(part)) for part in first)
    yield Balloon(_html(last), rows=rows)


def _rows(message: Message) -> list[list[Key]]:
    keys = keyboard(message) or {"inline_keyboard": []}
    return [[_key(key) for key in row] for row in keys["inline_keyboard"]]


def _key(key: Mapping[str, Any]) -> Key:
    step, _, action = key["callback_data"].partition(".")
    return Key(action, int(step), key["text"])


def _html(text: Text) -> Markup:
    """The text with its entities as tags."""
    letters = text.text.encode("utf-16-le")
    entities = sorted(text.entities, key=lambda entity: (entity["offset"], -entity["length"]))
    return Markup().join(_inside(letters, 0, len(letters) // 2, entities))


def _inside(letters: bytes, start: int, end: int, entities: Sequence[Entity]) -> Iterator[Markup]:
    """The letters from `start` to `end`, in UTF-16 units, with the entities that begin among them, outer ones first."""
    while entities:
        first, *others = entities
        stop = min(first["offset"] + first["length"], end)
        yield escape(_cut(letters, start, first["offset"]))
        inside = [entity for entity in others if entity["offset"] < stop]
        yield _tagged(first, Markup().join(_inside(letters, first["offset"], stop, inside)))
        start, entities = stop, others[len(inside) :]
    yield escape(_cut(letters, start, end))


def _tagged(entity: Entity, inside: Markup) -> Markup:
    if entity["type"] == "text_link":
        return Markup('<a href="{}" target="_blank" rel="noopener">{}</a>').format(entity["url"], inside)
    tag = _TAGS.get(entity["type"], "span")
    return Markup("<{0}>{1}</{0}>").format(tag, inside)


def _cut(letters: bytes, start: int, end: int) -> str:
    return letters[2 * start : 2 * end].decode("utf-16-le", errors="replace")
