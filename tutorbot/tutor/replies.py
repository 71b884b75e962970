"""What a turn may hold: replies to the learner and effects for the shell to carry out.

A reply names a template and its values; the words are made later, by `tutorbot.messages`. Values are plain data. Text
that an author wrote in Markdown goes in `Md`; every other string is shown letter by letter, whatever it contains.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tutorbot.curriculum.lesson import ExerciseKind, Picture


class Md(str):
    """Text of an author, in our small Markdown. Never a learner's or helper's words."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. Its label is `text`, or where that is empty the label of the action's verb in the right language."""

    action: str  # a verb, or verb:argument, as "next", "open:fake-email"; see `tutorbot.tutor.actions`
    text: str = ""
    mark: str = ""  # "done", "started", "picked", "word": shown as a sign before the label


Value = str | int | bool | tuple["Value", ...]


class Document(StrEnum):
    """A copy of all that is kept about the learner. It is made in the moment in which it is handed over."""

    PAGE = "page"  # for people
    DATA = "data"  # for programs


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to the learner."""

    template: str  # file name without endings, in tutorbot/messages/templates
    values: Mapping[str, Value] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    picture: Picture | None = None
    said: str = ""  # a person's own words, shown literally below the text
    replaces: bool = False  # instead of the message whose button was pressed, where the channel can
    document: Document | None = None  # a file to go along


class Reason(StrEnum):
    """Why a helper is asked for."""

    ASKED = "asked"  # the learner wanted a person
    WRONG = "wrong"  # wrong more than twice after the hints ran out
    LESSON = "lesson"  # four failed tries in one lesson
    LOOP = "loop"  # came back to the same card three times
    CONFUSED = "confused"  # said twice that they do not understand
    PRACTICE = "practice"  # stuck on something to do for real
    SKILL = "skill"  # ten tries on a skill without three right in a row
    LOST = "lost"  # we did not understand them three times in a row


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """Ask for a helper. What the helper sees, as it was at that moment; nothing that tells who the learner is."""

    reason: Reason
    alias: str
    language: str
    lesson: str = ""  # id, "" outside lessons
    title: str = ""  # of the lesson
    card: int = 0  # its number, from 1
    cards: int = 0
    question: str = ""  # the card's title
    text: str = ""  # the card's body, Markdown
    answers: tuple[str, ...] = ()  # the answers it offers, or the ones that are right where one is typed
    tried: tuple[str, ...] = ()  # the last answers on this card, oldest first
    hints: int = 0  # hints shown
    urgent: bool = False  # they may be in danger, or in despair


@dataclass(frozen=True, slots=True)
class RaiseAlarm:
    """The learner may be in danger, or in despair: whoever handles the open ticket must look at once."""

    signs: tuple[str, ...]  # what was heard, see `distress.Sign`


@dataclass(frozen=True, slots=True)
class ReopenTicket:
    """Go on with a closed ticket, because it did not help. Where that cannot be, open a new one."""

    ticket: int
    opening: OpenTicket  # where they are now


@dataclass(frozen=True, slots=True)
class TellHelper:
    """Pass the learner's words, or what they sent instead of words, on to whoever handles the open ticket."""

    text: str


class Leaving(StrEnum):
    """How a learner ended a ticket."""

    CANCELLED = "cancelled"  # before a helper came
    WENT_ON = "went_on"  # went back to the lesson while a helper was there


@dataclass(frozen=True, slots=True)
class EndTicket:
    """The learner needs no helper any more."""

    how: Leaving


class Rating(StrEnum):
    """The learner's answer to: did that help?"""

    YES = "yes"
    SOME = "some"
    NO = "no"


@dataclass(frozen=True, slots=True)
class RateTicket:
    """The learner said whether the helper's answer helped."""

    ticket: int
    rating: Rating


@dataclass(frozen=True, slots=True)
class JoinGroup:
    """The learner came by the invite link of a local group."""

    invite: str  # the word in the link; never trusted


@dataclass(frozen=True, slots=True)
class RecordAttempt:
    """One answer to one exercise."""

    lesson: str
    card: str
    edition: str
    kind: ExerciseKind
    answer: str  # what was chosen or typed, cut to `ANSWER_LIMIT` letters
    right: bool
    first_try: bool
    hints: int  # hints seen before it


@dataclass(frozen=True, slots=True)
class StartLesson:
    """The learner opened a lesson for the first time, or anew after finishing it."""

    lesson: str
    edition: str


@dataclass(frozen=True, slots=True)
class FinishLesson:
    """The learner came to the end of a lesson."""

    lesson: str
    edition: str
    asked: int  # exercises in it
    right: int  # answered right in the end
    first_try: int  # answered right at the first try, without a hint
    mastered: bool


@dataclass(frozen=True, slots=True)
class PractiseSkill:
    """How far a learner is with one skill after an answer."""

    skill: str
    tries: int
    streak: int  # right answers in a row
    mastered: bool


@dataclass(frozen=True, slots=True)
class AskedForWord:
    """Somebody asked what a word means that we cannot explain. It is counted for authors, without the learner."""

    word: str  # simplified; short and without digits
    language: str


@dataclass(frozen=True, slots=True)
class ForgetMe:
    """Remove all that is kept about the learner, this turn included."""


Effect = (
    OpenTicket
    | ReopenTicket
    | RaiseAlarm
    | TellHelper
    | EndTicket
    | RateTicket
    | JoinGroup
    | RecordAttempt
    | StartLesson
    | FinishLesson
    | PractiseSkill
    | AskedForWord
    | ForgetMe
)

ANSWER_LIMIT = 200
