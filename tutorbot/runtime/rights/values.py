"""What goes in and out of a store about people's rights. Plain data."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from tutorbot.desk.ticket import Ticket
from tutorbot.runtime.values import Address, Entry
from tutorbot.tutor.state import LearnerState


class Why(StrEnum):
    """Why somebody is forgotten."""

    ASKED = "asked"  # they asked for it themselves
    OPERATOR = "operator"  # whoever looks after the house did it for them
    UNUSED = "unused"  # they did not come back for so long


class Step(StrEnum):
    """What is removed next of somebody who is being forgotten; in this order."""

    TICKETS = "tickets"  # with their topics, and all that was said under them or is held
    TALK = "talk"  # what else was said, and what is owed
    ANSWERS = "answers"
    LESSONS = "lessons"  # and skills
    LEARNER = "learner"  # with whatever came in between
    GOODBYE = "goodbye"  # nothing of them is left; they are told


@dataclass(frozen=True, slots=True)
class Removed:
    """How much of what was removed."""

    messages: int = 0
    answers: int = 0
    lessons: int = 0
    tickets: int = 0

    def __add__(self, other: "Removed") -> "Removed":
        """Both together."""
        return Removed(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Outside:
    """What stands of a ticket in helpers' chats: the chat, and the channel's id."""

    threads: Sequence[tuple[Address, str]] = ()
    messages: Sequence[tuple[Address, str]] = ()  # of ours, and in none of those topics


@dataclass(frozen=True, slots=True)
class Erasure:
    """Somebody who is being forgotten."""

    id: int
    why: Why
    step: Step
    learner: int
    addresses: Sequence[Address]  # where they were reached, the last one first
    language: str
    group: int = 0
    removed: Removed = Removed()


@dataclass(frozen=True, slots=True)
class Old:
    """How much is kept for longer than we say, or was removed because of that."""

    messages: int = 0
    tickets: int = 0
    learners: int = 0
    acts: int = 0  # of the audit


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer to an exercise."""

    at: datetime
    lesson: str
    card: str
    answer: str
    right: bool
    hints: int


@dataclass(frozen=True, slots=True)
class KeptLesson:
    """How far they came with a lesson."""

    lesson: str
    started_at: datetime
    finished_at: datetime | None
    mastered: bool | None


@dataclass(frozen=True, slots=True)
class KeptSkill:
    """How far they are with a skill."""

    skill: str
    tries: int
    streak: int
    mastered: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept about a learner."""

    state: LearnerState
    first_at: datetime
    last_at: datetime
    blocked_why: str  # "" if their questions are not stopped
    addresses: Sequence[Address]
    answers: Sequence[KeptAnswer]
    lessons: Sequence[KeptLesson]
    skills: Sequence[KeptSkill]
    tickets: Sequence[Ticket]
    talk: Sequence[Entry]  # with helpers' notes
