"""Messages wait for their turn, a group's for its own as well."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Sequence
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from tutorbot.channels.telegram.pace import Pace
from tutorbot.runtime.values import Address

ANN = Address("telegram", "7")
GROUP = Address("telegram", "-1001")


async def _waits(pace: Pace, address: Address) -> bool:
    """Whether the next message to this address would have to wait."""
    waiting = asyncio.ensure_future(pace.wait(address))
    done, _ = await asyncio.wait([waiting], timeout=0.001)
    waiting.cancel()
    return not done


class Leap(selectors.DefaultSelector):
    """Instead of waiting, the time is later."""

    now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "somebody waits for ever"
        self.now += max(timeout, 1e-6)  # at least a little, as with every look at a real clock
        return super().select(0)


def in_no_time(story: Callable[[], Coroutine[Any, Any, Sequence[float]]]) -> Sequence[float]:
    """Run it on a loop whose clock leaps to whatever is waited for."""
    leap = Leap()
    loop = asyncio.SelectorEventLoop(leap)
    loop.time = lambda: leap.now  # type: ignore[method-assign]
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(story())


def most_in(seconds: float, moments: Sequence[float]) -> int:
    """The most of these moments that lie within so many seconds."""
    return max(sum(first <= moment < first + seconds - 1e-6 for moment in moments) for first in moments)


@pytest.mark.parametrize("seed", range(20))
def test_no_minute_of_a_group_has_more_than_twenty_whoever_sends_whatever(seed: int) -> None:
    """Messages, albums of up to ten parts and edits of keyboards, side by side, with quiet times and hurries."""
    chance, went = Random(seed), []

    async def one(pace: Pace, loop: asyncio.AbstractEventLoop) -> None:
        for _ in range(30):
            await asyncio.sleep(chance.choice((0, 0, 0, 1, 30)))
            count = chance.choice((1, 1, 1, 1, 2, 5, 7, 10))
            await pace.wait(GROUP, count)
            went.extend([loop.time()] * count)

    async def story() -> Sequence[float]:
        pace, loop = Pace(spent=chance.random() < 0.5), asyncio.get_running_loop()
        await asyncio.gather(*(one(pace, loop) for _ in range(3)))
        return went

    assert most_in(60, in_no_time(story)) <= 20


def test_group_in_a_hurry_is_served_steadily_and_in_turn() -> None:
    async def story() -> Sequence[float]:
        pace, loop = Pace(), asyncio.get_running_loop()

        async def taken(count: int) -> float:
            await pace.wait(GROUP, count)
            return loop.time()

        return await asyncio.gather(*map(taken, [*[1] * 40, 10, 1]))

    went = in_no_time(story)
    assert went == sorted(went)
    assert max(later - before for before, later in pairwise(went[:40])) <= 4.1
    assert went[-1] - went[39] <= 60


def test_who_gives_up_waiting_for_an_album_has_taken_nothing() -> None:
    async def story() -> Sequence[float]:
        pace, loop = Pace(), asyncio.get_running_loop()
        await pace.wait(GROUP, 10)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(30):
                await pace.wait(GROUP, 15)
        await pace.wait(GROUP, 5)
        return [loop.time()]

    assert in_no_time(story) == pytest.approx([1030], abs=0.1)


async def test_few_messages_pass_at_once_and_the_next_waits() -> None:
    pace = Pace()
    for _ in range(5):
        await pace.wait(ANN)
    assert await _waits(pace, ANN)


async def test_messages_flow_steadily_after_the_burst() -> None:
    pace = Pace(per_second=200, per_chat=None)
    loop = asyncio.get_running_loop()
    start = loop.time()
    for _ in range(40):
        await pace.wait(ANN)
    assert loop.time() - start > 0.9 * (40 - 5) / 195


async def test_full_group_does_not_hold_up_a_learner() -> None:
    pace = Pace(per_second=None, per_minute=4)
    for _ in range(2):
        await pace.wait(GROUP)
    assert await _waits(pace, GROUP)
    assert not await _waits(pace, ANN)


class Hurried(asyncio.SelectorEventLoop):
    """A loop in which the time until the next thing to do has always gone by already."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def time(self) -> float:
        return self.now

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:
            self.now = max(self.now, self._scheduled[0].when() + 1e-6)  # clocks are never that exact
        super()._run_once()


def times(pace: Pace, *addresses: Address) -> list[float]:
    """When a message to each of these goes out, where all want to at once and each chat sends one at a time."""
    sent: list[float] = []

    async def send(to: Address, count: int) -> None:
        for _ in range(count):
            await pace.wait(to)
            sent.append(asyncio.get_running_loop().time())

    async def all_of_them() -> None:
        await asyncio.gather(*(send(to, addresses.count(to)) for to in dict.fromkeys(addresses)))

    with asyncio.Runner(loop_factory=Hurried) as runner:
        runner.run(all_of_them())
    return [round(at, 3) for at in sent]


def test_chat_of_a_person_gets_a_few_at_once_and_then_one_a_second() -> None:
    assert times(Pace(None, None), *[ANN] * 8) == [0, 0, 0, 0, 0, 1, 2, 3]


def test_chat_that_was_quiet_gets_a_few_at_once_again() -> None:
    pace = Pace(None, None)

    async def talk() -> list[float]:
        loop, sent = asyncio.get_running_loop(), []
        for pause in (0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0):
            await asyncio.sleep(pause)
            await pace.wait(ANN)
            sent.append(loop.time())
        return sent

    with asyncio.Runner(loop_factory=Hurried) as runner:
        assert [round(at, 3) for at in runner.run(talk())] == [0, 0, 0, 0, 0, 1, 6, 6, 6, 6, 6, 7]


def test_chats_of_people_do_not_wait_for_each_other() -> None:
    assert times(Pace(None, None), *[ANN, Address("telegram", "8")] * 5) == [0] * 10


def test_all_chats_together_keep_to_the_number_for_all() -> None:
    sent = times(Pace(), *(Address("telegram", str(number)) for number in range(200)))
    assert max(sum(start <= at < start + 1 for at in sent) for start in sent) <= 30


def test_who_follows_on_another_sender_sends_one_a_second_to_a_person() -> None:
    assert times(Pace(None, None, spent=True), *[ANN] * 4) == [0, 1, 2, 3]


def test_quiet_chats_are_forgotten() -> None:
    pace = Pace(None, None)

    async def many() -> None:
        for number in range(5000):
            await pace.wait(Address("telegram", str(number)))
            await asyncio.sleep(0.01)

    with asyncio.Runner(loop_factory=Hurried) as runner:
        runner.run(many())
    assert pace._chats
    assert len(pace._chats._full_at) <= 1000


async def test_who_follows_on_another_sender_lets_no_few_through_at_once() -> None:
    pace = Pace(spent=True)
    assert await _waits(pace, ANN)
    assert await _waits(Pace(per_second=None, spent=True), GROUP)
    await pace.wait(ANN)


async def test_unlimited_pace_never_waits() -> None:
    pace = Pace(None, None, None)
    for _ in range(1000):
        await pace.wait(GROUP)
    assert not await _waits(pace, GROUP)


@pytest.mark.parametrize(("address", "group"), [(ANN, False), (GROUP, True), (Address("web", "-1"), False)])
def test_is_group_knows_groups_by_their_id(address: Address, group: bool) -> None:
    assert Pace.is_group(address) is group
