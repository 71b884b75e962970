"""The shapes of what is taught: course, lesson, card, exercise, answer.

Frozen values, made by `parser`, read by everyone. Nothing here knows where a lesson was stored or how it is shown.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CourseKind(StrEnum):
    """What a course is about, which decides what its lessons must hold."""

    SKILL = "skill"
    SERVICE = "service"  # a government service: its lessons name the way without internet
    STAFF = "staff"  # for helpers and teams: opened by a link or by name, not in the learners' menu


class ExerciseKind(StrEnum):
    """How an exercise is answered."""

    ONE = "one"  # choose the one right answer
    MANY = "many"  # choose all that are right
    TYPED = "typed"  # type the answer; any of the right ones will do
    TRY = "try"  # do something for real, then say how it went


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a card."""

    name: str  # relative to the lessons folder, with `/`, as in "first-steps/images/link.png"
    alt: str  # what it shows, in words, for those who cannot see it


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a quiz."""

    text: str
    right: bool
    feedback: str = ""  # Markdown; why it is right or not; empty where the author gave none


@dataclass(frozen=True, slots=True)
class Exercise:
    """What a card asks. `answers` is empty for `TRY`."""

    kind: ExerciseKind
    answers: tuple[Answer, ...] = ()
    hints: tuple[str, ...] = ()  # Markdown, given one at a time, in this order


@dataclass(frozen=True, slots=True)
class Card:
    """One screen of a lesson: one message in a chat."""

    id: str  # stable within its lesson: from the heading, or from `<!-- id: ... -->`
    title: str
    body: str  # Markdown without the heading, the picture, the hints and the answers; may be empty
    line: int  # where it stands in its file, from 1
    picture: Picture | None = None
    exercise: Exercise | None = None
    words: tuple[str, ...] = ()  # keys of the words on it that can be explained, see `glossary`


@dataclass(frozen=True, slots=True)
class Lesson:
    """A Markdown file: a few cards, learned in some minutes."""

    id: str
    course: str  # the id of its course
    language: str  # as "en"
    title: str
    summary: str
    minutes: int
    can_do: str  # "You can ...": said at the end
    cards: tuple[Card, ...]
    edition: str  # changes whenever the words change (a short hash of the file)
    path: str  # the file, as shown in errors
    offline: str = ""  # the way without internet; "" where the author gave none
    skills: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()  # ids of lessons that come before
    asks: tuple[str, ...] = ()  # how people ask for it
    sources: tuple[str, ...] = ()
    reviewed: date | None = None
    translation: str = ""  # how far a translation is to be trusted, as "unreviewed"; "" where nothing is said

    def place_of(self, card_id: str) -> int | None:
        """The place of a card in this lesson, from 0; None if it is not there."""
        return next((place for place, card in enumerate(self.cards) if card.id == card_id), None)


@dataclass(frozen=True, slots=True)
class Course:
    """A folder of lessons around one need."""

    id: str
    title: str  # at most 24 letters: it is a button
    summary: str
    intro: str  # Markdown, shown above its lessons
    order: int
    kind: CourseKind
    lessons: tuple[str, ...]  # lesson ids in the order they are taught
    language: str = "en"  # of its title, summary and intro
    review_every: int = 12  # months after which the facts of its lessons must be looked at again
