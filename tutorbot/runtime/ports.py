"""What the shell needs from the outside, as protocols: a store with transactions, and a transport for each channel.

Everything here is plain data, so that the shell can be tested with hand-made fakes and a store can be swapped. What the
helpers' desk needs of the store is in `desk_ports`, what people's rights need in `rights.ports`.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from tutorbot.runtime.desk_ports import Audit, Doubts, Groups, HeldAnswers, Helpers, Signing, Tickets
from tutorbot.runtime.rights.ports import Copies, Counts, Erasures, Retention
from tutorbot.runtime.values import Address, AskedWord, Author, Entry, Learner, Lease, NewEntry, Owed, Pile
from tutorbot.tutor.replies import AskedForWord, FinishLesson, PractiseSkill, RecordAttempt, StartLesson

T = TypeVar("T")
Duty = Callable[[bool], Coroutine[Any, Any, None]]
Progressing = RecordAttempt | StartLesson | FinishLesson | PractiseSkill


class Learners(Protocol):
    """Learners and how far they are."""

    def at(self, address: Address, language: str, now: datetime) -> Learner:
        """The learner of this address, locked; made, with this language, if there is none."""
        ...

    def get(self, learner_id: int) -> Learner:
        """The learner of this id, locked where we write, with the address used last. KeyError if there is none."""
        ...

    def save(self, learner: Learner, now: datetime) -> None:
        """Write the learner's state; `now` is when they were last seen."""
        ...

    def known(self, address: Address) -> bool:
        """Whether anything is kept about whoever writes from this address."""
        ...

    def note(self, learner_id: int, effect: Progressing, now: datetime) -> None:
        """Write an attempt, or how far the learner is with a lesson or a skill."""
        ...

    def mark_reachable(self, address: Address, reachable: bool) -> None:
        """Note that the channel cannot reach this address any more (blocked, gone), or can again."""
        ...

    def set_group(self, learner_id: int, group_id: int) -> None:
        """They belong to this group from now on: its helpers get their questions."""
        ...

    def group_of(self, learner_id: int) -> int:
        """The group whose helpers get their questions; 0: the oldest."""
        ...

    def block(self, learner_id: int, why: str, now: datetime) -> None:
        """A helper stopped their questions."""
        ...

    def unblock(self, learner_id: int) -> None:
        """They may ask again."""
        ...


class Record(Protocol):
    """What was said, by whom: the transcript, and with `owed` the outbox."""

    def write(self, entries: Sequence[NewEntry], lease: Lease | None = None) -> Sequence[Owed]:
        """Write entries, in this order. Returns those owed that the lease-holder may send at once.

        They are leased unless their chat still owes something older that is not leased to the same worker.
        """
        ...

    def of_chat(self, address: Address, after: int = 0, limit: int = 200) -> Sequence[Entry]:
        """One chat without notes: the newest `limit` entries with an id above `after`, oldest first."""
        ...

    def of_ticket(self, ticket_id: int, after: int = 0) -> Sequence[Entry]:
        """What learner and helpers wrote under a ticket, notes included, oldest first; nothing of Author.DESK."""
        ...

    def ticket_of_ref(self, address: Address, ref: str) -> int | None:
        """The ticket of the entry with this channel's own id in this chat, or with a part that has it."""
        ...

    def of_source(self, source: str, author: Author = Author.HELPER) -> Entry | None:
        """The entry that passes this message on: a helper's answer, a learner's words, or our line to the helpers."""
        ...

    def said_at(self, address: Address, ref: str) -> Sequence[str]:
        """What a learner said in this message of theirs, as it reads now: its words, or those below a picture."""
        ...

    def sent_with(self, entry_id: int) -> Sequence[Entry]:
        """All that stands in the message in which an entry was delivered, as it reads now; nothing if it was not."""
        ...

    def ref_of(self, entry_id: int, address: Address) -> str:
        """The channel's own ids of an entry in this chat, as it reads now; "" if it was not delivered there."""
        ...


