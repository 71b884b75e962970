"""How often one visitor may ask: enough for a classroom behind one address, too little to wear us out.

Counted in the memory of this process, and forgotten with it: what it protects is this process, and to ask the database
would let a flood reach what it must not reach. What holds over all processes is a learner's own pace: see
`runtime.limits`. A learner who is asked to wait loses nothing: the page keeps what they sent and offers it again.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address
from math import ceil

from starlette.exceptions import HTTPException
from starlette.requests import Request

_MOST = 20_000  # visitors in mind; who has been away longest is forgotten first
STREAMS = 150  # open pages of one address
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and then so many a second."""

    at_once: int
    a_second: float


VISITS = Rate(600, 20)  # of one address: thirty people, each pressing every two seconds
NEWCOMERS = Rate(60, 0.5)  # of one address: a classroom that starts, and another in two minutes
PRESSES = Rate(40, 1)  # of one learner: faster than anybody reads
SIGN_INS = Rate(20, 1 / 30)  # of one address: a training day for helpers
ALL_SIGN_INS = Rate(300, 5)  # of everybody


class Throttle:
    """A bucket for each visitor, which fills up as time goes by."""

    def __init__(self, rate: Rate, clock: Callable[[], datetime]) -> None:
        self._rate, self._clock = rate, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # visitor -> how much, and when

    def take(self, visitor: str) -> None:
        """Count this one. 429 if it is too many, which is not counted."""
        now = self._clock().timestamp()
        left, before = self._left.pop(visitor, (float(self._rate.at_once), now))
        left = min(self._rate.at_once, left + max(0.0, now - before) * self._rate.a_second)
        self._left[visitor] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > _MOST:
            self._left.popitem(last=False)
        if left < 1:
            raise HTTPException(429, headers={"Retry-After": str(ceil((1 - left) / self._rate.a_second))})

    def give_back(self, visitor: str) -> None:
        """That one was in order, and is not counted."""
        left, when = self._left.get(visitor, (float(self._rate.at_once), 0.0))
        self._left[visitor] = (min(self._rate.at_once, left + 1), when)


class Limits:
    """All that is counted."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._visits, self._newcomers = Throttle(VISITS, clock), Throttle(NEWCOMERS, clock)
        self._presses = Throttle(PRESSES, clock)
        self._sign_ins, self._all_sign_ins = Throttle(SIGN_INS, clock), Throttle(ALL_SIGN_INS, clock)
        self._streams: Counter[str] = Counter()

    def visit(self, request: Request) -> None:
        """Somebody asks for a page of theirs, or sends one back."""
        self._visits.take(where_from(request))

    def newcomer(self, request: Request) -> None:
        """Somebody becomes a learner."""
        self._newcomers.take(where_from(request))

    def press(self, learner: str) -> None:
        """A learner presses or writes."""
        self._presses.take(learner)

    def sign_in(self, request: Request) -> Callable[[], None]:
        """Somebody tries to sign in. To be called if it went well: only what did not counts."""
        visitor = where_from(request)
        self._sign_ins.take(visitor)
        self._all_sign_ins.take(_ALL)

        def went_well() -> None:
            self._sign_ins.give_back(visitor)
            self._all_sign_ins.give_back(_ALL)

        return went_well

    def stream(self, request: Request) -> AbstractContextManager[None]:
        """Room for an open page that follows the news, for as long as it does. 429 if there is none."""
        visitor = where_from(request)
        if self._streams[visitor] >= STREAMS:
            raise HTTPException(429, headers={"Retry-After": "60"})
        return self._held(visitor)

    @contextmanager
    def _held(self, visitor: str) -> Iterator[None]:
        self._streams[visitor] += 1
        try:
            yield
        finally:
            self._streams[visitor] -= 1
            self._streams += Counter()  # forgets those with none


def where_from(request: Request) -> str:
    """One word for where a visitor comes from: an address; of the newer, long ones the part that a house shares."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Address(int(address) >> 64 << 64))
    return host
