"""What an author can try on a card with one press: every answer, the hints, and what else a learner might do. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from tutorbot.channels.preview.play import NOW, Act
from tutorbot.curriculum.lesson import Answer, Exercise, ExerciseKind
from tutorbot.tutor import actions
from tutorbot.tutor.events import ChoicePicked, TextSent

_NO_ANSWER = "abc"  # what somebody types who does not know


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing to try, from the card as it first stands."""

    what: str  # "answer", "all", "other", "hint", "did", "stuck"
    acts: tuple[Act, ...]  # empty for what is only to be read
    answer: Answer | None = None
    hint: str = ""  # Markdown
    number: int = 0  # of the hint, from 1


def trials(exercise: Exercise | None) -> tuple[Trial, ...]:
    """Everything to try on a card with this exercise, in the order in which the author wrote it."""
    return (*_tried(exercise), *_hints(exercise)) if exercise else ()


def _tried(exercise: Exercise) -> Iterator[Trial]:
    if exercise.kind is ExerciseKind.TRY:
        yield Trial("did", (_press(actions.DID),))
        yield Trial("stuck", (_press(actions.STUCK),))
        return
    many, typed = exercise.kind is ExerciseKind.MANY, exercise.kind is ExerciseKind.TYPED
    for place, answer in enumerate(exercise.answers):
        acts: tuple[Act, ...] = (TextSent(answer.text),) if typed else (_pick(place),)
        yield Trial("answer", (*acts, _press(actions.CHECK)) if many else acts, answer)
    if many:
        right = tuple(_pick(place) for place, answer in enumerate(exercise.answers) if answer.right)
        yield Trial("all", (*right, _press(actions.CHECK)))
    if typed:
        yield Trial("other", (TextSent(_NO_ANSWER),))


def _hints(exercise: Exercise) -> Iterator[Trial]:
    """A hint is seen after those before it; on a card to do for real, whenever somebody is stuck."""
    practice = exercise.kind is ExerciseKind.TRY
    for number, hint in enumerate(exercise.hints, start=1):
        acts = tuple(_press(actions.join(actions.HINT, which)) for which in range(1, number + 1))
        yield Trial("hint", () if practice else acts, hint=hint, number=number)


def _press(action: str) -> ChoicePicked:
    return ChoicePicked(action, NOW)


def _pick(place: int) -> ChoicePicked:
    return _press(actions.join(actions.PICK, place))
