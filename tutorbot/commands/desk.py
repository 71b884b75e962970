"""The command `tutorbot desk`: who helps."""

from argparse import Namespace
from collections.abc import Mapping

from tutorbot.bootstrap import House, sign_in_address
from tutorbot.commands.at_desk import Act, act, called
from tutorbot.commands.codes import WELL
from tutorbot.desk.helper import Helper


def carry_out(typed: Namespace) -> int:
    """Do what was typed, and tell what came of it."""
    print(act(_ACTS, typed))
    return WELL


async def _link(house: House, typed: Namespace) -> str:
    who = await house.office.enlist(typed.name, typed.group, coordinator=typed.coordinator, lead=typed.lead)
    return await sign_in_address(house, who)


async def _set(house: House, typed: Namespace) -> str:
    helper = await house.office.set_roles(typed.name, coordinator=typed.coordinator, lead=typed.lead)
    if typed.group:
        await house.office.enlist(typed.name, typed.group)
    return f"{helper.name} is changed."


async def _remove(house: House, typed: Namespace) -> str:
    helper = await house.office.remove(typed.name)
    return f"{helper.name} is not at the desk any more."


async def _list(house: House, _: Namespace) -> str:
    groups = {group.id: called(group) for group in await house.office.groups()}
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


_ACTS: Mapping[str, Act] = {"link": _link, "set": _set, "list": _list, "remove": _remove}
