"""Asking, judging, hinting: what an answer on a card leads to."""

from dataclasses import replace

from tutorbot.curriculum.lesson import Card, Exercise, ExerciseKind, Lesson
from tutorbot.tutor import actions, stuck
from tutorbot.tutor.grading import LETTERS, picked, right_picks, right_text
from tutorbot.tutor.marks import cut
from tutorbot.tutor.replies import (
    ANSWER_LIMIT,
    Effect,
    Md,
    PractiseSkill,
    Reason,
    RecordAttempt,
    Reply,
    Value,
)
from tutorbot.tutor.stages.cards import buttons, card_reply, listed
from tutorbot.tutor.stages.offer import offer
from tutorbot.tutor.state import Progress, Skill
from tutorbot.tutor.turn import Scene, Turn

_KEPT = 5  # answers remembered for the helper's briefing


def press(scene: Scene, card: Card, exercise: Exercise, action: str) -> Turn | None:
    """What a button of an unsolved exercise does; None if it has no such button."""
    verb, argument = actions.split(action)
    if verb in (actions.PICK, actions.UNPICK):
        return _pick(scene, card, exercise, verb, argument)
    if verb in (actions.CHECK, actions.DID) and exercise.kind is ExerciseKind.MANY:  # DID: they wrote "done"
        return _check(scene, card, exercise, scene.state.tries.picked)
    if verb == actions.HINT:
        return hint(scene, card, exercise)
    if verb == actions.ANSWER and exercise.kind is not ExerciseKind.TRY:
        return _tell(scene, card, exercise)
    if exercise.kind is ExerciseKind.TRY and verb in (actions.DID, actions.STUCK):
        return _right(scene, card, exercise, "did it") if verb == actions.DID else _stuck(scene, card, exercise)
    return None


def answer(scene: Scene, card: Card, exercise: Exercise, text: str) -> Turn | None:
    """A text that surely is an answer; None if it may be something else."""
    if exercise.kind is ExerciseKind.TRY:
        return None
    if exercise.kind is ExerciseKind.TYPED:
        return _right(scene, card, exercise, text) if right_text(exercise, text) else None
    picks = picked(exercise, text)
    return _check(scene, card, exercise, picks) if picks else None


def read(scene: Scene, card: Card, exercise: Exercise, text: str) -> Turn | None:
    """Any other text: where an answer is to be typed it is one, though not the right one."""
    return _wrong(scene, card, exercise, text) if exercise.kind is ExerciseKind.TYPED else None


def hint(scene: Scene, card: Card, exercise: Exercise) -> Turn:
    """The next hint; when they have all been given, the last again."""
    if not exercise.hints:
        return _again(scene, card, exercise, Reply("no_hint"))
    number = min(scene.state.tries.hints, len(exercise.hints) - 1)
    seen = scene.having(tries=replace(scene.state.tries, hints=number + 1))
    return _again(seen, card, exercise, Reply("hint", {"hint": Md(exercise.hints[number])}))


def _pick(scene: Scene, card: Card, exercise: Exercise, verb: str, argument: str) -> Turn | None:
    if not argument.isdecimal() or int(argument) >= len(exercise.answers):
        return None
    place = int(argument)
    if exercise.kind is ExerciseKind.ONE:
        return _check(scene, card, exercise, (place,))
    if exercise.kind is not ExerciseKind.MANY:
        return None
    before = set(scene.state.tries.picked)
    picks = before | {place} if verb == actions.PICK else before - {place}
    ticked = scene.having(tries=replace(scene.state.tries, picked=tuple(sorted(picks))))
    reply = card_reply(ticked, _lesson(ticked), card)
    return ticked.say(replace(reply, replaces=True))


def _check(scene: Scene, card: Card, exercise: Exercise, picks: tuple[int, ...]) -> Turn:
    if not picks:
        return _again(scene, card, exercise, Reply("nothing_picked"))
    given = ", ".join(LETTERS[place] for place in picks)
    said = "; ".join(exercise.answers[place].text for place in picks)
    if right_picks(exercise, picks):
        feedback = "\n\n".join(filter(None, (exercise.answers[place].feedback for place in picks)))
        return _right(scene, card, exercise, said, given, feedback)
    missing = all(exercise.answers[place].right for place in picks)
    return _wrong(scene, card, exercise, said, given, _why_not(exercise, picks), missing=missing)


def _why_not(exercise: Exercise, picks: tuple[int, ...]) -> str:
    """The author's words on the wrong picks; where only something is missing, none: the template says so."""
    return "\n\n".join(
        exercise.answers[place].feedback
        for place in picks
        if not exercise.answers[place].right and exercise.answers[place].feedback
    )


