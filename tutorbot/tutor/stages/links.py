"""Links that lead to us: `/start fake-email` to a lesson or a course, `/start group-word` to a local group."""

from tutorbot.tutor.replies import JoinGroup
from tutorbot.tutor.turn import Turn

GROUP = "group-"  # how the link of a local group begins


def target(text: str) -> str:
    """What a link such as `/start fake-email` names; "" if the text is none."""
    word, _, named = text.strip().partition(" ")
    return named.strip() if word.casefold() == "/start" else ""


def lesson(text: str) -> str:
    """The lesson or course that a link names; "" if it names a group."""
    return "" if target(text).startswith(GROUP) else target(text)


def joined(turn: Turn, named: str) -> Turn:
    """The turn of somebody who came by this link: one of a local group makes them belong to it."""
    return turn.then(JoinGroup(named.removeprefix(GROUP))) if named.startswith(GROUP) else turn
