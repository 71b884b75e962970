"""Turns that no event leads to: for whoever writes too fast to be heard, and after a bug of ours."""

from datetime import datetime

from tutorbot.curriculum.library import Curriculum
from tutorbot.tutor.stages import menu, pages
from tutorbot.tutor.state import LearnerState, Tries
from tutorbot.tutor.turn import Note, Scene, Turn


def slow_down(state: LearnerState, curriculum: Curriculum, now: datetime) -> Turn:
    """What to say to somebody who writes too fast. Nothing else happens."""
    return pages.slow_down(Scene(state, curriculum, now))


def recover(state: LearnerState, curriculum: Curriculum, now: datetime) -> Turn:
    """A safe turn after a bug: an apology and the menu; nothing of their progress is touched."""
    scene = Scene(state, curriculum, now).having(lesson="", tries=Tries())
    return menu.show_courses(scene, 0, Note("trouble"))
