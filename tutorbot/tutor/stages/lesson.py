"""In a lesson: the walk from card to card, and the exercises on the way."""

from dataclasses import replace

from tutorbot.curriculum.lesson import Card, Exercise
from tutorbot.tutor import actions, stuck
from tutorbot.tutor.replies import Choice, Reason, Reply
from tutorbot.tutor.stages import exercise as exercises
from tutorbot.tutor.stages import menu, walk, words
from tutorbot.tutor.stages.offer import offer
from tutorbot.tutor.stages.stage import Handler
from tutorbot.tutor.turn import Note, Scene, Turn, said


def show(scene: Scene, note: Note | None) -> Turn:
    """The exact card."""
    return walk.show(scene, note)


def press(scene: Scene, action: str) -> Turn | None:
    """Next, back, again, its words, or whatever the exercise on this card offers."""
    verb, _ = actions.split(action)
    if verb == actions.NEXT:
        return walk.go_on(scene)
    if verb == actions.BACK:
        return _looping(scene, walk.go_back(scene)) or menu.show_course(scene, scene.state.course)
    if verb == actions.AGAIN:
        return _looping(scene, walk.once_more(scene))
    if verb == actions.WORDS:
        return words.show(scene)
    return _exercise(scene, action)


def answer(scene: Scene, text: str) -> Turn | None:
    """An answer to the exercise on this card."""
    card, exercise = _asked(scene)
    return exercises.answer(scene, card, exercise, text) if card and exercise else None


def read(scene: Scene, text: str) -> Turn | None:
    """A text that is nothing else: where an answer is to be typed, it is one."""
    card, exercise = _asked(scene)
    return exercises.read(scene, card, exercise, text) if card and exercise else None


def typed_next(scene: Scene) -> Turn:
    """They wrote "ok" or "next". A question is not skipped by that: they are asked first."""
    _, exercise = _asked(scene)
    if exercise is None:
        return walk.go_on(scene)
    return scene.say(
        Reply("skip_question", choices=(Choice(actions.AGAIN), Choice(actions.NEXT), Choice(actions.PERSON)))
    )


def confused(scene: Scene) -> Turn:
    """They do not understand: a hint or the card once more; said twice, a person."""
    trouble = replace(scene.state.trouble, confused=scene.state.trouble.confused + 1)
    scene = scene.having(trouble=trouble, lost=0)
    if stuck.reason(scene.state):
        return offer(scene, Reason.CONFUSED)
    card, exercise = _asked(scene)
    if card and exercise and scene.state.tries.hints < len(exercise.hints):
        turn = exercises.hint(scene, card, exercise)
        return replace(turn, replies=tuple(_kindly(reply) for reply in turn.replies))
    return walk.show(scene, Note("slowly"))


def _kindly(reply: Reply) -> Reply:
    """The same hint after a kind word, with a person as the first choice."""
    person = tuple(choice for choice in reply.choices if choice.action == actions.PERSON)
    others = tuple(choice for choice in reply.choices if choice.action != actions.PERSON)
    return replace(reply, values={**said(Note("no_hurry")), **reply.values}, choices=person + others)


def _exercise(scene: Scene, action: str) -> Turn | None:
    card, exercise = _asked(scene)
    return exercises.press(scene, card, exercise, action) if card and exercise else None


def _asked(scene: Scene) -> tuple[Card, Exercise] | tuple[None, None]:
    """The card and its exercise, while it is unsolved."""
    card = scene.card
    if card is None or card.exercise is None or scene.state.tries.solved:
        return None, None
    return card, card.exercise


def _looping(scene: Scene, turn: Turn | None) -> Turn | None:
    """The turn; but if it is the third return to the same card, a person is offered."""
    if turn is None or stuck.reason(turn.state) is not Reason.LOOP:
        return turn
    return offer(replace(scene, state=turn.state), Reason.LOOP)


HANDLER = Handler(show=show, press=press, answer=answer, read=read)
