"""What the store offers for people's rights, as protocols. See `tutorbot.runtime.ports`.

Everything that removes something adds it to the counts first, in the same transaction.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from tutorbot.desk.tally import Counted, Tally
from tutorbot.desk.ticket import Ticket
from tutorbot.runtime.rights.values import Erasure, Kept, Old, Outside, Why
from tutorbot.runtime.values import Address, Learner
from tutorbot.tutor.keep import Keep


class Erasures(Protocol):
    """Learners who are being forgotten."""

    def begin(self, learner: Learner, why: Why, now: datetime) -> int:
        """From now on their addresses lead nowhere: whoever writes from there is somebody new. The erasure's id."""
        ...

    def unfinished(self) -> Sequence[int]:
        """The erasures that have not come to their end."""
        ...

    def get(self, erasure_id: int) -> Erasure | None:
        """The erasure, for us alone until the transaction ends; None if it has come to its end."""
        ...

    def keep(self, erasure: Erasure) -> None:
        """Keep how far it is."""
        ...

    def finish(self, erasure: Erasure, now: datetime) -> None:
        """Forget who it was about; only the numbers stay."""
        ...

    def drop_talk(self, learner_id: int, limit: int) -> tuple[int, int]:
        """Remove entries; how many, and how many of them the learner has seen."""
        ...

    def tickets(self, learner_id: int, limit: int) -> Sequence[Ticket]:
        """Tickets of theirs."""
        ...

    def drop_answers(self, erasure: Erasure, limit: int) -> int:
        """Remove answers; how many."""
        ...

    def drop_lessons(self, erasure: Erasure) -> int:
        """Remove how far they came with lessons and skills; with how many lessons."""
        ...

    def drop_learner(self, learner_id: int) -> None:
        """Remove the learner, and whatever is still kept about them."""
        ...


class Retention(Protocol):
    """What was kept for as long as we say. `limit`: how many at once, so that nobody waits long."""

    def tickets(self, keep: Keep, now: datetime, limit: int) -> Sequence[Ticket]:
        """Closed tickets that are old enough."""
        ...

    def outside(self, ticket: Ticket) -> Outside:
        """What stands of a ticket in helpers' chats, of groups that had it before, too."""
        ...

    def drop_ticket(self, ticket: Ticket) -> int:
        """Remove a ticket and all that was said under it; how many messages of those that the learner has seen."""
        ...

    def drop_talk(self, keep: Keep, now: datetime, after: int, limit: int) -> tuple[int, int | None]:
        """Remove old entries without a ticket, looking at `limit` of them above the id `after`.

        How many, and up to which id it looked; None if the rest is not old.
        """
        ...

    def drop_goodbyes(self, before: datetime, limit: int) -> int:
        """Remove the last words to learners who were forgotten before this; how many."""
        ...

    def learners(self, keep: Keep, now: datetime, limit: int) -> Sequence[int]:
        """Learners who have not come back for so long."""
        ...

    def drop_acts(self, keep: Keep, now: datetime, limit: int) -> int:
        """Remove old acts of the audit; how many."""
        ...

    def old(self, keep: Keep, now: datetime) -> Old:
        """How much would be removed now."""
        ...


class Counts(Protocol):
    """How often something happened, of all that was removed since."""

    def add(self, day: date, group: int, what: Counted, about: str = "", number: int = 1) -> None:
        """It happened so many times more on this day."""
        ...

    def since(self, day: date, group: int | None = None) -> Sequence[Tally]:
        """All of them since this day, this one too; of one group, or of all."""
        ...


class Copies(Protocol):
    """What is kept, for the one it is about."""

    def of(self, address: Address) -> Kept | None:
        """All that is kept about the learner of this address; None if that is nobody."""
        ...
