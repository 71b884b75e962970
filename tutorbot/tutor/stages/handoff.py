"""With a person: asking for one, waiting, being helped, and coming back to the exact card.

While a helper is there we are silent, on words and buttons alike; what the learner writes goes to the helper. Two
things break the silence, and both protect: what was hidden, and whom to ring in danger. What the helper does is in
`helping`.
"""

from tutorbot.tutor import actions
from tutorbot.tutor.distress import recent
from tutorbot.tutor.replies import (
    Choice,
    EndTicket,
    Leaving,
    Md,
    OpenTicket,
    RateTicket,
    Rating,
    Reason,
    ReopenTicket,
    Reply,
    TellHelper,
)
from tutorbot.tutor.shortcuts import NO, SOME, THANKED, intent
from tutorbot.tutor.stages import menu, offer, passing, walk, welcome
from tutorbot.tutor.stages.stage import Handler
from tutorbot.tutor.state import Stage
from tutorbot.tutor.turn import Note, Scene, Turn, said

_RATED = {actions.YES: Rating.YES, THANKED: Rating.YES, SOME: Rating.SOME, NO: Rating.NO}


def resume(scene: Scene, note: Note | None = None) -> Turn:
    """Back to where they were before the talk with a person."""
    stage = scene.state.resume
    if stage is Stage.LESSON and scene.card:
        return walk.show(scene, note)
    if stage is Stage.FINISHED and scene.lesson:
        return walk.show_end(scene, note)
    if stage is Stage.NAME:
        return welcome.show(scene.moved(stage=Stage.NAME), note)
    return menu.show(scene, note)


def ask_for_person(scene: Scene) -> Turn:
    """They want a person: now, whatever they are doing."""
    if scene.state.waiting:
        return show_waiting(scene, None)
    return offer.offer(scene, Reason.ASKED)


# Offered


def press_offer(scene: Scene, action: str) -> Turn | None:
    """Yes, not now, or a shorter step back."""
    verb, _ = actions.split(action)
    if verb == actions.YES:
        return _open(scene)
    if verb == actions.NOT_NOW:
        return _not_now(scene)
    if verb in (actions.BEFORE, actions.BACK) and scene.card:
        return walk.go_back(scene.having(reason="", again=0)) or resume(scene)
    return None


def read_offer(scene: Scene, text: str) -> Turn | None:
    """Yes or no, in words."""
    meant = intent(text, scene.state.language)
    if meant in (actions.YES, actions.PERSON, actions.NEXT):
        return _open(scene)
    return _not_now(scene) if meant in (NO, actions.CARRY_ON) else None


def _not_now(scene: Scene) -> Turn:
    return resume(scene.having(reason="", again=0), Note("as_you_like"))


def _open(scene: Scene) -> Turn:
    opening, again = _opening(scene), scene.state.again
    here = scene.moved(stage=Stage.WAITING, waiting=True, reason="", again=0)
    return show_waiting(here, None).then(ReopenTicket(again, opening) if again else opening)


def _opening(scene: Scene) -> OpenTicket:
    """What the helper will see: where they are and what they tried. Nothing that tells who they are."""
    state, lesson, card, progress = scene.state, scene.lesson, scene.card, scene.progress
    reason, in_lesson = Reason(state.reason or Reason.ASKED), state.resume is Stage.LESSON
    urgent = bool(recent(state.alarmed, scene.now))
    if not (in_lesson and lesson and card and progress):
        return OpenTicket(reason, state.name, state.language, urgent=urgent)
    return OpenTicket(
        reason,
        state.name,
        state.language,
        lesson=lesson.id,
        title=lesson.title,
        card=(lesson.place_of(card.id) or 0) + 1,
        cards=len(lesson.cards),
        question=card.title,
        text=card.body,
        answers=tuple(answer.text for answer in card.exercise.answers) if card.exercise else (),
        tried=state.tries.given,
        hints=min(state.tries.hints, len(card.exercise.hints) if card.exercise else 0),
        urgent=urgent,
    )


# Waiting


def show_waiting(scene: Scene, note: Note | None) -> Turn:
    """Where the question stands, what to do meanwhile, and other ways. The shell knows the queue and fills it in."""
    here = scene.having(stage=Stage.WAITING)
    return here.say(waiting_reply(here, note))


def waiting_reply(scene: Scene, note: Note | None) -> Reply:
    """The waiting screen, for those who are somewhere else as well."""
    lesson = scene.lesson if offer.place(scene) is Stage.LESSON else None
    return Reply("waiting", {**said(note), "offline": Md(lesson.offline if lesson else "")}, _meanwhile(scene))


