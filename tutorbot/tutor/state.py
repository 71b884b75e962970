"""All that the engine remembers of a learner between two turns, and how it is written down.

One value, one row, one read and one write a turn. What reports need (attempts, progress, skills) is also written to
tables of its own by the effects of a turn, in the same transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pydantic import TypeAdapter

VERSION = 1  # of the written form


class Stage(StrEnum):
    """What the learner is doing; `engine` has one handler for each."""

    NEW = "new"  # has not been greeted
    NAME = "name"  # was asked for a name
    MENU = "menu"  # is choosing a course or a lesson
    LESSON = "lesson"  # is on a card
    FINISHED = "finished"  # is at the end of a lesson
    OFFER = "offer"  # was asked whether a person should help
    WAITING = "waiting"  # has asked for a person and waits on that screen
    HELPED = "helped"  # a helper is talking with them; we are silent
    RATING = "rating"  # was asked whether the help was good


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a learner is in one lesson."""

    card: str  # id
    number: int  # its place when last seen, from 0: finds the nearest card if the id has gone
    edition: str  # the lesson's when last seen
    done: bool = False  # came to the end at least once
    mastered: bool = False
    answered: tuple[str, ...] = ()  # ids of exercises answered right in this run
    first_try: tuple[str, ...] = ()  # those of them right at the first try, without a hint


@dataclass(frozen=True, slots=True)
class Tries:
    """What happened on the card the learner is on now."""

    wrong: int = 0
    hints: int = 0  # shown
    wrong_after_hints: int = 0
    picked: tuple[int, ...] = ()  # answers ticked so far, where several are right
    given: tuple[str, ...] = ()  # the last answers, oldest first
    solved: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happened in the lesson the learner is in now: the signs of being stuck."""

    failed: int = 0  # wrong tries in the lesson since the last offer of a person
    confused: int = 0  # times they said they do not understand
    returns: Mapping[str, int] = field(default_factory=dict)  # card id -> times come back to


@dataclass(frozen=True, slots=True)
class Skill:
    """How far a learner is with one skill."""

    tries: int = 0  # since the last mastery or offer of a person
    streak: int = 0  # right in a row
    mastered: bool = False


@dataclass(frozen=True, slots=True)
class LearnerState:
    """A learner, as the engine knows them."""

    stage: Stage = Stage.NEW
    resume: Stage = Stage.MENU  # where to go on when the talk with a person is over
    name: str = ""
    language: str = "en"
    lesson: str = ""  # the lesson they are in, or were in last
    course: str = ""  # the course whose lessons they look at in the menu
    page: int = 0  # the first row in sight of the menu or the course, from 0
    wanted: str = ""  # a lesson or course asked for by a link before we had met
    step: int = 0  # counts changes of place: tells a live button from an old one
    pressed: str = ""  # the last press handled, as "step.action": the same again is not handled twice
    offered: tuple[str, ...] = ()  # actions of the last buttons, so that a typed number picks one
    tries: Tries = field(default_factory=Tries)
    trouble: Trouble = field(default_factory=Trouble)
    progress: Mapping[str, Progress] = field(default_factory=dict)  # lesson id -> where they are in it
    skills: Mapping[str, Skill] = field(default_factory=dict)
    reason: str = ""  # why a person was offered, until the learner has answered
    waiting: bool = False  # a ticket is open and no helper has come yet
    helper: str = ""  # first name of the helper who is with them
    rating: int = 0  # the closed ticket they were asked about; 0: none
    pending: str = ""  # a text for the helper in which something was hidden, until they say that it may be sent
    warned: bool = False  # they have seen once what is hidden, and why
    alarmed: Mapping[str, datetime] = field(default_factory=dict)  # sign of danger or despair -> when they last gave it
    again: int = 0  # the closed ticket that did not help, while they are asked whether to ask again; 0: none
    blocked: bool = False  # a helper stopped their questions; lessons go on
    lost: int = 0  # times in a row that we did not understand
    seen: datetime | None = None  # when they last did something


@dataclass(frozen=True, slots=True)
class _Written:
    """The written form: the version first, so that a later program knows what it reads."""

    version: int
    state: LearnerState


_WRITTEN = TypeAdapter(_Written)


def to_json(state: LearnerState) -> str:
    """The state as compact JSON, with its version."""
    return _WRITTEN.dump_json(_Written(VERSION, state), exclude_defaults=True).decode()


def from_json(text: str) -> LearnerState:
    """The state written by `to_json`. ValueError if the text or its version is not known."""
    written = _WRITTEN.validate_json(text)
    if written.version != VERSION:
        raise ValueError(f"the state of a learner has version {written.version}; {VERSION} is known")
    return written.state
