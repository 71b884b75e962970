"""A small Bot API server for tests and benchmarks: real HTTP on loopback, with the checks of the real one.

`async with FakeBotApi() as fake:` gives `fake.url` and `fake.token` to a bot, and people to drive it with:
`fake.user(7, "Ann").send("/start")`, `fake.group.write(topic, user, "Hello")`, `fake.fail("sendMessage", flood(3))`,
`await fake.wait_for(lambda: ...)`. `python -m tests.fake_bot_api` runs it alone; see `control` for its addresses.
"""

from tests.fake_bot_api.faults import Fault, flood, hang, refuse, reset
from tests.fake_bot_api.group import Group
from tests.fake_bot_api.people import Press, User
from tests.fake_bot_api.server import FakeBotApi
from tests.fake_bot_api.world import Chat, Posted

__all__ = ["Chat", "FakeBotApi", "Fault", "Group", "Posted", "Press", "User", "flood", "hang", "refuse", "reset"]
