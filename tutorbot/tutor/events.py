"""What can happen to a learner: everything `engine.advance` can be told. Past tense, frozen."""

from dataclasses import dataclass
from enum import StrEnum


class Media(StrEnum):
    """What a learner sent instead of words."""

    PICTURE = "picture"
    VOICE = "voice"
    STICKER = "sticker"
    FILE = "file"
    CONTACT = "contact"  # somebody's number
    PLACE = "place"  # where somebody is
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
    copied: bool = False  # the channel can pass it on to a helper
    more: bool = False  # one more part of an album
    worded: bool = False  # the words below it come next, and are answered


@dataclass(frozen=True, slots=True)
class HelperJoined:
    """A helper took the learner's ticket."""

    helper: str  # first name


@dataclass(frozen=True, slots=True)
class HelperReplied:
    """The helper wrote an answer to the learner."""

    helper: str
    text: str


class Left(StrEnum):
    """Why a helper does not have a ticket any more."""

    GAVE_BACK = "gave_back"  # had to go
    SILENT = "silent"  # did not answer, so that a timer took it back
    HANDED_OVER = "handed_over"  # to another group


@dataclass(frozen=True, slots=True)
class HelperLeft:
    """The ticket is in the queue again."""

    helper: str  # who had it; "" if nobody had
    why: Left = Left.GAVE_BACK


@dataclass(frozen=True, slots=True)
class HelperChanged:
    """One helper gave the ticket to another."""

    before: str
    helper: str


@dataclass(frozen=True, slots=True)
class NobodyAnswered:
    """A question has waited for long."""

    helper: str = ""  # who has it and is silent; "": nobody has it
    told: bool = True  # whoever looks after the helpers has been told; False: there is nobody who does


@dataclass(frozen=True, slots=True)
class CardShown:
    """The helper shows the learner their card again."""

    helper: str


@dataclass(frozen=True, slots=True)
class SteppedBack:
    """The helper sent the learner back in their lesson."""

    helper: str
    cards: int


@dataclass(frozen=True, slots=True)
class TicketClosed:
    """The helper closed the ticket."""

    ticket: int
    helper: str
    outcome: str = "solved"  # see `desk.ticket.Outcome`


@dataclass(frozen=True, slots=True)
class Blocked:
    """A helper stopped the learner's questions. Lessons go on."""

    yes: bool = True  # False: they may ask again


LearnersEvent = TextSent | ChoicePicked | MediaSent
HelpersEvent = (
    HelperJoined
    | HelperReplied
    | HelperLeft
    | HelperChanged
    | NobodyAnswered
    | CardShown
    | SteppedBack
    | TicketClosed
    | Blocked
)
Event = LearnersEvent | HelpersEvent
