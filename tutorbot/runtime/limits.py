"""How fast one learner may write: nobody reads faster, and one who floods us slows nobody else.

Kept in the memory of each process. A restart only makes everybody fresh again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from tutorbot.runtime.values import Address

PACE = 30  # acts a minute, which may also come all at once: somebody who presses Next as fast as they can
COOL = 0.5  # the part of them there must be room for again, before who was told is heard again
MANY = 1000  # addresses, before those who are fresh are forgotten


class Heard(Enum):
    """What is done with an act."""

    YES = auto()
    TELL = auto()  # it is too much: they are told, once
    NO = auto()  # still too much


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime
    told: bool = False


class Limits:
    """A bucket for each address; every act takes from it, and time fills it."""

    def __init__(self, pace: int = PACE) -> None:
        self._most, self._each = pace, timedelta(minutes=1) / pace
        self._buckets: dict[Address, _Bucket] = {}
        self._tidy_at = MANY

    def take(self, who: Address, now: datetime, *, urgent: bool = False) -> Heard:
        """Whether this act is carried out. What is urgent always is."""
        bucket = self._bucket(who, now)
        if urgent:
            return Heard.YES
        if bucket.left >= (max(1, COOL * self._most) if bucket.told else 1):
            bucket.left -= 1
            bucket.told = False
            return Heard.YES
        told, bucket.told = bucket.told, True
        return Heard.NO if told else Heard.TELL

    def _bucket(self, who: Address, now: datetime) -> _Bucket:
        bucket = self._buckets.get(who)
        if bucket is None:
            self._tidy(now)
            bucket = self._buckets[who] = _Bucket(self._most, now)
        bucket.left = self._left(bucket, now)
        bucket.at = max(bucket.at, now)
        return bucket

    def _left(self, bucket: _Bucket, now: datetime) -> float:
        return min(self._most, bucket.left + max(now - bucket.at, timedelta()) / self._each)

    def _tidy(self, now: datetime) -> None:
        """Forget who is as fresh as somebody new; done the less often the more there are."""
        if len(self._buckets) < self._tidy_at:
            return
        tired = {who: one for who, one in self._buckets.items() if self._left(one, now) < self._most}
        self._buckets = tired
        self._tidy_at = max(MANY, 2 * len(tired))
