"""When is a learner stuck? Answers are counted, never seconds: people put the phone down in a chat.

The numbers come from what others measured: Oppia (more than two wrong after all hints; the same loop three times),
Kolibri (four failed tries), Beck and Gong (ten tries on a skill without three right in a row). One wrong answer is
never "stuck", asking for hints is never held against anyone, and success clears the signs.
"""

from dataclasses import replace

from tutorbot.tutor.replies import Reason
from tutorbot.tutor.state import LearnerState, Skill, Trouble

WRONG_AFTER_HINTS = 3
FAILED_IN_LESSON = 4
RETURNS_TO_CARD = 3
TIMES_CONFUSED = 2
TRIES_ON_SKILL = 10
RIGHT_IN_A_ROW = 3
TIMES_LOST = 3


def reason(state: LearnerState, skills: tuple[str, ...] = ()) -> Reason | None:
    """Why this learner should be offered a person now; None if they should not."""
    if state.waiting or state.helper:
        return None
    trouble = state.trouble
    signs = (
        (trouble.confused >= TIMES_CONFUSED, Reason.CONFUSED),
        (state.tries.wrong_after_hints >= WRONG_AFTER_HINTS, Reason.WRONG),
        (trouble.failed >= FAILED_IN_LESSON, Reason.LESSON),
        (any(times >= RETURNS_TO_CARD for times in trouble.returns.values()), Reason.LOOP),
        (any(_drilled(state.skills.get(skill, Skill())) for skill in skills), Reason.SKILL),
        (state.lost >= TIMES_LOST, Reason.LOST),
    )
    return next((why for sign, why in signs if sign), None)


def cleared(state: LearnerState) -> LearnerState:
    """The state once a person was offered: every sign counts from nothing again."""
    return replace(
        state,
        lost=0,
        trouble=Trouble(),
        tries=replace(state.tries, wrong_after_hints=0),
        skills={name: replace(skill, tries=0) if _drilled(skill) else skill for name, skill in state.skills.items()},
    )


def practised(skill: Skill, right: bool) -> Skill:
    """The skill after one more answer."""
    streak = skill.streak + 1 if right else 0
    mastered = skill.mastered or streak >= RIGHT_IN_A_ROW
    return Skill(tries=0 if mastered else skill.tries + 1, streak=streak, mastered=mastered)


def _drilled(skill: Skill) -> bool:
    return not skill.mastered and skill.tries >= TRIES_ON_SKILL
