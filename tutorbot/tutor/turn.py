"""What one event leads to, and the scene in which a stage decides it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tutorbot.curriculum.lesson import Card, Lesson
from tutorbot.curriculum.library import Curriculum, nearest
from tutorbot.tutor.replies import Effect, Md, Reply
from tutorbot.tutor.state import LearnerState, Progress


@dataclass(frozen=True, slots=True)
class Turn:
    """The state after the event, what we say, and what we want done."""

    state: LearnerState
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()
    notice: Reply | None = None  # a few words at the pressed button, which leave nothing in the chat

    def then(self, *effects: Effect) -> "Turn":
        """The same turn with more effects."""
        return replace(self, effects=self.effects + effects)

    def after(self, *replies: Reply) -> "Turn":
        """The same turn with these replies before its own."""
        return replace(self, replies=replies + self.replies)


@dataclass(frozen=True, slots=True)
class Scene:
    """A learner in front of the curriculum, at one moment."""

    state: LearnerState
    curriculum: Curriculum
    now: datetime

    def having(self, **changes: Any) -> "Scene":
        """The same scene with these changes to the state."""
        return replace(self, state=replace(self.state, **changes))

    def moved(self, **changes: Any) -> "Scene":
        """The same scene with these changes, in a new place: buttons shown before are old from now on."""
        return self.having(step=self.state.step + 1, **changes)

    def with_progress(self, lesson_id: str, progress: Progress) -> "Scene":
        """The same scene with the learner there in that lesson."""
        return self.having(progress={**self.state.progress, lesson_id: progress})

    def say(self, *replies: Reply, **more: Any) -> Turn:
        """A turn that ends in this scene."""
        return Turn(self.state, replies, **more)

    @property
    def lesson(self) -> Lesson | None:
        """The lesson they are in, if it still exists."""
        return self.curriculum.lesson(self.state.lesson, self.state.language) if self.state.lesson else None

    @property
    def progress(self) -> Progress | None:
        """Where they are in it."""
        return self.state.progress.get(self.state.lesson)

    @property
    def card(self) -> Card | None:
        """The card they are on."""
        lesson, progress = self.lesson, self.progress
        return nearest(lesson, progress.card, progress.number) if lesson and progress else None


@dataclass(frozen=True, slots=True)
class Note:
    """One line before a card that says why it is shown: a template and its values."""

    template: str
    values: Mapping[str, str] = field(default_factory=dict)


def said(note: Note | None) -> dict[str, str]:
    """The note as values of a reply, which its template puts before its own words."""
    return {"note": Md(note.template), **note.values} if note else {}
