"""What is written down of every act at the desk: who, what, when; never what was said. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """One word for each act. Those of a timer name the helper whom they concern."""

    CLAIMED = "claimed"
    RELEASED = "released"
    CLOSED = "closed"  # detail: the outcome
    REOPENED = "reopened"  # by the learner
    REPLIED = "replied"
    NOTED = "noted"
    EDITED = "edited"
    UNSENT = "unsent"
    HELD = "held"
    SENT_HELD = "sent_held"
    DROPPED_HELD = "dropped_held"
    SENT_AGAIN = "sent_again"  # of an answer that may not have arrived
    ARRIVED = "arrived"
    TRANSFERRED = "transferred"  # detail: the number of the helper who has it now
    HANDED_OVER = "handed_over"  # detail: the number of the group that has it now
    URGENT = "urgent"
    ALARM = "alarm"
    SHOWED_CARD = "showed_card"
    STEPPED_BACK = "stepped_back"
    JOINED = "joined"
    LEFT = "left"
    AWAY = "away"
    HERE = "here"
    CHANGED = "changed"  # of a helper: name, hours, languages, role; detail: which
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    REMINDED = "reminded"  # by a timer
    RETURNED = "returned"  # by a timer
    TOLD_COORDINATOR = "told_coordinator"  # by a timer
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    FORGOT = "forgot"
    EXPORTED = "exported"


@dataclass(frozen=True, slots=True)
class Audited:
    """One act, as it was written down."""

    at: datetime
    act: Act
    name: str = ""  # of the helper at that moment; "": the learner
    helper: int | None = None
    ticket: int | None = None
    detail: str = ""  # a word of ours
