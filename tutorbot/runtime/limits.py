"""How fast one learner may write: nobody reads faster, and one who floods us slows nobody else.

Counted twice. In the memory of each process, so that a flood stops there and costs nothing; and with the learner, which
is read and written in every turn anyway, so that all processes together let no more through.
"""

from datetime import datetime, timedelta
from enum import Enum, auto

from tutorbot.runtime.values import Address, Haste

PACE = 30  # acts a minute, which may also come all at once: somebody who presses Next as fast as they can
COOL = 0.5  # the part of them there must be room for again, before who was told is heard again
MANY = 1000  # addresses, before those who are fresh are forgotten


class Heard(Enum):
    """What is done with an act."""

    YES = auto()
    TELL = auto()  # it is too much: they are told, once
    NO = auto()  # still too much


class Limits:
    """A bucket for each learner; every act takes from it, and time fills it."""

    def __init__(self, pace: int = PACE) -> None:
        self._most, self._each = pace, timedelta(minutes=1) / pace
        self._hasty: dict[Address, Haste] = {}
        self._tidy_at = MANY

    def take(self, who: Address, now: datetime, *, urgent: bool = False) -> Heard:
        """Whether this act is carried out, as far as this process knows. What is urgent always is."""
        if urgent:
            return Heard.YES
        if who not in self._hasty:
            self._tidy(now)
        heard, self._hasty[who] = self.counted(self._hasty.get(who, Haste()), now)
        return heard

    def counted(self, haste: Haste, now: datetime) -> tuple[Heard, Haste]:
        """The same for somebody who was so hasty until now; how hasty they are then."""
        fresh_at = max(haste.fresh_at or now, now)
        if fresh_at - now > self._most * self._each:  # as only a clock that was put back can have it
            fresh_at = now
        left = self._most - (fresh_at - now) / self._each
        if left >= (max(1, COOL * self._most) if haste.told else 1):
            return Heard.YES, Haste(fresh_at + self._each)
        return (Heard.NO if haste.told else Heard.TELL), Haste(fresh_at, told=True)

    def _tidy(self, now: datetime) -> None:
        """Forget who is as fresh as somebody new; done the less often the more there are."""
        if len(self._hasty) < self._tidy_at:
            return
        self._hasty = {who: one for who, one in self._hasty.items() if one.fresh_at and one.fresh_at > now}
        self._tidy_at = max(MANY, 2 * len(self._hasty))
