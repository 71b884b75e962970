"""What the helpers' desk needs of the store, as protocols: the other half of `ports`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from tutorbot.desk.audit import Act, Audited
from tutorbot.desk.group import Group
from tutorbot.desk.helper import Helper
from tutorbot.desk.tally import Spell
from tutorbot.desk.ticket import Outcome, Ticket
from tutorbot.desk.timers import Next
from tutorbot.messages.message import Message
from tutorbot.runtime.values import Address, Entry, Held
from tutorbot.tutor.replies import OpenTicket, Rating


class Tickets(Protocol):
    """Tickets. Every step is a conditional update."""

    def open(self, learner_id: int, opening: OpenTicket, now: datetime) -> Ticket:
        """A new waiting ticket of the learner's group; the open one if the learner already has one."""
        ...

    def get(self, ticket_id: int) -> Ticket | None:
        """The ticket of this id."""
        ...

    def open_of(self, learner_id: int) -> Ticket | None:
        """The learner's ticket that is not closed."""
        ...

    def closed_of(self, learner_id: int) -> Ticket | None:
        """The learner's ticket that was closed last."""
        ...

    def of_thread(self, chat: str, thread: str) -> Ticket | None:
        """The newest ticket of this topic of a helpers' chat, as channel:id."""
        ...

    def of_helper(self, helper_id: int) -> Sequence[Ticket]:
        """Those that a helper has now."""
        ...

    def list(self, group_id: int = 0, *, closed: bool = False, limit: int = 100) -> Sequence[Ticket]:
        """A group's (0: all) open tickets, urgent ones first, then longest waiting; or closed ones, newest first."""
        ...

    def waiting_before(self, ticket: Ticket) -> int:
        """How many waiting tickets of its group come before it."""
        ...

    def without_card(self, limit: int = 100) -> Sequence[Ticket]:
        """Waiting tickets whose card is not in their group's chat: group by group, those to be dealt first first."""
        ...

    def cards(self, group_id: int) -> int:
        """How many waiting tickets of a group have their card in its chat."""
        ...

    def spells(self, group_id: int, since: datetime) -> Sequence[Spell]:
        """What is counted of a group's tickets: those that are open, or were at some time since."""
        ...

    def due(self, now: datetime, limit: int = 100) -> Sequence[int]:
        """The ids of tickets whose timer is to fire, the oldest timer first."""
        ...

    def claim(self, ticket_id: int, helper: Helper, now: datetime) -> bool:
        """Give a waiting ticket to a helper. False if it was not waiting: somebody else was first."""
        ...

    def release(self, ticket_id: int, helper: Helper, now: datetime) -> bool:
        """Put a ticket back in the queue. False if this helper did not have it."""
        ...

    def transfer(self, ticket_id: int, helper: Helper, to: Helper, now: datetime) -> bool:
        """Give a ticket from one helper to another. False if the first did not have it."""
        ...

    def hand_over(self, ticket_id: int, group_id: int, now: datetime) -> bool:
        """Put an open ticket in another group's queue, without a topic. False if it is closed, or there already."""
        ...

    def close(self, ticket_id: int, outcome: Outcome, now: datetime) -> bool:
        """Close an open ticket. False if it was closed already."""
        ...

    def reopen(self, ticket_id: int, learner_id: int, opening: OpenTicket, after: datetime, now: datetime) -> bool:
        """Put the learner's closed ticket in the queue again. False if it is open, or was closed before `after`."""
        ...

    def replied(self, ticket_id: int, now: datetime) -> None:
        """The learner got an answer: nothing runs against the helper now."""
        ...

    def set_urgent(self, ticket_id: int) -> bool:
        """Put an open ticket before all others. False if it was urgent already."""
        ...

    def set_timer(self, ticket_id: int, timer: Next | None) -> None:
        """What happens next to an open ticket if nobody acts, and when."""
        ...

    def fired(self, ticket: Ticket) -> bool:
        """Take a ticket's timer off. False if it is not the one that was seen: it fired already, or somebody acted."""
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

    def set_carded(self, ticket_id: int, carded: bool) -> bool:
        """Note whether the ticket's card was written into its group's chat. False if that was noted already."""
        ...


