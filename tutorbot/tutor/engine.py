"""The tutor: `advance(state, event, curriculum, now) -> Turn`. Pure, and total: no event of a learner raises.

Rules, all of them here:
1. Every stage is a row of `STAGES`; every verb that works anywhere is a row of `ANYWHERE`.
2. A press counts once. The same press again (the same button of the same place, and nothing written since) only gets
   a few words at the button. A button of an earlier place changes nothing, unless its verb means the same anywhere:
   we show where they are.
3. A text that tells of danger or despair comes before everything. Else it is tried as a command, then as an answer,
   then as words known anywhere or a question for a word, then as whatever the stage makes of it, then as a title, then
   as something to be found, and last as something we do not understand, which still leads somewhere. While they wait
   for a person, what is no answer and no command goes there. Only what judges answers reads a text as it was written;
   all else gets what may be kept of it.
4. While a helper is there, texts go to them, and of the buttons only `actions.RIGHTS` and the way back do something.
5. If the lesson changed under the learner, they are led to the nearest card and told so before anything else counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from tutorbot.curriculum.lesson import ExerciseKind
from tutorbot.curriculum.library import FALLBACK, Curriculum
from tutorbot.tutor import actions, questions, shortcuts, stuck
from tutorbot.tutor.distress import Sign, signs
from tutorbot.tutor.events import ChoicePicked, Event, MediaSent, TextSent
from tutorbot.tutor.replies import Choice, Reason, Reply
from tutorbot.tutor.stages import (
    alarm,
    finding,
    finished,
    handoff,
    helping,
    lesson,
    links,
    menu,
    pages,
    passing,
    rights,
    walk,
    welcome,
    words,
)
from tutorbot.tutor.stages.offer import offer, show_offer
from tutorbot.tutor.stages.stage import Handler
from tutorbot.tutor.state import LearnerState, Stage
from tutorbot.tutor.turn import Note, Scene, Turn

AWAY = timedelta(hours=12)  # after this long we say welcome back

STAGES: Mapping[Stage, Handler] = MappingProxyType(
    {
        Stage.NAME: welcome.HANDLER,
        Stage.MENU: menu.HANDLER,
        Stage.LESSON: lesson.HANDLER,
        Stage.FINISHED: finished.HANDLER,
        Stage.OFFER: handoff.OFFER,
        Stage.WAITING: handoff.WAITING,
        Stage.HELPED: handoff.HELPED,
        Stage.RATING: handoff.RATING,
    }
)

ANYWHERE: Mapping[str, Callable[[Scene, str], Turn]] = MappingProxyType(
    {
        actions.MENU: lambda scene, _: menu.show_courses(scene),
        actions.MORE: lambda scene, start: _more(scene, start),
        actions.COURSE: menu.show_course,
        actions.OPEN: menu.follow,
        actions.CARRY_ON: lambda scene, _: carry_on(scene),
        actions.HELP: lambda scene, _: pages.help_page(scene),
        actions.PROGRESS: lambda scene, _: pages.progress(scene),
        actions.LANGUAGE: lambda scene, _: pages.language(scene),
        actions.SPEAK: lambda scene, code: _speak(scene, code),
        actions.PRIVACY: lambda scene, _: rights.privacy(scene),
        actions.MYDATA: lambda scene, _: rights.copy(scene),
        actions.FORGET: rights.forget,
        actions.STOP: lambda scene, _: pages.stop(scene),
        actions.WORD: lambda scene, key: words.explain(scene, key) or carry_on(scene, Note("old_button")),
        actions.PERSON: lambda scene, _: handoff.ask_for_person(scene),
        actions.CANCEL: lambda scene, _: handoff.cancel(scene) if scene.state.waiting else carry_on(scene),
    }
)


def advance(state: LearnerState, event: Event, curriculum: Curriculum, now: datetime) -> Turn:
    """What this event leads to. The one door of the engine."""
    scene = Scene(state, curriculum, now)
    match event:
        case TextSent():
            here = scene.having(pressed="")
            turn = _learner(here, event.kept, lambda there: _said(there, event), signs(event.text))
            turn = passing.with_hidden(turn, event.redacted)
        case ChoicePicked(action, step):
            turn = _press(scene, action, step)
        case MediaSent():
            turn = _learner(scene, "", lambda here: _media(here, event))
        case _:
            return helping.on(scene, event)
    return _remembered(turn, before=state, now=now)


# What learners do


def _learner(scene: Scene, text: str, act: Callable[[Scene], Turn], heard: tuple[Sign, ...] = ()) -> Turn:
    """A learner's own act, once they have been greeted and the lesson under them stands still.

    `heard`: signs that they may be in danger or in despair; then nothing else is said first but who we are.
    """
    if scene.state.stage is Stage.NEW:
        greeted = links.joined(welcome.greet(scene, links.lesson(text)), links.target(text))
        return act(replace(scene, state=greeted.state)).after(greeted.replies[0]) if heard else greeted
    settled, moved = walk.on_solid_ground(scene)
    if moved and not heard:
        return carry_on(settled, moved)
    turn = act(settled)
    away = scene.state.seen is not None and scene.now - scene.state.seen > AWAY
    greet = away and turn.replies and not heard and turn.state.stage is not Stage.HELPED
    return turn.after(Reply("welcome_back", {"name": scene.state.name})) if greet else turn


def _media(scene: Scene, event: MediaSent) -> Turn:
    """Something that is not words: for the helper, if there is one to pass it on to."""
    if event.copied and (scene.state.helper or scene.state.waiting):
        return handoff.pass_media(scene, more=event.more or event.worded)
    return scene.say() if event.more else pages.media(scene, event.media.value)


def _press(scene: Scene, action: str, step: int) -> Turn:
    """A button. Rule 2."""
    mark = f"{step}.{action}"
    if mark == scene.state.pressed and scene.state.stage is not Stage.NEW:
        return scene.say(notice=Reply("toast_again"))
    return _learner(scene.having(pressed=mark), "", lambda here: _pressed(here, action, step))


def _pressed(scene: Scene, action: str, step: int) -> Turn:
    state, (verb, argument) = scene.state, actions.split(action)
    decided = handoff.decide(scene, verb) if state.pending else None
    if decided:
        return decided
    if state.stage is Stage.HELPED and verb not in actions.RIGHTS:
        return handoff.press_helped(scene, action)
    if verb in ANYWHERE:
        return ANYWHERE[verb](scene, argument)
    rating = verb == actions.RATE and state.rating > 0
    stage = Stage.RATING if rating else state.stage
    turn = STAGES[stage].press(scene, action) if rating or step == state.step else None
    return turn or carry_on(scene, Note("old_button"))


def _said(scene: Scene, said: TextSent) -> Turn:
    """A text, first as what cannot wait: danger, or their yes to what may be sent."""
    heard, text = signs(said.text), said.kept.strip()
    if heard and (urgent := alarm.answer(scene, text, heard)):
        return urgent
    if scene.state.pending and (decided := _number(scene, text) or handoff.read_decision(scene, text)):
        return decided
    return _text(scene, text, said.text.strip())


def _text(scene: Scene, text: str, written: str) -> Turn:
    """A text: what may be kept of it, and what was written. Rule 3."""
    stage = scene.state.stage
    known = shortcuts.command(text)
    if stage is Stage.HELPED and not (known and known[0] in actions.RIGHTS):
        return handoff.way_out(scene) if known else rights.tell_helper(scene, text)
    if known:
        return _command(scene, *known)
    if len(text) > passing.TEXT_LIMIT:
        return scene.say(Reply("too_long", choices=pages.ways_on(scene)))
    asked = questions.word_in(text, scene.state.language)
    return (
        rights.answer(scene, text)
        or STAGES[stage].answer(scene, written)
        or (None if _answer_is_typed(scene) else _number(scene, text))
        or _known(scene, text, near=False)
        or _word(scene, text, asked)
        or (None if _is_typing(scene) else _known(scene, text, near=True))
        or (None if asked and stage is not Stage.WAITING else STAGES[stage].read(scene, text))
        or menu.read(scene, text)
        or (handoff.pass_on(scene, text) if text and scene.state.waiting else None)
        or (finding.read(scene, asked or text) or _lost(scene)).then(*words.missed(asked, scene.state.language))
    )


def _command(scene: Scene, verb: str, argument: str) -> Turn:
    if verb == actions.CARRY_ON and argument.startswith(links.GROUP):
        return links.joined(carry_on(scene, Note("hello_again", {"name": scene.state.name})), argument)
    if verb == actions.CARRY_ON and argument:
        return menu.follow(scene, argument)
    return _do(scene, verb) or _lost(scene)


def _number(scene: Scene, text: str) -> Turn | None:
    """The number of a button that was offered last."""
    offered = scene.state.offered
    if not text.isdecimal() or not 1 <= int(text) <= len(offered):
        return None
    return _pressed(scene, offered[int(text) - 1], scene.state.step)


def _known(scene: Scene, text: str, *, near: bool) -> Turn | None:
    """Words known anywhere, exactly or nearly so."""
    meant = shortcuts.intent(text, scene.state.language, near=near)
    return _do(scene, meant) if meant else None


def _word(scene: Scene, text: str, asked: str) -> Turn | None:
    """A question for a word that we can explain. A word with a question mark may be their name or their answer."""
    asked = asked or ("" if _is_typing(scene) else questions.alone_in(text))
    turn = words.answer(scene, text, asked) if asked and not scene.state.waiting else None
    ours = {Stage.NAME: welcome.show, Stage.OFFER: show_offer}.get(scene.state.stage)
    if turn and ours:  # our own question is still open: it is asked again
        return ours(scene, None).after(*(replace(reply, choices=()) for reply in turn.replies))
    return turn


def _is_typing(scene: Scene) -> bool:
    """Whether a name or an answer is typed: then words known anywhere must be spelled exactly."""
    return scene.state.stage is Stage.NAME or _answer_is_typed(scene)


def _answer_is_typed(scene: Scene) -> bool:
    """Whether this card waits for an answer in letters or digits, so that a number is no button."""
    card = scene.card if scene.state.stage is Stage.LESSON else None
    return bool(card and card.exercise and card.exercise.kind is ExerciseKind.TYPED and not scene.state.tries.solved)


def _do(scene: Scene, meant: str) -> Turn | None:
    stage = scene.state.stage
    if meant == actions.FORGET:
        return rights.forget(scene, "")  # said again is not said twice over: only the answer counts
    if meant == shortcuts.CONFUSED and stage is not Stage.WAITING:
        return lesson.confused(scene) if stage is Stage.LESSON else _lost(scene)
    if meant == shortcuts.GREETED:
        hello = Note("hello_again", {"name": scene.state.name})
        return handoff.show_waiting(scene, hello) if stage is Stage.WAITING else carry_on(scene, hello)
    if meant == shortcuts.WHO and stage is not Stage.WAITING:
        return pages.about(scene)
    if meant == shortcuts.THANKED and stage not in (Stage.NAME, Stage.OFFER):
        return pages.you_are_welcome(scene)
    if meant == actions.WORDS:
        return words.show(scene)
    if meant in (actions.NEXT, actions.YES) and stage is Stage.LESSON:
        return lesson.typed_next(scene)
    if meant in ANYWHERE:
        offered = next((action for action in scene.state.offered if actions.split(action)[0] == meant), meant)
        return ANYWHERE[meant](scene, actions.split(offered)[1])
    turn = STAGES[stage].press(scene, meant)
    return STAGES[stage].show(scene, None) if turn is None and stage is Stage.NAME else turn


def _lost(scene: Scene) -> Turn:
    """We did not understand, and say so; the third time in a row a person is offered."""
    scene = scene.having(lost=scene.state.lost + 1)
    if scene.state.stage is Stage.NAME:
        return menu.follow(scene.having(wanted=""), scene.state.wanted, Note("lost"))
    if scene.state.stage is Stage.OFFER:
        return show_offer(scene, Note("yes_or_no"))
    if stuck.reason(scene.state) is Reason.LOST:
        return offer(scene, Reason.LOST)
    again = (Choice(actions.AGAIN),) if scene.state.stage is Stage.LESSON else ()
    return scene.say(Reply("lost", choices=(*again, *pages.ways_on(scene)[-2:])))


# Going on


def carry_on(scene: Scene, note: Note | None = None) -> Turn:
    """Back to the exact card, wherever they are."""
    if scene.state.stage is Stage.MENU and menu.unfinished(scene):
        return walk.show(scene, note)
    return STAGES[scene.state.stage].show(scene, note)


def _more(scene: Scene, start: str) -> Turn:
    return menu.show(scene.having(page=int(start) if start.isdecimal() else 0), None)


def _speak(scene: Scene, code: str) -> Turn:
    """Another language from now on, on the same card; the question on it is asked anew."""
    known = {language for _, language in scene.curriculum.lessons} | {FALLBACK}
    there, _ = walk.on_solid_ground(scene.having(language=code) if code in known else scene)
    turn = carry_on(there)
    shown = there.lesson if turn.state.stage is Stage.LESSON else None
    return walk.in_words_of(shown, turn) if shown else turn


def _remembered(turn: Turn, before: LearnerState, now: datetime) -> Turn:
    """The turn with what the next one needs to know: when it was, what was offered, whether we understood."""
    offered = next((reply.choices for reply in reversed(turn.replies) if reply.choices), None)
    state = replace(
        turn.state,
        seen=now,
        lost=turn.state.lost if turn.state.lost > before.lost else 0,
        offered=turn.state.offered if offered is None else tuple(choice.action for choice in offered),
    )
    return replace(turn, state=state)
