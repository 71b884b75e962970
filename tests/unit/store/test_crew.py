"""The way to the threads and back, with a hand that knows no database."""

import asyncio
from collections.abc import Sequence
from threading import Event
from typing import Any

import pytest

from tutorbot.errors import StoreUnavailable
from tutorbot.store.crew import Crew, Outcome, Work


class Fake:
    """Notes how much it was given at once. Its works do nothing; what they stand for comes back."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.closed = False
        self.free = Event()
        self.free.set()

    def run(self, works: Sequence[Work]) -> Sequence[Outcome]:
        self.free.wait()
        self.batches.append(len(works))
        return [_outcome(work) for work in works]

    def close(self) -> None:
        self.closed = True


def _outcome(work: Any) -> Outcome:
    try:
        return Outcome(work(None))
    except BaseException as error:
        return Outcome(error=error)


async def test_each_caller_gets_their_own_outcome() -> None:
    crew = Crew("test", [Fake()], at_once=10)
    results = await asyncio.gather(
        crew.do(lambda tx: 1), crew.do(lambda tx: 1 // 0), crew.do(lambda tx: 3), return_exceptions=True
    )
    assert [results[0], type(results[1]), results[2]] == [1, ZeroDivisionError, 3]
    await crew.close()


async def test_hand_is_given_what_has_queued_up_and_no_more_than_it_takes() -> None:
    hand = Fake()
    hand.free.clear()
    crew = Crew("test", [hand], at_once=4)
    works = [asyncio.create_task(crew.do(lambda tx: None)) for _ in range(10)]
    await asyncio.sleep(0)
    hand.free.set()
    await asyncio.gather(*works)
    assert sum(hand.batches) == 10
    assert max(hand.batches) == 4
    await crew.close()


async def test_closing_finishes_the_queue_and_lets_go() -> None:
    hands = [Fake(), Fake()]
    crew = Crew("test", hands, at_once=3)
    works = [asyncio.create_task(crew.do(lambda tx, n=n: n)) for n in range(10)]  # type: ignore[misc]
    await asyncio.sleep(0)
    await crew.close()
    assert await asyncio.gather(*works) == list(range(10))
    assert [hand.closed for hand in hands] == [True, True]


async def test_closed_crew_takes_nothing_more() -> None:
    crew = Crew("test", [Fake()])
    await crew.close()
    await crew.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        await crew.do(lambda tx: None)


async def test_caller_who_has_gone_is_not_told() -> None:
    hand = Fake()
    hand.free.clear()
    crew = Crew("test", [hand])
    gone = asyncio.create_task(crew.do(lambda tx: 1))
    await asyncio.sleep(0)
    gone.cancel()
    hand.free.set()
    assert await crew.do(lambda tx: 2) == 2
    assert gone.cancelled()
    await crew.close()


def test_loop_that_has_ended_does_not_harm_the_crew() -> None:
    hand = Fake()
    hand.free.clear()
    crews: list[Crew] = []

    async def leave() -> None:
        crews.append(Crew("test", [hand]))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(crews[0].do(lambda tx: 1), 0.001)

    async def come_back() -> int:
        hand.free.set()
        return await crews[0].do(lambda tx: 2)

    asyncio.run(leave())
    assert asyncio.run(come_back()) == 2
    asyncio.run(crews[0].close())
