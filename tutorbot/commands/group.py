"""The command `tutorbot group`: local groups of helpers, and the links that bring learners to them."""

from argparse import Namespace
from collections.abc import Mapping

from tutorbot.bootstrap import House, base_url
from tutorbot.caretaker import word_of
from tutorbot.channels.telegram.names import bot_link
from tutorbot.commands.at_desk import Act, act, called
from tutorbot.commands.codes import WELL
from tutorbot.desk.group import Group
from tutorbot.tutor.stages.links import GROUP


def carry_out(typed: Namespace) -> int:
    """Do what was typed, and tell what came of it."""
    print(act(_ACTS, typed))
    return WELL


async def _add(house: House, typed: Namespace) -> str:
    group = await house.office.add_group(typed.name, **_given(typed))
    return f"{_line(group)}\n{await _links(house, group)}"


async def _set(house: House, typed: Namespace) -> str:
    return _line(await house.office.set_group(typed.name, **_given(typed)))


async def _list(house: House, _: Namespace) -> str:
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
    return f"{group.id:>4}  {called(group)}  ({'; '.join(filter(None, [chat, *known]))})"


async def _links(house: House, group: Group) -> str:
    """The links by which learners come to this group, a line each."""
    start, settings = f"{GROUP}{group.invite}", house.settings
    telegram = await bot_link(word_of(settings.telegram_token), settings.telegram_api_url, start)
    return "\n".join(filter(None, [f"{base_url(settings)}/?start={start}", telegram]))


_ACTS: Mapping[str, Act] = {"add": _add, "set": _set, "list": _list, "invite": _invite}
