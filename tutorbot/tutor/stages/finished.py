"""At the end of a lesson: what they can do now, and a lesson that fits next."""

from tutorbot.tutor import actions
from tutorbot.tutor.stages import walk
from tutorbot.tutor.stages.stage import Handler
from tutorbot.tutor.turn import Note, Scene, Turn


def show(scene: Scene, note: Note | None) -> Turn:
    """The end of the lesson, said again."""
    return walk.show_end(scene, note)


def press(scene: Scene, action: str) -> Turn | None:
    """On to the next lesson, or back to the last card."""
    if action == actions.NEXT:
        return _next(scene)
    if action == actions.BACK and scene.card:
        return walk.show(scene)
    return walk.show_end(scene) if action == actions.AGAIN else None


def _next(scene: Scene) -> Turn | None:
    following = walk.following(scene)
    return walk.open_lesson(scene, following.id) if following else None


HANDLER = Handler(show=show, press=press)
