"""Whatever anybody may send is answered, ends nothing and costs no learner anything. See also `benchmarks.fuzz`."""

from pathlib import Path

from tests.fake_bot_api import FakeBotApi
from tests.faults.conftest import opened
from tests.faults.gale import gale
from tests.faults.wire import learners_walk, storm

INPUTS, WIRED, WALKERS, SEED = 600, 200, 3, 27


async def test_whatever_is_sent_is_answered_and_learners_lose_nothing(
    fake: FakeBotApi, tmp_path: Path, sqlite_url: str
) -> None:
    async with gale(fake, tmp_path, sqlite_url) as one:
        await one.blow(INPUTS, SEED)
        await one.check()
        assert {200, 303, 400, 403, 404, 405} <= set(one.statuses)


async def test_whatever_comes_over_the_wire_is_answered_and_learners_lose_nothing(
    fake: FakeBotApi, tmp_path: Path, sqlite_url: str
) -> None:
    async for town in opened(fake, tmp_path, sqlite_url, called=True):
        await learners_walk(town, fake, WALKERS)
        statuses = await storm(town, WIRED, SEED)
        assert {200, 400, 404} <= set(statuses)
        await town.check()
