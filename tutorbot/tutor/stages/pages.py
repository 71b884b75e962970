"""Pages that can be asked for anywhere and change nothing: help, progress, language, stop."""

from tutorbot.curriculum.library import FALLBACK
from tutorbot.tutor import actions
from tutorbot.tutor.replies import Choice, Reply, Value
from tutorbot.tutor.stages import handoff
from tutorbot.tutor.stages.cards import buttons
from tutorbot.tutor.state import Stage
from tutorbot.tutor.turn import Scene, Turn

_SHOWN = 10  # lessons named on the progress page


def ways_on(scene: Scene) -> tuple[Choice, ...]:
    """Where every page leads: back to the card, the menu, a person. With a helper there: out of the talk."""
    if scene.state.stage is Stage.HELPED:
        return handoff.leave(scene)
    elsewhere = (Choice(actions.MENU), Choice(actions.PERSON))
    if scene.state.stage is Stage.NAME:  # there is no lesson yet to go back to
        return (Choice(actions.join(actions.CARRY_ON, "on")), *elsewhere)
    carry = (Choice(actions.CARRY_ON),) if scene.card and scene.state.stage is not Stage.MENU else ()
    return (*carry, *elsewhere)


def help_page(scene: Scene) -> Turn:
    """What can be pressed and written."""
    return scene.say(Reply("help", choices=ways_on(scene)))


def about(scene: Scene) -> Turn:
    """Who we are."""
    return scene.say(Reply("welcome", choices=ways_on(scene)))


def stop(scene: Scene) -> Turn:
    """We fall silent until they write; their place is kept."""
    return scene.say(Reply("stopped", choices=ways_on(scene)))


def you_are_welcome(scene: Scene) -> Turn:
    """They said thank you. Nothing changes: what they could press before, they still can."""
    card = scene.card if scene.state.stage is Stage.LESSON else None
    return scene.say(Reply("you_are_welcome", choices=buttons(scene, card) if card else ways_on(scene)))


def progress(scene: Scene) -> Turn:
    """What they have done, in words."""
    state = scene.state
    lessons = {lesson_id: scene.curriculum.lesson(lesson_id, state.language) for lesson_id in state.progress}
    done = tuple(one.title for key, one in lessons.items() if one and state.progress[key].done)
    begun = tuple(one.title for key, one in lessons.items() if one and not state.progress[key].done)
    values: dict[str, Value] = {
        "done": done[-_SHOWN:],
        "count": len(done),
        "begun": begun[-_SHOWN:],
    }
    return scene.say(Reply("progress", values, ways_on(scene)))


def language(scene: Scene) -> Turn:
    """The languages there are lessons in."""
    known = sorted({FALLBACK, *(code for _, code in scene.curriculum.lessons)})
    speak = tuple(Choice(actions.join(actions.SPEAK, code)) for code in known) if len(known) > 1 else ()
    return scene.say(Reply("language", {"several": len(known) > 1}, (*speak, *ways_on(scene))))


def media(scene: Scene, kind: str) -> Turn:
    """They sent something that is not words."""
    return scene.say(Reply("media", {"kind": kind, "helper": scene.state.helper}, ways_on(scene)))


def slow_down(scene: Scene) -> Turn:
    """They write faster than we can read: what came last was not read."""
    return scene.say(Reply("slow_down", {"helper": scene.state.helper}, ways_on(scene)))
