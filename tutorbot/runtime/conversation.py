"""One thing a learner did: hide what is secret; seen before? load, advance, carry out, commit; then send and wake."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tutorbot.curriculum.library import Curriculum
from tutorbot.desk.redaction import redact
from tutorbot.errors import StoreUnavailable, kind_and_place
from tutorbot.messages.markup import clean
from tutorbot.messages.message import Copied, Message
from tutorbot.runtime.limits import Heard, Limits
from tutorbot.runtime.live import Live
from tutorbot.runtime.meters import NO_METERS, Meters
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.rights.copies import Copies
from tutorbot.runtime.rights.erasure import Eraser, begin
from tutorbot.runtime.rights.values import Why
from tutorbot.runtime.trail import following
from tutorbot.runtime.turns import Done, Turns
from tutorbot.runtime.values import Address, Author, Learner, NewEntry, Owed
from tutorbot.tutor import aside, engine
from tutorbot.tutor.actions import FORGET, split
from tutorbot.tutor.distress import signs
from tutorbot.tutor.events import ChoicePicked, Event, MediaSent, TextSent
from tutorbot.tutor.replies import ForgetMe, Reply, TellHelper
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
    source: str = ""  # the message that came in, as channel:chat:id: the same again is that message, edited
    edited: bool = False  # it came in before; channels call an edit what changes no word, too
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
        limits: Limits | None = None,
    ) -> None:
        """`limits`: how fast one learner may write; None: as fast as they like."""
        self._store, self._curriculum, self._turns = store, curriculum, turns
        self._live, self._deliver, self._meters, self._limits = live, deliver, meters, limits
        self.eraser = Eraser(store, turns, live, deliver)
        self.copies = Copies(store, curriculum, turns.entries.renderer)

    async def receive(self, incoming: Incoming) -> str:
        """Returns after the commit, with a few words for the pressed button, or "".

        StoreUnavailable: nothing was kept; the channel must bring the same thing again.
        """
        urgent = _is_urgent(incoming)
        heard = self._limits.take(incoming.address, incoming.at, urgent=urgent) if self._limits else Heard.YES
        if heard is Heard.NO:
            return ""
        incoming = replace(incoming, event=safe(incoming.event))
        with following(incoming.key):
            taking = self._store.transact(lambda tx: self._take(tx, incoming, heard, urgent))
            done, erasure = await self._meters.turn(incoming.address.channel, taking)
        self._deliver(done.owed)
        self._live.publish(*done.topics)
        if erasure:
            await self._forget(erasure, incoming.at)
        return done.words

    def _take(self, tx: Transaction, incoming: Incoming, heard: Heard, urgent: bool) -> tuple[Done, int]:
        """What was done, and the number of the erasure that was begun; 0 if none was."""
        now = incoming.at
        if not tx.first_time(incoming.key, now):
            return Done(), 0
        if _asks_to_forget(incoming.event) and not tx.learners.known(incoming.address):
            return self._nothing_kept(incoming), 0
        learner, curriculum = tx.learners.at(incoming.address, incoming.language, now), self._curriculum()
        if self._limits and not urgent:
            in_all, haste = self._limits.counted(learner.haste, now)
            learner, heard = replace(learner, haste=haste), heard if in_all is Heard.YES else in_all
        if heard is Heard.NO:
            return Done(), 0
        if heard is Heard.TELL:
            return self._turns.carry_out(tx, learner, aside.slow_down(learner.state, curriculum, now), now), 0
        if self._says_the_same(tx, learner, incoming):
            return Done(), 0
        turn = _advance(learner, _event(tx, incoming), curriculum, now)
        if ForgetMe() in turn.effects:
            begun, done = begin(tx, self._turns, learner, Why.ASKED, now)
            return done, begun
        return self._turns.carry_out(tx, learner, turn, now, self._entry(learner, incoming, turn)), 0

    def _entry(self, learner: Learner, incoming: Incoming, turn: Turn) -> NewEntry:
        """What they said, for the record. A press is kept as the words it sent, or as those on the button."""
        if isinstance(incoming.event, TextSent):
            text = incoming.event.kept
        else:
            sent = [effect.text for effect in turn.effects if isinstance(effect, TellHelper)]
            text = sent[0] if sent else clean(incoming.label)
        said = self._turns.entries.renderer.said(text, language=learner.state.language)
        message = Message(said=said, media=incoming.media)
        entry = NewEntry(incoming.address, Author.LEARNER, message, incoming.at, learner=learner.id, ref=incoming.ref)
        return replace(entry, source=incoming.source)

    def _says_the_same(self, tx: Transaction, learner: Learner, incoming: Incoming) -> bool:
        """Whether an edit changes no word of what they said."""
        if not (incoming.edited and isinstance(incoming.event, TextSent)):
            return False
        said = self._turns.entries.renderer.said(incoming.event.kept, language=learner.state.language)
        return said in tx.record.said_at(incoming.address, incoming.ref)

    def _nothing_kept(self, incoming: Incoming) -> Done:
        """They pressed twice to be forgotten: that must not make them somebody new."""
        return Done(self._turns.entries.renderer.words(Reply("nothing_kept"), incoming.language))

    async def _forget(self, erasure: int, now: datetime) -> None:
        """Should the store fail us now, it is done later: see `runtime.housekeeping`."""
        try:
            await self.eraser.finish(erasure, now)
        except StoreUnavailable:
            log.warning("Somebody is forgotten a little later.", extra={"action": "erasure_waits"})


def _is_urgent(incoming: Incoming) -> bool:
    """Whether somebody in trouble speaks: they are always heard."""
    return isinstance(incoming.event, TextSent) and bool(signs(incoming.event.text))


def _asks_to_forget(event: Event) -> bool:
    return isinstance(event, ChoicePicked) and split(event.action)[0] == FORGET


def _advance(learner: Learner, event: Event, curriculum: Curriculum, now: datetime) -> Turn:
    """The engine's turn. Should the engine have a bug, the learner is led to the menu instead of into silence."""
    try:
        return engine.advance(learner.state, event, curriculum, now)
    except Exception as bug:
        what = kind_and_place(bug)
        log.error("A turn went wrong (%s); the learner was led to the menu.", what, extra={"action": "turn_recovered"})
        return aside.recover(learner.state, curriculum, now)


def safe(event: Event) -> Event:
    """The event with its words safe to show, and with what of them may be kept: everything that is secret is hidden."""
    if not isinstance(event, TextSent):
        return event
    text = clean(event.text)
    found = redact(text)
    return TextSent(text, found.text if found.kinds else "")


def _event(tx: Transaction, incoming: Incoming) -> Event:
    """What happened. The parts of an album come one by one, and only the first of them is answered."""
    event, media = incoming.event, incoming.media
    if not isinstance(event, MediaSent) or media is None or not media.album:
        return event
    return replace(event, more=not tx.first_time(f"{incoming.address.channel}:album:{media.album}", incoming.at))