class Helpers(Protocol):
    """Helpers: who is at the desk, what they may do, when they are there."""

    def at(self, address: Address, name: str, now: datetime) -> Helper:
        """The helper of this address, made if new; name and when they were seen are brought up to date."""
        ...

    def get(self, helper_id: int) -> Helper | None:
        """The helper of this id, whether or not they have joined."""
        ...

    def of_address(self, address: Address) -> Helper | None:
        """The helper of this address, whether or not they have joined."""
        ...

    def of_group(self, group_id: int) -> Sequence[Helper]:
        """Those who have joined this group and not left it, longest known first."""
        ...

    def address_of(self, helper_id: int) -> Address:
        """Where they can be told something alone."""
        ...

    def join(self, helper_id: int, group_id: int, now: datetime) -> None:
        """They have joined the desk of this group, and are here."""
        ...

    def leave(self, helper_id: int, now: datetime) -> bool:
        """They have left the desk. False if they were not there."""
        ...

    def name(self, helper_id: int, own: str) -> None:
        """The first name that they chose; "": the one that the channel tells."""
        ...

    def save(self, helper: Helper) -> None:
        """Write all that may change of somebody who has joined: role, group, presence, languages, hours."""
        ...


class Groups(Protocol):
    """Local groups. There is always one: the oldest, which is everybody's who belongs to no other."""

    def list(self) -> Sequence[Group]:
        """All groups, the oldest first."""
        ...

    def get(self, group_id: int) -> Group | None:
        """The group of this id; 0 is the oldest."""
        ...

    def of_invite(self, invite: str) -> Group | None:
        """The group whose invite link holds this word."""
        ...

    def of_chat(self, chat: str) -> Group | None:
        """The group whose helpers talk in this chat, as channel:id."""
        ...

    def add(self, group: Group, now: datetime) -> int:
        """A new group; its id."""
        ...

    def save(self, group: Group) -> None:
        """Write all that may change of it."""
        ...


class Signing(Protocol):
    """How helpers sign in to the web desk: one-time links, and the sessions that they open. Only digests are kept."""

    def add_link(self, helper_id: int, digest: str, expires_at: datetime) -> None:
        """Keep the digest of a one-time link that signs in this helper."""
        ...

    def use_link(self, digest: str, now: datetime) -> int | None:
        """The helper of a link not used and not expired; it is used from now on."""
        ...

    def open(self, helper_id: int, digest: str, expires_at: datetime) -> None:
        """A session begins."""
        ...

    def helper_of(self, digest: str, now: datetime) -> int | None:
        """The helper of a session that has not ended."""
        ...

    def close(self, digest: str) -> None:
        """A session ends."""
        ...

    def revoke(self, helper_id: int) -> int:
        """All sessions of a helper end, and links not yet used are worth nothing; how many sessions."""
        ...

    def forget(self, now: datetime) -> int:
        """Forget sessions and links that have ended; how many."""
        ...


class HeldAnswers(Protocol):
    """Answers of helpers that are held until they press a second time."""

    def add(self, ticket_id: int, helper_id: int, message: Message, source: str, now: datetime) -> int:
        """Hold an answer; its number."""
        ...

    def get(self, held_id: int) -> Held | None:
        """The answer of this number, if it is still held."""
        ...

    def of_ticket(self, ticket_id: int) -> Sequence[Held]:
        """What is held of a ticket, oldest first."""
        ...

    def drop(self, held_id: int) -> bool:
        """It is held no more. False if it was not: somebody pressed twice."""
        ...


class Doubts(Protocol):
    """Answers of helpers of which nobody knows whether they have arrived, until a helper says what is done."""

    def get(self, entry_id: int) -> Entry | None:
        """The answer of this number, if it is in doubt."""
        ...

    def of_ticket(self, ticket_id: int) -> Sequence[Entry]:
        """Those of a ticket, oldest first."""
        ...

    def send_again(self, entry_ids: Sequence[int], now: datetime) -> None:
        """They are owed once more, and in doubt no longer."""
        ...

    def settle(self, entry_ids: Sequence[int], now: datetime) -> None:
        """They have arrived, or it does not matter any more."""
        ...


class Audit(Protocol):
    """Every act at the desk: who, what, when; never what was said."""

    def add(self, act: Act, now: datetime, helper: Helper | None, ticket: int | None = None, detail: str = "") -> None:
        """Write an act down. `helper`: None for the learner; `detail`: a word of ours."""
        ...

    def of_ticket(self, ticket_id: int) -> Sequence[Audited]:
        """What was done about a ticket, oldest first."""
        ...

    def since(self, moment: datetime, group: int | None = None) -> Sequence[Audited]:
        """What was done since then in this group, or in all; oldest first."""
        ...
