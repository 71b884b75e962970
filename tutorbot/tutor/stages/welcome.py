"""First contact: who we are, that nothing can break, that a person is near; then a name, if they like."""

import re

from tutorbot.tutor import actions
from tutorbot.tutor.marks import kinds_in, unmarked
from tutorbot.tutor.replies import Choice, Reply
from tutorbot.tutor.shortcuts import NO
from tutorbot.tutor.stages import menu
from tutorbot.tutor.stages.stage import Handler
from tutorbot.tutor.state import Stage
from tutorbot.tutor.turn import Note, Scene, Turn

NAME_LIMIT = 40
_BEFORE_A_NAME = re.compile(r"(?:(?:hello|hi)\W+)?(?:my name is|i am|i['’]?m|it is|it['’]?s|call me)\s+", re.IGNORECASE)
_WORDS_IN_A_NAME = 3


def greet(scene: Scene, wanted: str = "") -> Turn:
    """The three first messages; the last asks for a name."""
    here = scene.moved(stage=Stage.NAME, wanted=wanted)
    return here.say(Reply("welcome"), Reply("welcome_safe"), _ask_name())


def show(scene: Scene, _note: Note | None) -> Turn:
    """Ask for the name again."""
    return scene.say(_ask_name())


def press(scene: Scene, action: str) -> Turn | None:
    """No name is fine."""
    return _go_on(scene) if action in (actions.SKIP, NO, actions.NEXT) else None


def read(scene: Scene, text: str) -> Turn | None:
    """A short text is a name. A long one is something else: they may tell us their name another time."""
    written = " ".join(unmarked(text).split())
    if not written and kinds_in(text):
        return _go_on(scene)
    name = _BEFORE_A_NAME.sub("", written, count=1).rstrip(".!")[:NAME_LIMIT]
    if len(name.split()) > _WORDS_IN_A_NAME or not any(letter.isalpha() for letter in name):
        return None
    return _go_on(scene.having(name=name))


def _go_on(scene: Scene) -> Turn:
    hello = Note("hello", {"name": scene.state.name})
    return menu.follow(scene.having(wanted=""), scene.state.wanted, hello)


def _ask_name() -> Reply:
    return Reply("ask_name", choices=(Choice(actions.SKIP), Choice(actions.PRIVACY), Choice(actions.PERSON)))


HANDLER = Handler(show=show, press=press, read=read)
