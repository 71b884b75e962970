"""A ticket and its life: waiting -> claimed -> closed, with ways back to waiting. Pure.

The store makes each step a conditional update (it changes the row only if the row still is as the step expects), so of
two helpers who claim at once one wins, and the other is told who has it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tutorbot.desk.helper import Helper
from tutorbot.tutor.replies import OpenTicket

REOPENS = timedelta(days=7)  # how long a learner can come back with a closed ticket


class Status(StrEnum):
    """Where a ticket is in its life."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a ticket ended."""

    SOLVED = "solved"  # by a helper: this one and the next three
    REFERRED = "referred"  # gone to another service
    NO_ANSWER = "no_answer"  # the learner wrote no more
    NO_HELP = "no_help"  # could not help
    CANCELLED = "cancelled"  # the learner took the question back before a helper came
    WENT_ON = "went_on"  # the learner went back to the lesson


HELPERS_OUTCOMES = (Outcome.SOLVED, Outcome.REFERRED, Outcome.NO_ANSWER, Outcome.NO_HELP)
"""Those that a helper can choose."""


class Timer(StrEnum):
    """What happens next if nobody acts: see `desk.timers`."""

    REMIND = "remind"  # the helper who has it
    RETURN = "return"  # to the queue
    TELL = "tell"  # the coordinators, and the learner


@dataclass(frozen=True, slots=True)
class Ticket:
    """One escalation."""

    id: int
    learner: int
    status: Status
    opening: OpenTicket  # why, and what the learner was looking at
    opened_at: datetime
    helper: Helper | None = None  # who has it, or had it when it was closed; of them only id and name are told
    claimed_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: Outcome | None = None
    rating: str = ""
    thread: str = ""  # its topic in the helpers' group; "" until one is made
    card_ref: str = ""  # the briefing message in the helpers' group, once it was sent
    group: int = 0  # who handles it
    chat: str = ""  # channel:id of that group's chat; "": the web desk alone
    carded: bool = True  # its briefing was written into that chat; False: there are too many, see `desk.routing`
    urgent: bool = False  # goes before all others
    returned: int = 0  # times it went back to the queue
    reopened: int = 0  # times the learner came back with it
    last_helper: Helper | None = None  # who had it before; of them only id and name are told
    waiting_since: datetime | None = None  # when it last came into the queue
    first_reply_at: datetime | None = None
    timer: Timer | None = None  # what happens next if nobody acts
    timer_at: datetime | None = None  # and when

    @property
    def title(self) -> str:
        """What the ticket is called: `#27 Ann · Spot a fake email`."""
        about = f" · {self.opening.title}" if self.opening.title else ""
        return f"#{self.id} {self.opening.alias}".rstrip() + about

    @property
    def since(self) -> datetime:
        """When it came into the queue."""
        return self.waiting_since or self.opened_at

    def belongs_to(self, helper: Helper) -> bool:
        """Whether this helper is the one who answers now."""
        return self.status is Status.CLAIMED and self.helper is not None and self.helper.id == helper.id

    def comes_back(self, opening: OpenTicket, now: datetime) -> bool:
        """Whether a new question goes on with this closed ticket: the same lesson, and not long ago."""
        lately = self.closed_at is not None and now - self.closed_at < REOPENS
        return lately and bool(opening.lesson) and opening.lesson == self.opening.lesson
