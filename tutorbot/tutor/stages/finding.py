"""Finding by asking: what may be meant by a text that nothing else explains, as buttons. Never an answer made up."""

from tutorbot.curriculum.finder import Hit, Kind
from tutorbot.tutor import stuck
from tutorbot.tutor.replies import Choice, Reason, Reply
from tutorbot.tutor.stages import menu, pages, words
from tutorbot.tutor.state import Stage
from tutorbot.tutor.turn import Scene, Turn

MOST = 3  # buttons
_LONGEST = 300  # letters that are looked at
_LOOKING = frozenset({Stage.NAME, Stage.MENU, Stage.LESSON, Stage.FINISHED})


def read(scene: Scene, text: str) -> Turn | None:
    """Lessons and words that may be meant. None if there are none, or if we have guessed in vain too often."""
    state = scene.state
    if state.stage not in _LOOKING or state.wanted:
        return None
    hits = scene.curriculum.finder.find(text[:_LONGEST], state.language, MOST)
    found = tuple(choice for choice in (_choice(scene, hit) for hit in hits) if choice)
    if not found:
        return None
    sure = hits[0].sure
    here = scene if sure else scene.having(lost=state.lost + 1)
    if stuck.reason(here.state) is Reason.LOST:
        return None
    if state.stage is Stage.NAME:  # who asks for something need not tell a name first
        here = here.moved(stage=Stage.MENU)
    return here.say(Reply("found", {"sure": sure}, (*found, *pages.ways_on(here))))


def _choice(scene: Scene, hit: Hit) -> Choice | None:
    if hit.kind is Kind.WORD:
        word = scene.curriculum.word(hit.id, scene.state.language)
        return words.choice(word) if word else None
    lesson = scene.curriculum.lesson(hit.id, scene.state.language)
    return Choice(*menu.row(scene, lesson)) if lesson else None
