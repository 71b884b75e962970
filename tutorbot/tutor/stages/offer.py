"""Offering a person: never without the learner's yes, and with a step back meanwhile."""

from tutorbot.tutor import actions, stuck
from tutorbot.tutor.replies import Choice, Md, Reason, Reply, Value
from tutorbot.tutor.state import Stage
from tutorbot.tutor.turn import Note, Scene, Turn, said

_PLACES = {Stage.NAME, Stage.MENU, Stage.LESSON, Stage.FINISHED}


def place(scene: Scene) -> Stage:
    """Where they go on when the talk about a person, or with one, is over."""
    return scene.state.stage if scene.state.stage in _PLACES else scene.state.resume


def offer(scene: Scene, reason: Reason, feedback: str = "", note: Note | None = None) -> Turn:
    """Ask whether a person should help. Before that `feedback`, on the answer that led here, or else `note`."""
    note = Note("feedback") if feedback else note
    if scene.state.blocked:
        return Turn(stuck.cleared(scene.state), (no_person(scene, reason, note, feedback),))
    here = scene.moved(stage=Stage.OFFER, resume=place(scene), reason=reason.value, again=0)
    return Turn(stuck.cleared(here.state), (_reply(here, note, feedback),))


def ask_again(scene: Scene, ticket: int) -> Turn:
    """What a person wrote did not help: ask whether a person should try again."""
    here = scene.moved(stage=Stage.OFFER, resume=place(scene), reason=Reason.ASKED.value, again=ticket)
    return here.say(_again())


def show_offer(scene: Scene, note: Note | None) -> Turn:
    """The same question again."""
    return scene.say(_again(note) if scene.state.again else _reply(scene, note))


def _again(note: Note | None = None) -> Reply:
    return Reply("ask_again", said(note), (Choice(actions.join(actions.YES, "again")), Choice(actions.NOT_NOW)))


def no_person(scene: Scene, reason: Reason = Reason.ASKED, note: Note | None = None, feedback: str = "") -> Reply:
    """For those who cannot ask: where else to go, and how to go on."""
    carry = (Choice(actions.CARRY_ON),) if scene.card and scene.state.stage is not Stage.MENU else ()
    return Reply("blocked", {**said(note), "reason": reason, "feedback": Md(feedback)}, (*carry, Choice(actions.MENU)))


def _reply(scene: Scene, note: Note | None, feedback: str = "") -> Reply:
    values: dict[str, Value] = {
        **said(note),
        "reason": Reason(scene.state.reason or Reason.ASKED),
        "feedback": Md(feedback),
        "in_lesson": scene.state.resume is Stage.LESSON,
    }
    return Reply("offer", values, (Choice(actions.YES), Choice(actions.NOT_NOW), *_step_back(scene)))


def _step_back(scene: Scene) -> tuple[Choice, ...]:
    """A shorter way: the card before, where there is one."""
    progress = scene.progress
    can = scene.state.resume is Stage.LESSON and progress is not None and progress.number > 0
    return (Choice(actions.BEFORE),) if can else ()
