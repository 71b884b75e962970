"""The commands `tutorbot desk` and `tutorbot group`: who helps, and in which groups."""

import asyncio
from argparse import Namespace
from collections.abc import Awaitable, Callable, Mapping

from tutorbot import bootstrap
from tutorbot.bootstrap import House
from tutorbot.caretaker import migrate
from tutorbot.channels.telegram.names import bot_link
from tutorbot.config import Settings
from tutorbot.desk.group import Group
from tutorbot.desk.helper import Helper
from tutorbot.tutor.stages.links import GROUP

Done = Callable[[House, Namespace], Awaitable[str]]


def run(settings: Settings, typed: Namespace) -> str:
    """Carry out what was typed after `desk` or `group`; what came of it. SettingError if it is not right."""
    migrate(settings)
    return asyncio.run(_carry_out(settings, typed))


async def _carry_out(settings: Settings, typed: Namespace) -> str:
    async with bootstrap.opened(settings) as house:
        return await COMMANDS[typed.command, typed.what](house, typed)


# Helpers


async def _link(house: House, typed: Namespace) -> str:
    who = await house.office.enlist(typed.name, typed.group, coordinator=typed.coordinator, lead=typed.lead)
    return await bootstrap.sign_in_address(house, who)


async def _set(house: House, typed: Namespace) -> str:
    helper = await house.office.set_roles(typed.name, coordinator=typed.coordinator, lead=typed.lead)
    if typed.group:
        await house.office.enlist(typed.name, typed.group)
    return f"{helper.name} is changed."


async def _remove(house: House, typed: Namespace) -> str:
    helper = await house.office.remove(typed.name)
    return f"{helper.name} is not at the desk any more."


async def _helpers(house: House, _: Namespace) -> str:
    groups = {group.id: _named(group) for group in await house.office.groups()}
    lines = [f"{helper.id:>4}  {helper.name}  ({_about(helper, groups)})" for helper in await house.office.helpers()]
    return "\n".join(lines) or "Nobody has joined the desk yet. Let somebody in: tutorbot desk link --name Amir"


def _about(helper: Helper, groups: Mapping[int, str]) -> str:
    known = [
        groups[helper.group],
        *(["coordinator"] if helper.coordinates else []),
        *(["lead"] if helper.lead else []),
        *([] if helper.here else ["away"]),
        *filter(None, [" ".join(helper.languages), helper.hours]),
    ]
    return "; ".join(known)


# Groups


async def _add(house: House, typed: Namespace) -> str:
    group = await house.office.add_group(typed.name, **_given(typed))
    return f"{_line(group)}\n{await _links(house, group)}"


async def _change(house: House, typed: Namespace) -> str:
    return _line(await house.office.set_group(typed.name, **_given(typed)))


async def _groups(house: House, _: Namespace) -> str:
    return "\n".join(_line(group) for group in await house.office.groups())


async def _invite(house: House, typed: Namespace) -> str:
    return await _links(house, await house.office.invite(typed.name))


def _given(typed: Namespace) -> dict[str, str]:
    """What was typed of a group; what was left out stays as it is."""
    typed_of = {"name": getattr(typed, "rename", None), "chat": typed.chat, "languages": typed.languages}
    typed_of |= {"hours": typed.hours, "place": typed.place}
    return {name: value for name, value in typed_of.items() if value is not None}


def _line(group: Group) -> str:
    known = [" ".join(group.languages), group.hours, group.place]
    chat = f"chat {group.chat.partition(':')[2]}" if group.chat else "web desk only"
    return f"{group.id:>4}  {_named(group)}  ({'; '.join(filter(None, [chat, *known]))})"


def _named(group: Group) -> str:
    return group.name or "first group"


async def _links(house: House, group: Group) -> str:
    """The links by which learners come to this group, a line each."""
    word = f"{GROUP}{group.invite}"
    settings = house.settings
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    telegram = await bot_link(token, settings.telegram_api_url, word)
    return "\n".join(filter(None, [f"{bootstrap.base_url(settings)}/?start={word}", telegram]))


COMMANDS: Mapping[tuple[str, str], Done] = {
    ("desk", "link"): _link,
    ("desk", "set"): _set,
    ("desk", "list"): _helpers,
    ("desk", "remove"): _remove,
    ("group", "add"): _add,
    ("group", "set"): _change,
    ("group", "list"): _groups,
    ("group", "invite"): _invite,
}
