"""They may be in danger, in despair, or losing money: what to do and whom to ring, at once and in every stage.

A person is offered as well; whoever helps already, or is waited for, hears the words and sees the alarm.
"""

from datetime import timedelta

from tutorbot.tutor.distress import HARM, Sign, recent
from tutorbot.tutor.replies import RaiseAlarm, Reason, Reply
from tutorbot.tutor.stages import handoff
from tutorbot.tutor.stages.offer import offer
from tutorbot.tutor.state import Stage
from tutorbot.tutor.turn import Note, Scene, Turn

_TOLD = timedelta(minutes=30)  # while a helper is there, the numbers are not said again within this time


def answer(scene: Scene, text: str, signs: tuple[Sign, ...]) -> Turn | None:
    """What to say and do at once. None where a helper is there who will say it: to somebody who was robbed."""
    harm = tuple(sign.value for sign in signs if sign in HARM)
    if not harm:
        return None if scene.state.stage is Stage.HELPED else _with_person(scene, text, Note("scammed"))
    told = recent(scene.state.alarmed, scene.now, _TOLD).issuperset(harm)
    alarmed = scene.having(alarmed={**scene.state.alarmed, **dict.fromkeys(harm, scene.now)})
    if scene.state.stage is Stage.HELPED:
        return _while_helped(alarmed, text, harm, told=told)
    turn = _with_person(alarmed, text, Note("distress", {"signs": " ".join(harm)}))
    return turn.then(RaiseAlarm(harm)) if scene.state.waiting else turn


def _with_person(scene: Scene, text: str, note: Note) -> Turn:
    """The one they wait for must hear it; nobody yet: a person is offered."""
    return handoff.pass_on(scene, text, note) if scene.state.waiting else offer(scene, Reason.ASKED, note=note)


def _while_helped(scene: Scene, text: str, harm: tuple[str, ...], *, told: bool) -> Turn:
    if told:
        return handoff.tell_helper(scene, text, at_once=True)
    words = Reply("distress", {"signs": " ".join(harm)}, handoff.leave(scene))
    return handoff.tell_helper(scene, text, words, at_once=True).then(RaiseAlarm(harm))