def _meanwhile(scene: Scene) -> tuple[Choice, ...]:
    carry = (Choice(actions.CARRY_ON),) if has_place(scene) else ()
    return (*carry, Choice(actions.MENU), Choice(actions.CANCEL))


def has_place(scene: Scene) -> bool:
    """Whether there is a card to go back to."""
    return offer.place(scene) in (Stage.LESSON, Stage.FINISHED) and scene.card is not None


def press_waiting(scene: Scene, action: str) -> Turn | None:
    """On the waiting screen only the buttons that work anywhere are left."""
    return show_waiting(scene, None) if action == actions.AGAIN else None


def pass_on(scene: Scene, text: str, note: Note | None = None) -> Turn:
    """What they write while waiting is added to their question; with a note, at once."""
    choices = _meanwhile(scene)
    reply = Reply("passed_on", said(note), choices)
    return passing.pass_on(scene, text, choices, reply, at_once=note is not None)


def pass_media(scene: Scene, *, more: bool = False) -> Turn:
    """A picture or the like goes to the helper, or is added to the question; the shell has it.

    `more`: one more part of an album, whose first part was answered, or words come next, and are answered.
    """
    told = TellHelper("")
    if scene.state.helper or more:
        return scene.say(effects=(told,))
    return scene.say(Reply("passed_on", choices=_meanwhile(scene)), effects=(told,))


def decide(scene: Scene, verb: str) -> Turn | None:
    """What becomes of a text that waits for their yes; None if the verb says nothing about it."""
    return passing.decide(scene, verb, leave(scene) if scene.state.stage is Stage.HELPED else _meanwhile(scene))


def cancel(scene: Scene) -> Turn:
    """They take the question back."""
    here = scene.having(waiting=False, stage=Stage.WAITING, resume=offer.place(scene), pending="")
    return resume(here, Note("cancelled")).then(EndTicket(Leaving.CANCELLED))


def read_decision(scene: Scene, text: str) -> Turn | None:
    """The same in words."""
    verb = passing.decided(scene, text)
    return decide(scene, verb) if verb else None


# Helped


def leave(scene: Scene) -> tuple[Choice, ...]:
    """The way out of the talk with a helper."""
    return (Choice(actions.LEAVE if has_place(scene) else actions.join(actions.LEAVE, actions.MENU)),)


def press_helped(scene: Scene, action: str) -> Turn:
    """One button works: back to my lesson. Every other only says why it does not."""
    if actions.split(action)[0] in (actions.LEAVE, actions.CARRY_ON):
        here = scene.having(helper="", stage=Stage.WAITING, pending="")
        return resume(here, Note("left_helper", {"helper": scene.state.helper})).then(EndTicket(Leaving.WENT_ON))
    return scene.say(notice=Reply("toast_with_helper", {"helper": scene.state.helper}))


def tell_helper(scene: Scene, text: str, *replies: Reply, at_once: bool = False) -> Turn:
    """Their words go to the helper, and we say nothing, or only what protects."""
    return passing.pass_on(scene, text, leave(scene), *replies, at_once=at_once)


def way_out(scene: Scene, _note: Note | None = None) -> Turn:
    """A command while a helper is there: the one thing we say, so that nobody is caught in a talk."""
    return scene.say(Reply("with_helper", {"helper": scene.state.helper}, leave(scene)))


# Rating


def press_rating(scene: Scene, action: str) -> Turn | None:
    """A rating, then back to the exact card."""
    verb, argument = actions.split(action)
    if verb != actions.RATE or argument not in {rating.value for rating in Rating}:
        return None
    return _rated(scene, Rating(argument))


def read_rating(scene: Scene, text: str) -> Turn | None:
    """A rating in words."""
    rating = _RATED.get(intent(text, scene.state.language) or "")
    return _rated(scene, rating) if rating else None


def _rated(scene: Scene, rating: Rating) -> Turn:
    effect = RateTicket(scene.state.rating, rating)
    here = scene.having(rating=0, reason="")
    if rating is Rating.NO and not scene.state.blocked:
        return offer.ask_again(here, scene.state.rating).then(effect)
    return resume(here, Note("thanks" if rating is not Rating.NO else "sorry")).then(effect)


OFFER = Handler(show=resume, press=press_offer, answer=read_offer)
WAITING = Handler(show=resume, press=press_waiting, read=pass_on)
HELPED = Handler(show=way_out, press=press_helped, answer=tell_helper)
RATING = Handler(show=resume, press=press_rating, answer=read_rating)
