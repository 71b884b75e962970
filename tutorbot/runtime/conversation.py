"""One thing a learner did: seen before? load, advance, carry out, commit; only then send and wake."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tutorbot.curriculum.library import Curriculum
from tutorbot.errors import kind_and_place
from tutorbot.messages.markup import clean
from tutorbot.messages.message import Copied, Message
from tutorbot.runtime.live import Live
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.turns import Done, Turns
from tutorbot.runtime.values import Address, Author, Learner, NewEntry, Owed
from tutorbot.tutor import engine
from tutorbot.tutor.events import ChoicePicked, Event, TextSent
from tutorbot.tutor.turn import Turn

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Incoming:
    """What came in over a channel."""

    key: str  # unique over all channels, as "telegram:<update id>": the same key again changes nothing
    address: Address
    event: Event
    at: datetime
    language: str = "en"  # a first guess, for somebody new
    ref: str = ""  # the channel's id of the message: the one that came in, or the one whose button was pressed
    media: Copied | None = None  # what was sent instead of words, where the channel can pass it on
    label: str = ""  # the words on the pressed button, where the channel shows what was pressed


class Conversation:
    """The way in for everything a learner does, on every channel."""

    def __init__(
        self,
        store: Store,
        curriculum: Callable[[], Curriculum],
        turns: Turns,
        live: Live,
        deliver: Callable[[Sequence[Owed]], None],
    ) -> None:
        self._store, self._curriculum, self._turns = store, curriculum, turns
        self._live, self._deliver = live, deliver

    async def receive(self, incoming: Incoming) -> str:
        """Returns after the commit, with a few words for the pressed button, or "".

        StoreUnavailable: nothing was kept; the channel must bring the same thing again.
        """
        done = await self._store.transact(lambda tx: self._take(tx, incoming))
        self._deliver(done.owed)
        self._live.publish(*done.topics)
        return done.words

    def _take(self, tx: Transaction, incoming: Incoming) -> Done:
        if not tx.first_time(incoming.key, incoming.at):
            return Done()
        learner = tx.learners.at(incoming.address, incoming.language, incoming.at)
        turn = _advance(learner, _cleaned(incoming.event), self._curriculum(), incoming.at)
        return self._turns.carry_out(tx, learner, turn, incoming.at, _entry(learner, incoming))


def _advance(learner: Learner, event: Event, curriculum: Curriculum, now: datetime) -> Turn:
    """The engine's turn. Should the engine have a bug, the learner is led to the menu instead of into silence."""
    try:
        return engine.advance(learner.state, event, curriculum, now)
    except Exception as bug:
        what = kind_and_place(bug)
        log.error("A turn went wrong (%s); the learner was led to the menu.", what, extra={"action": "turn_recovered"})
        return engine.recover(learner.state, curriculum, now)


def _cleaned(event: Event) -> Event:
    return TextSent(clean(event.text)) if isinstance(event, TextSent) else event


def _entry(learner: Learner, incoming: Incoming) -> NewEntry:
    """What they said, for the record; a press is kept as the words on the button, where they are known."""
    event = incoming.event
    text = event.text if isinstance(event, TextSent) else incoming.label if isinstance(event, ChoicePicked) else ""
    message = Message(said=clean(text), media=incoming.media)
    return NewEntry(incoming.address, Author.LEARNER, message, incoming.at, learner=learner.id, ref=incoming.ref)
