"""What every part of a conversation offers to the engine."""

from collections.abc import Callable
from dataclasses import dataclass

from tutorbot.tutor.turn import Note, Scene, Turn


def _nothing(_scene: Scene, _said: str) -> Turn | None:
    return None


@dataclass(frozen=True, slots=True)
class Handler:
    """One stage. A function that returns None has nothing to say to that: the engine looks further."""

    show: Callable[[Scene, Note | None], Turn]  # where we are, said again (after a line that says why)
    press: Callable[[Scene, str], Turn | None]  # an action of this stage
    answer: Callable[[Scene, str], Turn | None] = _nothing  # a text that surely is an answer: before shortcuts
    read: Callable[[Scene, str], Turn | None] = _nothing  # a text that no shortcut explains
