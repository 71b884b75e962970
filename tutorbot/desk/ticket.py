"""A ticket and its life: waiting -> claimed -> closed, with the way back to waiting. Pure.

The store makes each step a conditional update (it changes the row only if the row still is as the step expects), so of
two helpers who claim at once one wins, and the other is told who has it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tutorbot.tutor.replies import OpenTicket


class Status(StrEnum):
    """Where a ticket is in its life."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a ticket ended."""

    SOLVED = "solved"  # a helper closed it
    CANCELLED = "cancelled"  # the learner took the question back before a helper came
    WENT_ON = "went_on"  # the learner went back to the lesson


@dataclass(frozen=True, slots=True)
class Helper:
    """A volunteer at the desk."""

    id: int
    name: str  # first name, shown to learners


@dataclass(frozen=True, slots=True)
class Ticket:
    """One escalation."""

    id: int
    learner: int
    status: Status
    opening: OpenTicket  # why, and what the learner was looking at
    opened_at: datetime
    helper: Helper | None = None  # who has it, or had it when it was closed
    claimed_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: Outcome | None = None
    rating: str = ""
    thread: str = ""  # its topic in the helpers' group; "" until one is made
    card_ref: str = ""  # the briefing message in the helpers' group, once it was sent

    @property
    def title(self) -> str:
        """What the ticket is called: `#27 Ann · Spot a fake email`."""
        about = f" · {self.opening.title}" if self.opening.title else ""
        return f"#{self.id} {self.opening.alias}".rstrip() + about

    def belongs_to(self, helper: Helper) -> bool:
        """Whether this helper is the one who answers now."""
        return self.status is Status.CLAIMED and self.helper is not None and self.helper.id == helper.id
