"""What can happen to a learner: everything `engine.advance` can be told. Past tense, frozen."""

from dataclasses import dataclass
from enum import StrEnum


class Media(StrEnum):
    """What a learner sent instead of words."""

    PICTURE = "picture"
    VOICE = "voice"
    STICKER = "sticker"
    FILE = "file"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TextSent:
    """The learner wrote something. A command such as `/start fake-email` is a text too."""

    text: str  # as it was written: to be understood and judged, never to be kept or passed on
    redacted: str = ""  # the same with marks (see `marks`) in the place of secrets; "" where it holds none

    @property
    def kept(self) -> str:
        """What of it may be kept and passed on."""
        return self.redacted or self.text


@dataclass(frozen=True, slots=True)
class ChoicePicked:
    """The learner pressed a button. Never trusted: it may be old, foreign, forged or pressed ten times."""

    action: str
    step: int  # the step of the message that carried the button


@dataclass(frozen=True, slots=True)
class MediaSent:
    """The learner sent something that is not text."""

    media: Media


@dataclass(frozen=True, slots=True)
class HelperJoined:
    """A helper took the learner's ticket."""

    helper: str  # first name


@dataclass(frozen=True, slots=True)
class HelperReplied:
    """The helper wrote an answer to the learner."""

    helper: str
    text: str


@dataclass(frozen=True, slots=True)
class HelperLeft:
    """The helper gave the ticket back to the queue."""

    helper: str


@dataclass(frozen=True, slots=True)
class TicketClosed:
    """The helper closed the ticket."""

    ticket: int
    helper: str


Event = TextSent | ChoicePicked | MediaSent | HelperJoined | HelperReplied | HelperLeft | TicketClosed
