"""What `desk` and `group` share: an act on the open house, and how a group is called."""

import asyncio
from argparse import Namespace
from collections.abc import Awaitable, Callable, Mapping

from tutorbot.bootstrap import House, opened
from tutorbot.caretaker import migrate
from tutorbot.commands.common import settings_to_talk
from tutorbot.config import Settings
from tutorbot.desk.group import Group

Act = Callable[[House, Namespace], Awaitable[str]]


def act(acts: Mapping[str, Act], typed: Namespace) -> str:
    """Carry out what was typed after the command; what came of it. SettingError if it is not right."""
    settings = settings_to_talk()
    migrate(settings)
    return asyncio.run(_in_house(settings, acts[typed.what], typed))


async def _in_house(settings: Settings, doing: Act, typed: Namespace) -> str:
    async with opened(settings) as house:
        return await doing(house, typed)


def called(group: Group) -> str:
    """The name of a group; the first may have none."""
    return group.name or "first group"
