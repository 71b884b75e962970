"""Messages wait for their turn, a group's for its own as well."""

import asyncio

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


async def test_few_messages_pass_at_once_and_the_next_waits() -> None:
    pace = Pace()
    for _ in range(5):
        await pace.wait(ANN)
    assert await _waits(pace, ANN)


async def test_messages_flow_steadily_after_the_burst() -> None:
    pace = Pace(per_second=200)
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


async def test_who_follows_on_another_sender_lets_no_few_through_at_once() -> None:
    pace = Pace(spent=True)
    assert await _waits(pace, ANN)
    assert await _waits(Pace(per_second=None, spent=True), GROUP)
    await pace.wait(ANN)


async def test_unlimited_pace_never_waits() -> None:
    pace = Pace(per_second=None, per_minute=None)
    for _ in range(1000):
        await pace.wait(GROUP)
    assert not await _waits(pace, GROUP)


@pytest.mark.parametrize(("address", "group"), [(ANN, False), (GROUP, True), (Address("web", "-1"), False)])
def test_is_group_knows_groups_by_their_id(address: Address, group: bool) -> None:
    assert Pace.is_group(address) is group
