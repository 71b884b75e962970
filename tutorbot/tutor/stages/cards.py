"""How a card is put before the learner: its reply and its buttons. Decides nothing."""

from tutorbot.curriculum.lesson import Card, Exercise, ExerciseKind, Lesson
from tutorbot.tutor import actions
from tutorbot.tutor.grading import LETTERS
from tutorbot.tutor.replies import Choice, Md, Reply, Value
from tutorbot.tutor.turn import Note, Scene, said

BUTTON_LIMIT = 24  # longer answers stand in the text, and their buttons carry the letter alone
_PERSON_FIRST = 2  # wrong answers on a card before "Talk to a person" moves to the top


def card_reply(scene: Scene, lesson: Lesson, card: Card, note: Note | None = None) -> Reply:
    """The card as it stands now for this learner."""
    values: dict[str, Value] = {
        **said(note),
        "lesson": lesson.title,
        "number": (lesson.place_of(card.id) or 0) + 1,
        "count": len(lesson.cards),
        "title": card.title,
        "body": Md(card.body),
        "kind": card.exercise.kind.value if card.exercise else "",
        "solved": scene.state.tries.solved,
        "answers": listed(card.exercise),
    }
    return Reply("card", values, buttons(scene, card), card.picture)


def listed(exercise: Exercise | None) -> tuple[str, ...]:
    """The answers to list in the text; none if they fit on the buttons."""
    if exercise is None or not _long(exercise):
        return ()
    return tuple(answer.text for answer in exercise.answers)


def buttons(scene: Scene, card: Card) -> tuple[Choice, ...]:
    """What can be pressed on this card now: first its own, then always its words, the menu and a person."""
    tries, exercise = scene.state.tries, card.exercise
    words = (Choice(actions.WORDS),) if card.words else ()
    everywhere = (*words, Choice(actions.MENU))
    person = Choice(actions.PERSON)
    if exercise is None or tries.solved:
        return (Choice(actions.NEXT), Choice(actions.BACK), *everywhere, person)
    if exercise.kind is ExerciseKind.TRY:
        return (Choice(actions.DID), Choice(actions.AGAIN), Choice(actions.STUCK), *everywhere, person)
    choices = (*_answers(exercise, tries.picked), *_help(scene, exercise), *everywhere)
    return (person, *choices) if tries.wrong >= _PERSON_FIRST else (*choices, person)


def _answers(exercise: Exercise, picked: tuple[int, ...]) -> tuple[Choice, ...]:
    if exercise.kind is ExerciseKind.TYPED:
        return ()
    many = exercise.kind is ExerciseKind.MANY
    choices = tuple(
        Choice(
            actions.join(actions.UNPICK if place in picked else actions.PICK, place),
            _label(exercise, place),
            mark="picked" if place in picked else "open" if many else "",
        )
        for place in range(len(exercise.answers))
    )
    return (*choices, Choice(actions.CHECK)) if many else choices


def _help(scene: Scene, exercise: Exercise) -> tuple[Choice, ...]:
    tries = scene.state.tries
    if tries.hints < len(exercise.hints):
        return (Choice(actions.join(actions.HINT, tries.hints + 1)),)
    return (Choice(actions.ANSWER),) if tries.wrong else ()


def _label(exercise: Exercise, place: int) -> str:
    return LETTERS[place] if _long(exercise) else f"{LETTERS[place]}  {exercise.answers[place].text}"


def _long(exercise: Exercise) -> bool:
    """Whether any answer is too long for a button. Typed answers are never shown."""
    if exercise.kind in (ExerciseKind.TYPED, ExerciseKind.TRY):
        return False
    return any(len(answer.text) > BUTTON_LIMIT for answer in exercise.answers)
