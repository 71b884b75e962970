"""What helpers and timers do, as the learner meets it: somebody comes, writes, goes, shows a card, is done."""

from dataclasses import replace

from tutorbot.curriculum.lesson import ExerciseKind
from tutorbot.tutor import actions
from tutorbot.tutor.events import (
    Blocked,
    CardShown,
    HelperChanged,
    HelperJoined,
    HelperLeft,
    HelperReplied,
    HelpersEvent,
    NobodyAnswered,
    SteppedBack,
    TicketClosed,
)
from tutorbot.tutor.replies import Choice, Md, Rating, Reply, Value
from tutorbot.tutor.stages import handoff
from tutorbot.tutor.stages.offer import no_person, place
from tutorbot.tutor.state import Stage, Tries
from tutorbot.tutor.turn import Note, Scene, Turn, said


def on(scene: Scene, event: HelpersEvent) -> Turn:
    """The learner's turn after something that they did not do themselves."""
    match event:
        case HelperJoined(helper):
            return joined(scene, helper)
        case HelperReplied(helper, text):
            return replied(scene, helper, text)
        case HelperLeft():
            return left(scene, event)
        case HelperChanged(before, helper):
            return joined(scene, helper, Note("helper_changed", {"before": before, "helper": helper}))
        case NobodyAnswered():
            return nobody(scene, event)
        case CardShown(helper):
            return show_card(scene, Note("helper_shows", {"helper": helper}))
        case SteppedBack(helper, cards):
            return step_back(scene, helper, cards)
        case TicketClosed():
            return closed(scene, event)
        case Blocked(yes):
            return blocked(scene) if yes else unblocked(scene)


def joined(scene: Scene, helper: str, note: Note | None = None) -> Turn:
    """A helper came: from now on we are silent."""
    here = scene.moved(stage=Stage.HELPED, resume=place(scene), waiting=False, helper=helper, lost=0)
    return here.say(Reply("helper_joined", {**said(note), "helper": helper}, handoff.leave(here)))


def replied(scene: Scene, helper: str, text: str) -> Turn:
    """The helper's words, under their first name."""
    choices = handoff.leave(scene) if scene.state.stage is Stage.HELPED else ()
    return scene.say(Reply("helper_says", {"helper": helper}, choices, said=text))


def left(scene: Scene, event: HelperLeft) -> Turn:
    """The question waits for another helper. Who has met none hears nothing of it."""
    if scene.state.stage is not Stage.HELPED:
        return scene.say()
    here = scene.moved(stage=Stage.WAITING, waiting=True, helper="")
    return handoff.show_waiting(here, Note("helper_left", {"helper": event.helper, "why": Md(event.why)}))


def nobody(scene: Scene, event: NobodyAnswered) -> Turn:
    """They have waited for long: the truth, and other ways, wherever they are."""
    told = "yes" if event.told else ""
    note = Note("nobody_answered", {"helper": event.helper, "told": told})
    if scene.state.stage is Stage.HELPED:
        return scene.say(Reply("still_with_helper", said(note), handoff.leave(scene)))
    return scene.say(handoff.waiting_reply(scene, note))


def show_card(scene: Scene, note: Note) -> Turn:
    """Their card, to read while they talk about it; no replies if there is none."""
    lesson, card = scene.lesson, scene.card
    if lesson is None or card is None:
        return scene.say()
    answers = tuple(answer.text for answer in card.exercise.answers) if card.exercise else ()
    typed = card.exercise is not None and card.exercise.kind is ExerciseKind.TYPED
    values: dict[str, Value] = {
        **said(note),
        "lesson": lesson.title,
        "number": (lesson.place_of(card.id) or 0) + 1,
        "count": len(lesson.cards),
        "title": card.title,
        "body": Md(card.body),
        "answers": () if typed else answers,
    }
    return scene.say(Reply("card_to_read", values, handoff.leave(scene), card.picture))


def step_back(scene: Scene, helper: str, cards: int) -> Turn:
    """Some cards back in the lesson, and that is where they go on afterwards; no replies if there is no lesson."""
    lesson, card, progress = scene.lesson, scene.card, scene.progress
    if lesson is None or card is None or progress is None:
        return scene.say()
    number = max(0, (lesson.place_of(card.id) or 0) - cards)
    there = lesson.cards[number]
    at = replace(progress, card=there.id, number=number, edition=lesson.edition)
    tries = Tries(solved=there.id in at.answered)
    here = scene.with_progress(lesson.id, at).moved(resume=Stage.LESSON, tries=tries)
    return show_card(here, Note("stepped_back", {"helper": helper}))


def closed(scene: Scene, event: TicketClosed) -> Turn:
    """The helper is done: did that help? And back to the exact card."""
    here = scene.moved(
        stage=Stage.RATING, resume=place(scene), waiting=False, helper="", reason="", rating=event.ticket, pending=""
    )
    rates = tuple(Choice(actions.join(actions.RATE, rating.value)) for rating in Rating)
    way_on = Choice(actions.CARRY_ON if handoff.has_place(here) else actions.MENU)
    values: dict[str, Value] = {"helper": event.helper, "met": not scene.state.waiting, "outcome": Md(event.outcome)}
    return here.say(Reply("helper_done", values, (*rates, way_on)))


def blocked(scene: Scene) -> Turn:
    """They cannot ask any more, and go on where they were."""
    talking = scene.state.stage in (Stage.HELPED, Stage.WAITING, Stage.OFFER, Stage.RATING)
    here = scene.having(blocked=True, waiting=False, helper="", reason="", rating=0, again=0)
    return handoff.resume(here).after(Reply("blocked")) if talking else here.say(no_person(here))


def unblocked(scene: Scene) -> Turn:
    """They can ask again."""
    return scene.having(blocked=False).say(Reply("unblocked", choices=(Choice(actions.PERSON),)))
