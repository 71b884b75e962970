"""Walking through a lesson: open it, go on, go back, come to its end. Nothing here expires."""

from dataclasses import replace

from tutorbot.curriculum.lesson import Lesson
from tutorbot.curriculum.library import nearest
from tutorbot.curriculum.progress import mastered
from tutorbot.tutor import actions
from tutorbot.tutor.replies import Choice, FinishLesson, Md, Reply, StartLesson
from tutorbot.tutor.stages.cards import card_reply
from tutorbot.tutor.state import Progress, Stage, Tries, Trouble
from tutorbot.tutor.turn import Note, Scene, Turn, said


def open_lesson(scene: Scene, lesson_id: str, note: Note | None = None) -> Turn:
    """Open a lesson: where they left it, or from the start if it is new or was finished."""
    lesson = scene.curriculum.lesson(lesson_id, scene.state.language)
    if lesson is None:
        raise KeyError(lesson_id)
    before = scene.state.progress.get(lesson_id)
    same = scene.state.lesson == lesson_id
    scene = scene.having(lesson=lesson_id, course=lesson.course, trouble=scene.state.trouble if same else Trouble())
    if before and not before.done:
        return in_words_of(lesson, show(scene if same else settled(scene), note))
    turn = go_to(scene, lesson, 0, anew=True, note=note).then(StartLesson(lesson_id, lesson.edition))
    return in_words_of(lesson, turn)


def show(scene: Scene, note: Note | None = None) -> Turn:
    """The exact card they are on, said again; tries on it are kept."""
    lesson, card = scene.lesson, scene.card
    if lesson is None or card is None:
        raise KeyError(scene.state.lesson)
    here = scene.moved(stage=Stage.LESSON)
    return here.say(card_reply(here, lesson, card, note))


def settled(scene: Scene) -> Scene:
    """They are on the nearest card of the lesson as it is worded now, in their language; nothing on it is tried yet."""
    lesson, card, progress = scene.lesson, scene.card, scene.progress
    if lesson is None or card is None or progress is None:
        raise KeyError(scene.state.lesson)
    at = replace(progress, card=card.id, number=lesson.place_of(card.id) or 0, edition=lesson.edition)
    return scene.with_progress(lesson.id, at).having(tries=Tries(solved=card.id in progress.answered))


def on_solid_ground(scene: Scene) -> tuple[Scene, Note | None]:
    """If the lesson changed under them: the scene on the nearest card of it as it is now, and what to say of it."""
    state, lesson, progress = scene.state, scene.lesson, scene.progress
    here = state.stage in (Stage.LESSON, Stage.FINISHED)
    if not state.lesson or progress is None or state.stage is Stage.HELPED:
        return scene, None
    if lesson is None:
        resume = Stage.MENU if state.resume in (Stage.LESSON, Stage.FINISHED) else state.resume
        gone = scene.moved(lesson="", resume=resume, stage=Stage.MENU if here else state.stage)
        return gone, Note("lesson_gone") if here else None
    if progress.edition == lesson.edition:
        return scene, None
    card = nearest(lesson, progress.card, progress.number)
    same = card.id == progress.card and card.exercise is None
    return settled(scene).moved(), None if same or state.stage is not Stage.LESSON else Note("lesson_changed")


def in_words_of(lesson: Lesson, turn: Turn) -> Turn:
    """The turn that shows this lesson; where it is not written in their language, it says so first."""
    return turn if lesson.language == turn.state.language else turn.after(Reply("in_english"))


def go_to(scene: Scene, lesson: Lesson, number: int, *, anew: bool = False, note: Note | None = None) -> Turn:
    """The card at this place of the lesson, from 0. `anew`: a new run, with nothing answered."""
    card = lesson.cards[number]
    before = Progress("", 0, "") if anew or scene.progress is None else scene.progress
    progress = replace(before, card=card.id, number=number, edition=lesson.edition)
    tries = Tries(solved=card.id in progress.answered)
    return show(scene.with_progress(lesson.id, progress).having(tries=tries), note)


def go_on(scene: Scene) -> Turn:
    """The next card, or the end of the lesson."""
    lesson, place = _here(scene)
    if place + 1 < len(lesson.cards):
        return go_to(scene, lesson, place + 1)
    return _finish(scene, lesson)


def go_back(scene: Scene) -> Turn | None:
    """The card before; None on the first."""
    lesson, place = _here(scene)
    return go_to(_returned(scene, lesson.cards[place - 1].id), lesson, place - 1) if place else None


def once_more(scene: Scene) -> Turn:
    """The same card again, because they asked."""
    lesson, place = _here(scene)
    return show(_returned(scene, lesson.cards[place].id))


def show_end(scene: Scene, note: Note | None = None) -> Turn:
    """What they can do now, and a lesson that fits next."""
    lesson = scene.lesson
    if lesson is None:
        raise KeyError(scene.state.lesson)
    here, suggested = scene.moved(stage=Stage.FINISHED), following(scene)
    values = {
        **said(note),
        "lesson": lesson.title,
        "can_do": Md(lesson.can_do),
        "next": suggested.title if suggested else "",
    }
    forward = (Choice(actions.join(actions.OPEN, suggested.id), suggested.title),) if suggested else ()
    return here.say(Reply("finished", values, (*forward, Choice(actions.MENU), Choice(actions.PERSON))))


def following(scene: Scene) -> Lesson | None:
    """The lesson that fits next."""
    done = [lesson_id for lesson_id, progress in scene.state.progress.items() if progress.done]
    return scene.curriculum.next_lesson(scene.state.lesson, done, scene.state.language)


def _finish(scene: Scene, lesson: Lesson) -> Turn:
    progress = scene.progress or Progress("", 0, "")
    exercises = [card.id for card in lesson.cards if card.exercise]
    is_mastered = mastered(exercises, progress.answered)
    done = replace(progress, done=True, mastered=progress.mastered or is_mastered)
    effect = FinishLesson(
        lesson.id,
        lesson.edition,
        asked=len(exercises),
        right=len(set(exercises) & set(progress.answered)),
        first_try=len(set(exercises) & set(progress.first_try)),
        mastered=is_mastered,
    )
    return show_end(scene.with_progress(lesson.id, done).having(trouble=Trouble())).then(effect)


def _here(scene: Scene) -> tuple[Lesson, int]:
    lesson, card = scene.lesson, scene.card
    if lesson is None or card is None:
        raise KeyError(scene.state.lesson)
    return lesson, lesson.place_of(card.id) or 0


def _returned(scene: Scene, card_id: str) -> Scene:
    trouble = scene.state.trouble
    returns = {**trouble.returns, card_id: trouble.returns.get(card_id, 0) + 1}
    return scene.having(trouble=replace(trouble, returns=returns))
