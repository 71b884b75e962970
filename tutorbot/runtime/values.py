"""What goes in and out of a store: addresses, learners, entries of the record, messages owed. Plain data.

Frozen values, so that the shell can be tested with hand-made fakes and a store can be swapped. See `ports`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tutorbot.messages.message import Message
from tutorbot.tutor.state import LearnerState

PULLED = frozenset({"web", "terminal", "desk"})
"""Channels whose pages read the record themselves: nothing is owed to them."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody is reached on one channel. Never shown to anybody."""

    channel: str  # "telegram", "web", "terminal"
    id: str

    def __str__(self) -> str:
        """One word for it, as in the store: `telegram:123`."""
        return f"{self.channel}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Address":
        """The address that `str` wrote."""
        channel, _, id_ = text.partition(":")
        return cls(channel, id_)


@dataclass(frozen=True, slots=True)
class Haste:
    """How fast somebody wrote lately: see `limits`."""

    fresh_at: datetime | None = None  # when that is forgotten; None: it is
    told: bool = False  # that they are too fast


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner, loaded for change: nobody else changes them until the transaction ends."""

    id: int
    address: Address  # where they wrote from last, and so where we answer
    state: LearnerState
    haste: Haste = Haste()


class Author(StrEnum):
    """Who wrote an entry of the record."""

    LEARNER = "learner"
    TUTOR = "tutor"
    HELPER = "helper"
    NOTE = "note"  # a helper's note to helpers: a learner never sees it
    DESK = "desk"  # ours, to the helpers: briefings and what happened


class Kind(StrEnum):
    """What is owed to the other side."""

    SAY = "say"  # send the message
    REPLACE = "replace"  # put it in the place of an earlier one (`ref`); where that cannot be, send it
    CLOSE_THREAD = "close_thread"  # say it in the topic `ref`, if it says anything, and close that; "": the ticket's
    DELETE_THREAD = "delete_thread"  # delete the topic `ref` with all that stands in it
    EDIT = "edit"  # put it in the place of our entry `of`, whose id on the channel is looked up when it is sent
    DELETE = "delete"  # take our entry `of` away, or where its row is gone, the message `ref`


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be written: one message of the record, and if `owed` also of the outbox."""

    to: Address  # whose chat it stands in: the learner's, or the helpers' group
    author: Author
    message: Message
    at: datetime
    learner: int | None = None
    ticket: int | None = None
    name: str = ""  # first name of the helper who wrote it
    owed: bool = False  # has to be sent by a transport
    kind: Kind = Kind.SAY
    ref: str = ""  # the channel's own id: of the message that came in; of the one to answer, or for REPLACE to replace
    source: str = ""  # the message that it passes on, as channel:chat:id, so that edits find it
    of: int = 0  # for EDIT and DELETE: the entry that it is about


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the record, as it was written. With Kind.REPLACE it stands in for our message before it."""

    id: int  # grows with time
    author: Author
    message: Message
    at: datetime
    name: str = ""
    ticket: int | None = None
    kind: Kind = Kind.SAY
    of: int = 0  # for EDIT and DELETE: the entry that it is about; see `settled`


@dataclass(frozen=True, slots=True)
class Owed:
    """A message of the outbox: owed to `to`, in the order of `id`, and leased to one sender until `until`."""

    id: int
    to: Address
    kind: Kind
    message: Message
    until: datetime
    author: Author = Author.TUTOR
    ref: str = ""  # the channel's own id of the message to answer, or for REPLACE of the one to replace
    ticket: int | None = None
    tries: int = 0
    unsure: bool = False  # an earlier try may have reached them
    of: int = 0  # for EDIT and DELETE: the entry that it is about


SHOWN_FROM = 2  # times from which on a word that was asked for is shown to authors: once, it may tell of a person


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word that learners asked for and that we could not explain."""

    word: str
    language: str
    times: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Lease:
    """Who will send what is owed, and until when nobody else may."""

    worker: str
    until: datetime


LAST_BACKUP = "backup"
"""Under this key the store remembers when the last backup was made, in ISO 8601."""


@dataclass(frozen=True, slots=True)
class Pile:
    """How many of something wait, and since when the first of them does."""

    count: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """A helper's answer that waits until they press a second time, because of what stands in it."""

    id: int
    ticket: int
    helper: int
    message: Message
    source: str = ""

    @property
    def text(self) -> str:
        """What they wrote."""
        return self.message.said


def settled(entries: Sequence[Entry]) -> list[Entry]:
    """Entries as they read now: what was edited has its last words, what was taken back is gone."""
    last = {entry.of: entry for entry in entries if entry.kind in (Kind.EDIT, Kind.DELETE)}
    kept = (entry for entry in entries if entry.kind not in (Kind.EDIT, Kind.DELETE))
    changed = ((entry, last.get(entry.id)) for entry in kept)
    return [
        replace(entry, message=change.message) if change else entry
        for entry, change in changed
        if change is None or change.kind is Kind.EDIT
    ]
