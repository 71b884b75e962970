"""What the shell needs from the outside, as protocols: a store with transactions, and a transport for each channel.

Everything here is plain data, so that the shell can be tested with hand-made fakes and a store can be swapped.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from tutorbot.desk.ticket import Helper, Outcome, Ticket
from tutorbot.runtime.values import Address, AskedWord, Entry, Learner, Lease, NewEntry, Owed, Pile
from tutorbot.tutor.replies import (
    AskedForWord,
    FinishLesson,
    OpenTicket,
    PractiseSkill,
    Rating,
    RecordAttempt,
    StartLesson,
)

T = TypeVar("T")
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

    def note(self, learner_id: int, effect: Progressing, now: datetime) -> None:
        """Write an attempt, or how far the learner is with a lesson or a skill."""
        ...

    def mark_reachable(self, address: Address, reachable: bool) -> None:
        """Note that the channel cannot reach this address any more (blocked, gone), or can again."""
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
        """The ticket of the entry with this channel's own id in this chat."""
        ...


class Outbox(Protocol):
    """The messages owed, from the sender's side."""

    def claim(self, channels: Sequence[str], lease: Lease, now: datetime, limit: int = 100) -> Sequence[Owed]:
        """Lease what is due and not leased, in order; nothing of a chat whose older message must wait."""
        ...

    def sent(self, entry_ids: Sequence[int], ref: str, now: datetime) -> None:
        """They were delivered as one message; `ref` is the channel's own id for it."""
        ...

    def put_off(self, entry_id: int, due: datetime, error: str, *, unsure: bool) -> None:
        """It was not delivered; free to be leased again when due."""
        ...

    def let_go(self, entry_ids: Sequence[int]) -> None:
        """Give leases back unused."""
        ...

    def give_up(self, entry_id: int, error: str, now: datetime) -> None:
        """It will never be delivered."""
        ...

    def free_all(self) -> None:
        """Take back every lease: only when no other sender can be running."""
        ...

    def next_due(self, channels: Sequence[str]) -> datetime | None:
        """When the first message of some chat is due, or its lease ends; None if nothing is owed."""
        ...


class Tickets(Protocol):
    """Tickets. Every step is a conditional update."""

    def open(self, learner_id: int, opening: OpenTicket, now: datetime) -> Ticket:
        """A new waiting ticket; the open one if the learner already has one."""
        ...

    def get(self, ticket_id: int) -> Ticket | None:
        """The ticket of this id."""
        ...

    def open_of(self, learner_id: int) -> Ticket | None:
        """The learner's ticket that is not closed."""
        ...

    def of_thread(self, thread: str) -> Ticket | None:
        """The newest ticket of this topic of the helpers' group."""
        ...

    def list(self, *, closed: bool = False, limit: int = 100) -> Sequence[Ticket]:
        """Open tickets, longest waiting first; or closed ones, newest first."""
        ...

    def waiting_before(self, ticket: Ticket) -> int:
        """How many waiting tickets are older."""
        ...

    def claim(self, ticket_id: int, helper: Helper, now: datetime) -> bool:
        """Give a waiting ticket to a helper. False if it was not waiting: somebody else was first."""
        ...

    def release(self, ticket_id: int, helper: Helper) -> bool:
        """Put a ticket back in the queue. False if this helper did not have it."""
        ...

    def close(self, ticket_id: int, outcome: Outcome, now: datetime) -> bool:
        """Close an open ticket. False if it was closed already."""
        ...

    def rate(self, ticket_id: int, learner_id: int, rating: Rating) -> None:
        """Keep the learner's rating of their own ticket."""
        ...

    def set_thread(self, ticket_id: int, thread: str) -> None:
        """Keep (or with "" forget) the ticket's topic in the helpers' group."""
        ...

    def set_card_ref(self, ticket_id: int, ref: str) -> None:
        """Keep the id of the ticket's briefing in the helpers' group."""
        ...


class Helpers(Protocol):
    """Helpers and how they sign in to the web desk."""

    def at(self, address: Address, name: str, now: datetime) -> Helper:
        """The helper of this address, made if new; name and when they were seen are brought up to date."""
        ...

    def about(self, since: datetime) -> int:
        """How many helpers were seen later than this."""
        ...

    def add_link(self, name: str, digest: str, expires_at: datetime) -> None:
        """Keep the digest of a one-time link that signs in the helper of this name."""
        ...

    def use_link(self, digest: str, now: datetime) -> str | None:
        """The name in a link not used and not expired; it is used from now on."""
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

    def first_time(self, key: str, now: datetime) -> bool:
        """Whether this event is new; from now on it is not. Keys are unique over all channels."""
        ...

    def forget_events(self, before: datetime) -> int:
        """Forget events older than this, which no channel repeats any more; how many."""
        ...

    def setting(self, key: str) -> str | None:
        """Something the program itself remembers, as the polling offset or a group's new id."""
        ...

    def remember(self, key: str, value: str) -> None:
        """Remember it."""
        ...


class Store(Protocol):
    """A database. Synchronous work is handed in; where it runs is the store's business."""

    @property
    def exclusive(self) -> bool:
        """Whether no second program can share it: whoever starts may take back every lease."""
        ...

    async def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction, committed when this returns. StoreUnavailable if the store is down.

        `work` may be run again where others got in its way, so it changes nothing but through its transaction.
        """
        ...

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work`, which only reads, beside the writers."""
        ...


class Transport(Protocol):
    """The way out to one channel. Raises TransportError, which says whether to try again."""

    async def send(self, owed: Owed) -> str:
        """Deliver one owed message; the channel's own id for it."""
        ...