def _right(scene: Scene, card: Card, exercise: Exercise, said: str, given: str = "", feedback: str = "") -> Turn:
    if exercise.kind is ExerciseKind.TYPED:
        feedback = next((one.feedback for one in exercise.answers if one.feedback), "")
    scene, effects = _record(scene, card, exercise, said, right=True)
    tries, progress = scene.state.tries, scene.progress or Progress("", 0, "")
    first = (card.id,) if tries.wrong == 0 and tries.hints == 0 else ()
    answered = replace(progress, answered=(*progress.answered, card.id), first_try=(*progress.first_try, *first))
    solved = scene.with_progress(scene.state.lesson, answered).having(
        tries=replace(tries, solved=True, picked=()),
        trouble=replace(scene.state.trouble, failed=0, confused=0),
    )
    values = {"given": given, "feedback": Md(feedback), "kind": exercise.kind.value}
    return solved.say(Reply("right", values, buttons(solved, card)), effects=effects)


def _wrong(
    scene: Scene,
    card: Card,
    exercise: Exercise,
    said: str,
    given: str = "",
    feedback: str = "",
    *,
    missing: bool = False,
) -> Turn:
    """First the answer's own feedback; from the second time on the next hint too; then perhaps a person.

    `missing`: all they ticked is right, but they did not tick all.
    """
    scene, effects = _record(scene, card, exercise, said, right=False)
    tries, trouble = scene.state.tries, scene.state.trouble
    spent = tries.hints >= len(exercise.hints)
    tries = replace(
        tries,
        wrong=tries.wrong + 1,
        wrong_after_hints=tries.wrong_after_hints + spent,
        picked=(),
        given=(*tries.given, cut(said, ANSWER_LIMIT))[-_KEPT:],
    )
    missed = scene.having(tries=tries, trouble=replace(trouble, failed=trouble.failed + 1))
    why = stuck.reason(missed.state, _lesson(missed).skills)
    if why:
        return offer(missed, why, feedback).then(*effects)
    hinted = tries.wrong > 1 and not spent
    missed = missed.having(tries=replace(tries, hints=tries.hints + hinted))
    values: dict[str, Value] = {
        "given": given,
        "feedback": Md(feedback),
        "missing": missing,
        "hint": Md(exercise.hints[tries.hints] if hinted else ""),
    }
    return _again(missed, card, exercise, Reply("look_again", values)).then(*effects)


def _tell(scene: Scene, card: Card, exercise: Exercise) -> Turn:
    """The answer, when they ask for it. The card is done, but not as if they had known."""
    right = [one for one in exercise.answers if one.right]
    told = right[:1] if exercise.kind is ExerciseKind.TYPED else right
    values: dict[str, Value] = {
        "right": tuple(one.text for one in told),
        "feedback": Md("\n\n".join(one.feedback for one in told if one.feedback)),
    }
    solved = scene.having(tries=replace(scene.state.tries, solved=True, picked=()))
    return solved.say(Reply("the_answer", values, buttons(solved, card)))


def _stuck(scene: Scene, card: Card, exercise: Exercise) -> Turn:
    """Stuck on something to do for real: the next hint, and a person."""
    tries = scene.state.tries
    number = min(tries.hints, len(exercise.hints) - 1)
    text = exercise.hints[number] if exercise.hints else ""
    if scene.state.waiting:
        return hint(scene, card, exercise)
    return offer(scene.having(tries=replace(tries, hints=number + 1)), Reason.PRACTICE, text)


def _again(scene: Scene, card: Card, exercise: Exercise, reply: Reply) -> Turn:
    """The same card goes on: these words, and its buttons again."""
    values = {**reply.values, "kind": exercise.kind.value, "answers": listed(exercise)}
    return scene.say(replace(reply, values=values, choices=buttons(scene, card)))


def _record(
    scene: Scene, card: Card, exercise: Exercise, said: str, *, right: bool
) -> tuple[Scene, tuple[Effect, ...]]:
    """The scene and the effects of one answer: the attempt itself, and how far each skill is."""
    lesson, tries = _lesson(scene), scene.state.tries
    attempt = RecordAttempt(
        lesson.id,
        card.id,
        lesson.edition,
        exercise.kind,
        cut(said, ANSWER_LIMIT),
        right=right,
        first_try=tries.wrong == 0 and card.id not in (scene.progress.answered if scene.progress else ()),
        hints=tries.hints,
    )
    skills = {name: stuck.practised(scene.state.skills.get(name, Skill()), right) for name in lesson.skills}
    practised = tuple(PractiseSkill(name, skill.tries, skill.streak, skill.mastered) for name, skill in skills.items())
    return scene.having(skills={**scene.state.skills, **skills}, lost=0), (attempt, *practised)


def _lesson(scene: Scene) -> Lesson:
    if scene.lesson is None:
        raise KeyError(scene.state.lesson)
    return scene.lesson
