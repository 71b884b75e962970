"""One lesson, played by its author with the real engine: what was done since a card, and the talk that comes of it.

Pure. A play is only a card and a list of events, so that it can be played anew when the lesson has changed: what was
said then comes out in the new words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from tutorbot.curriculum.lesson import Lesson
from tutorbot.curriculum.library import Curriculum, nearest
from tutorbot.messages.message import Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.values import Author, Entry, Kind
from tutorbot.tutor import actions
from tutorbot.tutor.engine import advance
from tutorbot.tutor.events import ChoicePicked, TextSent
from tutorbot.tutor.replies import OpenTicket, Reply, Value
from tutorbot.tutor.state import LearnerState, Progress, Stage
from tutorbot.tutor.turn import Turn

Act = ChoicePicked | TextSent

NOW = -1  # as the step of a press: whatever the step is then
# what the waiting screen says of a desk that is not there
_QUEUE: Mapping[str, Value] = {"before": 0, "about": True, "same": "", "back_day": "", "back_time": "", "place": ""}


@dataclass(frozen=True, slots=True)
class Play:
    """Where a talk began, and what was done since."""

    card: str = ""  # its id; "" for the first
    number: int = 0  # its place, from 0: finds the nearest card if the id has gone
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Talked:
    """What came of a play."""

    state: LearnerState
    entries: tuple[Entry, ...] = ()
    presses: frozenset[int] = frozenset()  # ids of the entries that are presses, which leave no message on Telegram
    notice: str = ""  # a few words at the button pressed last
    asked: bool = False  # the last act asked for a person
    smooth: bool = True  # every button that was pressed was there

    @property
    def lesson(self) -> str:
        """The id of the lesson that is on the screen; "" elsewhere, as in the menu."""
        return self.state.lesson if self.state.stage in (Stage.LESSON, Stage.FINISHED) else ""

    @property
    def card(self) -> str:
        """The id of the card they are on, or were on last."""
        progress = self.state.progress.get(self.state.lesson)
        return progress.card if progress else ""


@dataclass(frozen=True, slots=True)
class Player:
    """Plays one lesson."""

    lesson: Lesson
    curriculum: Curriculum
    renderer: Renderer
    now: datetime = field(compare=False)

    def talk(self, play: Play) -> Talked:
        """The whole talk, from the card on which it began."""
        talked = self._begun(play)
        for act in play.acts:
            talked = self.after(talked, act)
        return talked

    def after(self, talked: Talked, act: Act) -> Talked:
        """The talk after one more act."""
        act = replace(act, step=talked.state.step) if isinstance(act, ChoicePicked) and act.step == NOW else act
        label = act.text if isinstance(act, TextSent) else _label(talked.entries, act)
        heard = Message(said=label or "…")
        talked = replace(
            talked,
            entries=(*talked.entries, self._entry(talked, Author.LEARNER, heard)),
            presses=talked.presses | ({len(talked.entries) + 1} if isinstance(act, ChoicePicked) else set()),
            smooth=talked.smooth and bool(label),
        )
        return self._with(talked, advance(talked.state, act, self.curriculum, self.now))

    def renewed(self, play: Play, before: Talked) -> tuple[Play, Talked]:
        """The same play of a lesson that has changed; where it would lead elsewhere now, the card they were on."""
        talked = self.talk(play)
        if talked.smooth and (talked.card, talked.state.stage) == (before.card, before.state.stage):
            return play, talked
        progress = before.state.progress.get(self.lesson.id)
        at_card = Play(progress.card, progress.number) if progress else Play()
        return at_card, self.talk(at_card)

    def _begun(self, play: Play) -> Talked:
        """The card alone."""
        lesson = self.lesson
        card = nearest(lesson, play.card, play.number)
        here = LearnerState(
            stage=Stage.LESSON,
            language=lesson.language,
            lesson=lesson.id,
            course=lesson.course,
            progress={lesson.id: Progress(card.id, lesson.place_of(card.id) or 0, lesson.edition)},
            seen=self.now,
        )
        return self._with(Talked(here), advance(here, ChoicePicked(actions.CARRY_ON, 0), self.curriculum, self.now))

    def _with(self, talked: Talked, turn: Turn) -> Talked:
        state = turn.state
        for reply in turn.replies:
            message = self.renderer.message(reply, state.language, state.step, _QUEUE)
            entry = self._entry(talked, Author.TUTOR, message, reply)
            talked = replace(talked, entries=(*talked.entries, entry))
        notice = self.renderer.words(turn.notice, state.language) if turn.notice else ""
        asked = any(isinstance(effect, OpenTicket) for effect in turn.effects)
        return replace(talked, state=state, notice=notice, asked=asked)

    def _entry(self, talked: Talked, author: Author, message: Message, reply: Reply | None = None) -> Entry:
        kind = Kind.REPLACE if reply and reply.replaces else Kind.SAY
        return Entry(len(talked.entries) + 1, author, message, self.now, kind=kind)


def _label(entries: Sequence[Entry], act: ChoicePicked) -> str:
    """What stands on the pressed button; "" if it was not there."""
    return next(
        (
            button.label
            for entry in reversed(entries)
            if entry.message.step == act.step
            for button in entry.message.buttons
            if button.action == act.action
        ),
        "",
    )