class Outbox(Protocol):
    """The messages owed, from the sender's side."""

    def claim(self, channels: Sequence[str], lease: Lease, now: datetime, limit: int = 100) -> Sequence[Owed]:
        """Lease what is due and not leased, in order; nothing of a chat whose older message must wait."""
        ...

    def begin(self, entry_ids: Sequence[int], worker: str) -> bool:
        """They are being sent, and until more is known may have arrived. False if not all are leased to this worker."""
        ...

    def sent(self, entry_ids: Sequence[int], ref: str, now: datetime) -> None:
        """They were delivered as one message; `ref` is the channel's own id for it."""
        ...

    def put_off(self, entry_id: int, due: datetime, error: str, *, unsure: bool) -> None:
        """It was not delivered; free to be leased again when due. `unsure`: it may have been, all the same."""
        ...

    def let_go(self, entry_ids: Sequence[int]) -> None:
        """Give leases back unused."""
        ...

    def give_up(self, entry_id: int, error: str, now: datetime) -> None:
        """It will never be delivered."""
        ...

    def free_others(self, worker: str) -> None:
        """Take back every lease but this worker's, which alone may send now."""
        ...

    def next_due(self, channels: Sequence[str]) -> datetime | None:
        """When the first message of some chat is due, or its lease ends; None if nothing is owed."""
        ...


class Words(Protocol):
    """Words that learners asked for and that we could not explain. Who asked is not kept."""

    def count(self, asked: AskedForWord, now: datetime) -> None:
        """Somebody asked for this word."""
        ...

    def asked(self, least: int) -> Sequence[AskedWord]:
        """The words that were asked for so often or more, those asked for most first."""
        ...

    def forget(self, before: datetime) -> int:
        """Forget words that nobody has asked for since; how many."""
        ...


class Upkeep(Protocol):
    """For those who look after the house."""

    def owed(self, before: datetime) -> Pile:
        """The messages owed that were written before this moment."""
        ...

    def set_aside(self, before: datetime, why: str, now: datetime) -> int:
        """Never send what was written before this moment and is still owed; how many messages that are."""
        ...

    def waiting(self) -> Pile:
        """The tickets that nobody has taken."""
        ...

    def check(self) -> None:
        """Make sure that a turn could be kept now. SchemaMismatch if the database is older than this program."""
        ...


class Transaction(Protocol):
    """One unit of work: everything done through it happens, or none of it."""

    @property
    def learners(self) -> Learners: ...
    @property
    def record(self) -> Record: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def tickets(self) -> Tickets: ...
    @property
    def helpers(self) -> Helpers: ...
    @property
    def words(self) -> Words: ...
    @property
    def upkeep(self) -> Upkeep: ...
    @property
    def groups(self) -> Groups: ...
    @property
    def signing(self) -> Signing: ...
    @property
    def held(self) -> HeldAnswers: ...
    @property
    def doubts(self) -> Doubts: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def erasures(self) -> Erasures: ...
    @property
    def retention(self) -> Retention: ...
    @property
    def counts(self) -> Counts: ...
    @property
    def copies(self) -> Copies: ...

    def first_time(self, key: str, now: datetime) -> bool:
        """Whether this event is new; from now on it is not. Keys are unique over all channels."""
        ...

    def forget_events(self, before: datetime) -> int:
        """Forget events older than this, which no channel repeats any more; how many."""
        ...

    def tell(self, *topics: str) -> None:
        """Something has changed that no entry tells of: pages of other processes look again after the commit."""
        ...

    def setting(self, key: str) -> str | None:
        """Something the program itself remembers, as the polling offset or a group's new id."""
        ...

    def remember(self, key: str, value: str) -> None:
        """Remember it."""
        ...


class Store(Protocol):
    """A database. Synchronous work is handed in; where it runs is the store's business."""

    async def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction, committed when this returns. StoreUnavailable if the store is down.

        `work` may be run again where others got in its way, so it changes nothing but through its transaction.
        """
        ...

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work`, which only reads, beside the writers."""
        ...

    async def lead(self, duty: Duty, stop: asyncio.Event) -> None:
        """Do what only one of all processes may do at a time: `duty` runs while this process is that one.

        It is told whether it may follow on another process. It is cancelled when the lead is lost, and run anew when
        the lead is ours again. Returns when it has come to its own end, or with `stop` while another process leads.
        """
        ...

    async def follow(self, heard: Callable[[Sequence[str]], None], stop: asyncio.Event) -> None:
        """Until `stop`, call `heard` with the bells of what other processes write: see `runtime.live`."""
        ...


class Transport(Protocol):
    """The way out to one channel. Raises TransportError, which says whether to try again."""

    async def send(self, owed: Owed) -> str:
        """Deliver one owed message; the channel's own id for it."""
        ...


class Pace(Protocol):
    """How fast a channel may be sent to."""

    async def wait(self, address: Address, count: int = 1) -> None:
        """Wait until so many messages may go to this chat."""
        ...

    def is_group(self, address: Address) -> bool:
        """Whether this chat has so small a budget that short messages are put together."""
        ...
