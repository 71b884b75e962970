"""Hours of trouble in a few seconds, for the clock is in our hands: nothing is lost or repeated, nobody is flooded."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

import pytest

from tests.integration.runtime.conftest import AMIR, ANN, BEA, Town, stuck, town
from tests.integration.store.sample import NOW, owed, rows, write
from tutorbot.desk.ticket import Status
from tutorbot.errors import TransportError
from tutorbot.runtime.outbox import Sender
from tutorbot.runtime.ports import Store
from tutorbot.runtime.values import Address, Owed
from tutorbot.store.tables import AttemptRow

__all__ = ["stuck", "town"]

HOUR = timedelta(hours=1)
Fault = Callable[[Address, datetime], TransportError | None]


class NoPace:
    """As fast as it goes."""

    async def wait(self, address: Address, count: int = 1) -> None:
        """At once."""

    def is_group(self, address: Address) -> bool:
        return address.id.startswith("-")


@dataclass
class Day:
    """A sender over a real store, a Telegram that has its troubles, and a clock that jumps to what is due next."""

    store: Store
    fault: Fault
    now: datetime = NOW
    tries: Counter[str] = field(default_factory=Counter)
    sent: list[tuple[Address, str, datetime]] = field(default_factory=list)

    async def send(self, message: Owed) -> str:
        """As a transport does."""
        self.tries[message.message.text] += 1
        if error := self.fault(message.to, self.now):
            raise error
        self.sent.append((message.to, message.message.text, self.now))
        return str(len(self.sent))

    async def goes_by(self, until: datetime, worker: str = "w") -> None:
        """Send what falls due, until that moment."""

        async def at_once(_: float) -> None:
            """No pause."""

        one = Sender(self.store, {"telegram": self}, NoPace(), lambda: self.now, worker, Random(27), pause=at_once)  # type: ignore[arg-type]
        while self.now < until:
            await one._sweep()
            await one.settled()
            due = await self.store.read(lambda tx: tx.outbox.next_due(["telegram"]))
            if due is None:
                return
            self.now = max(due, self.now + timedelta(seconds=1))

    def texts(self, to: Address) -> list[str]:
        """What came there, in its order."""
        return [text for where, text, _ in self.sent if where == to]


def broken_until(moment: datetime) -> Fault:
    """Telegram answers everything with 502 until then."""
    return lambda _to, now: TransportError("Bad Gateway") if now < moment else None


def flooded(seconds: int, *chats: Address) -> Fault:
    """These chats are told to wait, and told so again for as long as they have not."""
    until = NOW + timedelta(seconds=seconds)

    def fault(to: Address, now: datetime) -> TransportError | None:
        return TransportError("Flood", retry_after=until - now) if to in chats and now < until else None

    return fault


async def test_hour_of_errors_delays_messages_in_order_and_without_a_storm(store: Store) -> None:
    day = Day(store, broken_until(NOW + HOUR))
    await write(store, owed("a1"), owed("a2"), owed("b1", BEA))
    await day.goes_by(NOW + 3 * HOUR)
    assert day.texts(ANN) == ["a1", "a2"]
    assert day.texts(BEA) == ["b1"]
    assert max(day.tries.values()) <= 20
    assert max(moment for _, _, moment in day.sent) <= NOW + HOUR + timedelta(minutes=15)


@pytest.mark.parametrize("seconds", [3, 3600])
@pytest.mark.parametrize("chats", [(ANN,), (ANN, BEA)], ids=["one chat", "all chats"])
async def test_flood_is_waited_out_by_whom_it_is_told_also_over_a_restart(
    store: Store, seconds: int, chats: tuple[Address, ...]
) -> None:
    day = Day(store, flooded(seconds, *chats))
    await write(store, owed("a1"), owed("a2"), owed("b1", BEA))
    await day.goes_by(NOW + timedelta(seconds=1))
    assert day.texts(ANN) == []
    assert day.texts(BEA) == ([] if BEA in chats else ["b1"])
    await day.goes_by(NOW + 2 * HOUR, "the next process")
    assert (day.texts(ANN), day.texts(BEA)) == (["a1", "a2"], ["b1"])
    assert day.tries["a1"] == 2, "not asked again before its time"
    assert min(moment for to, _, moment in day.sent if to in chats) >= NOW + timedelta(seconds=seconds)


async def test_clock_put_forward_by_hours_lets_out_at_once_and_once_what_waited(store: Store) -> None:
    day = Day(store, broken_until(NOW + timedelta(seconds=1)))
    await write(store, owed("a1"), owed("a2"))
    await day.goes_by(NOW + timedelta(seconds=1))
    day.now += 5 * HOUR
    await day.goes_by(day.now + timedelta(seconds=1))
    assert day.texts(ANN) == ["a1", "a2"]


async def test_clock_put_back_by_hours_holds_up_no_other_chat_and_loses_nothing(store: Store) -> None:
    day = Day(store, broken_until(NOW + timedelta(seconds=1)))
    await write(store, owed("a1"))
    await day.goes_by(NOW + timedelta(seconds=1))
    day.now, day.fault = NOW - 5 * HOUR, lambda _to, _now: None
    await write(store, owed("a2"), replace(owed("b1", BEA), at=day.now))
    await day.goes_by(day.now + timedelta(seconds=1))
    assert day.texts(BEA) == ["b1"]
    await day.goes_by(NOW + HOUR)
    assert day.texts(ANN) == ["a1", "a2"]


async def test_clock_put_back_by_hours_delays_a_timer_and_fires_it_once(stuck: Town) -> None:
    ticket = await stuck.ticket()
    await stuck.desk.claim(stuck.key(), AMIR, ticket)
    await stuck.passes(9)
    stuck.now -= 5 * HOUR
    await stuck.passes(60)
    assert await stuck.acts(ticket) == ["claimed Amir"]
    stuck.now += 4 * HOUR
    await stuck.passes(20)
    assert await stuck.acts(ticket) == ["claimed Amir", "reminded Amir", "returned Amir"]
    assert (await stuck.now_is(ticket)).status is Status.WAITING


async def test_clock_put_back_by_hours_stops_no_learner(town: Town, database_url: str) -> None:
    await town.says(ANN, "/start fake-email", "Ann")
    town.now -= 5 * HOUR
    await town.presses(ANN, "next", "pick:0")
    assert len(rows(database_url, AttemptRow)) == 1
    assert town.sent_to(ANN)
