"""A learner made by hand, for tests of the engine: says and presses, and remembers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.sample import CURRICULUM
from tutorbot.curriculum.library import Curriculum
from tutorbot.runtime.conversation import safe
from tutorbot.tutor.engine import advance
from tutorbot.tutor.events import ChoicePicked, Event, TextSent
from tutorbot.tutor.replies import Effect, Reply
from tutorbot.tutor.state import LearnerState
from tutorbot.tutor.turn import Turn


@dataclass
class Walker:
    state: LearnerState = field(default_factory=LearnerState)
    curriculum: Curriculum = CURRICULUM
    now: datetime = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    effects: list[Effect] = field(default_factory=list)

    def on(self, event: Event) -> Turn:
        self.now += timedelta(minutes=1)
        turn = advance(self.state, event, self.curriculum, self.now)
        self.state = turn.state
        self.effects += turn.effects
        return turn

    def says(self, *texts: str) -> Reply:
        """The last reply to the last of these texts."""
        return [self.on(safe(TextSent(text))) for text in texts][-1].replies[-1]

    def presses(self, *actions: str) -> Turn:
        """The turn of the last of these presses, each on a live button."""
        return [self.on(ChoicePicked(action, self.state.step)) for action in actions][-1]

    def done(self, kind: type[Effect]) -> list[Effect]:
        return [effect for effect in self.effects if isinstance(effect, kind)]


def actions_of(reply: Reply) -> list[str]:
    return [choice.action for choice in reply.choices]


def at_card(card: int, lesson: str = "fake-email") -> Walker:
    """A learner called Ann on this card, from 1, who has answered nothing."""
    walker = Walker()
    walker.says(f"/start {lesson}", "Ann")
    for _ in range(card - 1):
        walker.presses("next")
    walker.effects.clear()
    return walker


def values(replies: Iterable[Reply], key: str) -> list[object]:
    return [reply.values.get(key) for reply in replies]
