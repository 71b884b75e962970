"""A message ready to be shown: words already made, channel still open. Pure values, stored as JSON."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from tutorbot.curriculum.lesson import Picture
from tutorbot.tutor.replies import Document


@dataclass(frozen=True, slots=True)
class Button:
    """One button."""

    action: str
    label: str
    nav: bool = False  # a way to move about, not an answer: may share a row


@dataclass(frozen=True, slots=True)
class Copied:
    """Something other than words that a person sent: the channel copies it from where it stands. We never hold it.

    Words that stood below it go the way of all words.
    """

    chat: str  # the channel's id of the chat it stands in
    ids: tuple[int, ...]  # the channel's ids of its messages; several make an album
    kind: str  # "picture", "voice", ...: see `tutor.events.Media`
    album: str = ""  # the channel's id of the album it is a part of
    bare: bool = False  # nothing can be written below it
    file: str = ""  # the channel's name of what it holds, where it may be edited into something else; "": it cannot


@dataclass(frozen=True, slots=True)
class Message:
    """One message: our Markdown, then a person's own words, a picture, and buttons."""

    text: str = ""  # our small Markdown
    said: str = ""  # a person's words: shown letter by letter, never as markup
    buttons: tuple[Button, ...] = ()
    step: int = 0  # the learner's step, carried by every button
    picture: Picture | None = None
    language: str = "en"  # of our words in it; an author's may be in another
    media: Copied | None = None
    document: Document | None = None  # a file that is made when this is sent or shown: see `Document`
    by: int = 0  # the number of the helper whose answer it is: two may have one name


_MESSAGE = TypeAdapter(Message)


def to_json(message: Message) -> str:
    """The message as compact JSON."""
    return _MESSAGE.dump_json(message, exclude_defaults=True).decode()


def from_json(text: str) -> Message:
    """The message written by `to_json`."""
    return _MESSAGE.validate_json(text)
