"""What people may ask of what is kept about them: to read of it, to have a copy, to be forgotten.

It works anywhere, even while a helper is there. Nothing is removed here: the shell does that, and says goodbye.
"""

from collections.abc import Mapping

from tutorbot.tutor import actions, shortcuts
from tutorbot.tutor.replies import Choice, Document, ForgetMe, Reply
from tutorbot.tutor.stages import handoff, pages
from tutorbot.tutor.turn import Scene, Turn

SURE, NOW = "sure", "now"  # the two answers that it takes
_COPY = Choice(actions.MYDATA)
_FIRST = Choice(actions.join(actions.FORGET, SURE))
_SECOND = Choice(actions.join(actions.FORGET, NOW))
_KEEP = Choice(actions.join(actions.FORGET, shortcuts.NO))


def privacy(scene: Scene) -> Turn:
    """What we keep, and what a helper sees."""
    return scene.say(Reply("privacy", choices=(_COPY, Choice(actions.FORGET), *pages.ways_on(scene))))


def copy(scene: Scene) -> Turn:
    """All that is kept, as a page to read and as a file for programs."""
    page = Reply("mydata", document=Document.PAGE)
    return scene.say(page, Reply("mydata_file", choices=pages.ways_on(scene), document=Document.DATA))


def forget(scene: Scene, said: str) -> Turn:
    """Asked twice. An answer counts only to the question that was asked last; any other begins anew."""
    if actions.join(actions.FORGET, said) not in scene.state.offered:
        said = ""
    if said == NOW:
        return scene.say(effects=(ForgetMe(),))
    if said == shortcuts.NO:
        return scene.say(Reply("all_kept", choices=pages.ways_on(scene)))
    if said == SURE:
        return scene.say(Reply("forget_sure", choices=(_SECOND, _KEEP)))
    open_question = scene.state.waiting or bool(scene.state.helper)
    return scene.say(Reply("forget", {"question": open_question}, (_FIRST, _COPY, _KEEP)))


def answer(scene: Scene, text: str) -> Turn | None:
    """Yes or no in words, where we asked last whether to forget them."""
    asked = next((said for said in (SURE, NOW) if actions.join(actions.FORGET, said) in scene.state.offered), None)
    meant = shortcuts.intent(text, scene.state.language) if asked else None
    if asked is None or meant not in (actions.YES, shortcuts.NO):
        return None
    return forget(scene, asked if meant == actions.YES else shortcuts.NO)


def tell_helper(scene: Scene, text: str) -> Turn:
    """Their words go to the helper. To forget them may be asked of anybody, and we can help with it at once."""
    told = handoff.tell_helper(scene, text)
    if shortcuts.intent(text, scene.state.language, near=False) != actions.FORGET:
        return told
    return forget(scene, "").then(*told.effects)


def goodbye(removed: Mapping[str, int]) -> Reply:
    """The last words to somebody who is forgotten: how much of what was removed."""
    return Reply("forgotten", {**removed}, (Choice(actions.join(actions.CARRY_ON, "anew")),))
