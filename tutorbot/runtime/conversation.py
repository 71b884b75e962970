"""One thing a learner did: hide what is secret; seen before? load, advance, carry out, commit; then send and wake."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from tutorbot.curriculum.library import Curriculum
from tutorbot.desk.redaction import redact
from tutorbot.errors import kind_and_place
from tutorbot.messages.markup import clean
from tutorbot.messages.message import Copied, Message
from tutorbot.runtime.live import Live
from tutorbot.runtime.meters import NO_METERS, Meters
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.trail import following
from tutorbot.runtime.turns import Done, Turns
from tutorbot.runtime.values import Address, Author, Learner, NewEntry, Owed
from tutorbot.tutor import engine
from tutorbot.tutor.events import Event, TextSent
from tutorbot.tutor.replies import TellHelper
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
        meters: Meters = NO_METERS,
    ) -> None:
        self._store, self._curriculum, self._turns = store, curriculum, turns
        self._live, self._deliver, self._meters = live, deliver, meters

    async def receive(self, incoming: Incoming) -> str:
        """Returns after the commit, with a few words for the pressed button, or "".

        StoreUnavailable: nothing was kept; the channel must bring the same thing again.
        """
        incoming = replace(incoming, event=heard(incoming.event))
        with following(incoming.key):
            taking = self._store.transact(lambda tx: self._take(tx, incoming))
            done = await self._meters.turn(incoming.address.channel, taking)
        self._deliver(done.owed)
        self._live.publish(*done.topics)
        return done.words

    def _take(self, tx: Transaction, incoming: Incoming) -> Done:
        if not tx.first_time(incoming.key, incoming.at):
            return Done()
        learner = tx.learners.at(incoming.address, incoming.language, incoming.at)
        turn = _advance(learner, incoming.event, self._curriculum(), incoming.at)
        return self._turns.carry_out(tx, learner, turn, incoming.at, self._entry(learner, incoming, turn))

    def _entry(self, learner: Learner, incoming: Incoming, turn: Turn) -> NewEntry:
        """What they said, for the record. A press is kept as the words it sent, or as those on the button."""
        if isinstance(incoming.event, TextSent):
            text = incoming.event.kept
        else:
            sent = [effect.text for effect in turn.effects if isinstance(effect, TellHelper)]
            text = sent[0] if sent else clean(incoming.label)
        show = partial(self._turns.entries.renderer.said, language=learner.state.language)
        media = incoming.media and replace(incoming.media, caption=show(redact(clean(incoming.media.caption)).text))
        said = Message(said=show(text), media=media)
        return NewEntry(incoming.address, Author.LEARNER, said, incoming.at, learner=learner.id, ref=incoming.ref)


def _advance(learner: Learner, event: Event, curriculum: Curriculum, now: datetime) -> Turn:
    """The engine's turn. Should the engine have a bug, the learner is led to the menu instead of into silence."""
    try:
        return engine.advance(learner.state, event, curriculum, now)
    except Exception as bug:
        what = kind_and_place(bug)
        log.error("A turn went wrong (%s); the learner was led to the menu.", what, extra={"action": "turn_recovered"})
        return engine.recover(learner.state, curriculum, now)


def heard(event: Event) -> Event:
    """The event with its words safe to show, and with what of them may be kept: everything that is secret is hidden."""
    if not isinstance(event, TextSent):
        return event
    text = clean(event.text)
    found = redact(text)
    return TextSent(text, found.text if found.kinds else "")
