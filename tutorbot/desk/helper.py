"""A volunteer at the desk: who they are, what they may do, and whether they are on. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from tutorbot.desk.hours import is_open, next_opening

LATELY = timedelta(minutes=30)  # where no hours are known: who did something this recently is taken to be on


class Role(StrEnum):
    """What a helper may do beyond helping."""

    HELPER = "helper"
    COORDINATOR = "coordinator"  # looks after the tickets of the whole group, and is told what waits too long


@dataclass(frozen=True, slots=True)
class Helper:
    """A volunteer at the desk."""

    id: int
    name: str  # first name, shown to learners
    role: Role = Role.HELPER
    group: int = 0
    joined: bool = False  # False: has not joined the desk, or has left it; may do nothing there
    here: bool = True  # says so by hand
    lead: bool = False  # for safeguarding: is told of every alarm
    languages: tuple[str, ...] = ()  # (): those of the group
    hours: str = ""  # see `desk.hours`; "": those of the group
    seen_at: datetime | None = None  # when they last did something

    @property
    def coordinates(self) -> bool:
        """Whether they look after the whole group."""
        return self.role is Role.COORDINATOR

    def is_on(self, group_hours: str, now: datetime, zone: tzinfo) -> bool:
        """Whether a learner can expect them to answer now."""
        if not (self.joined and self.here):
            return False
        hours = self.hours or group_hours
        return is_open(hours, now, zone) if hours else self.seen_at is not None and now - self.seen_at < LATELY

    def back_at(self, group_hours: str, now: datetime, zone: tzinfo) -> datetime | None:
        """When their hours begin again; None if that is not known."""
        hours = self.hours or group_hours
        return next_opening(hours, now, zone) if hours and self.joined and self.here else None
