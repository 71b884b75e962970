"""What whoever runs the program does for the desk by commands: groups, and who helps in them with which role.

What was typed is checked here; SettingError says what is not right and what to do.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from secrets import token_hex
from typing import Any

from tutorbot.desk.audit import Act
from tutorbot.desk.group import Group
from tutorbot.desk.helper import Helper, Role
from tutorbot.desk.hours import BadHours, parse
from tutorbot.errors import SettingError
from tutorbot.messages.markup import clean
from tutorbot.messages.renderer import is_language
from tutorbot.runtime.desk import people
from tutorbot.runtime.desk.signing import WEB_ALONE
from tutorbot.runtime.desk.tools import Tools, Who
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.values import Address


class Office:
    """Groups and helpers, by name or number. What is owed because of it waits for the program that serves."""

    def __init__(self, store: Store, tools: Tools, clock: Callable[[], datetime]) -> None:
        self._store, self._tools, self._clock = store, tools, clock

    # --- Groups -----------------------------------------------------------------------------------------------------

    async def groups(self) -> Sequence[Group]:
        """All groups, the oldest first."""
        return await self._store.read(lambda tx: tx.groups.list())

    async def group(self, named: str) -> Group:
        """The group of this name or number; "" is the oldest."""
        return await self._store.read(lambda tx: _group(tx, named))

    async def add_group(self, name: str, **more: str) -> Group:
        """A new group, with an invite. `more`: see `set_group`."""

        def work(tx: Transaction) -> Group:
            if any(other.name.casefold() == name.casefold() for other in tx.groups.list()):
                raise SettingError(f"There is a group {name} already. Give another name, or use: tutorbot group set")
            group = _changed(Group(0, name=name, invite=token_hex(4)), more)
            return replace(group, id=tx.groups.add(group, self._clock()))

        return await self._store.transact(work)

    async def set_group(self, named: str, **changes: str) -> Group:
        """Change a group: `name`, `chat`, `languages`, `hours`, `place`; what is not given stays."""

        def work(tx: Transaction) -> Group:
            group = _changed(_group(tx, named), changes)
            tx.groups.save(group)
            return group

        return await self._store.transact(work)

    async def invite(self, named: str) -> Group:
        """The group, which has an invite from now on."""

        def work(tx: Transaction) -> Group:
            group = _group(tx, named)
            group = group if group.invite else replace(group, invite=token_hex(4))
            tx.groups.save(group)
            return group

        return await self._store.transact(work)

    async def set_chat(self, chat: str) -> None:
        """The oldest group's helpers talk in this chat, as channel:id."""

        def work(tx: Transaction) -> None:
            oldest = tx.groups.list()[0]
            if oldest.chat != chat:
                tx.groups.save(replace(oldest, chat=chat))

        await self._store.transact(work)

    # --- Helpers ----------------------------------------------------------------------------------------------------

    async def helpers(self) -> Sequence[Helper]:
        """All who have joined, group by group."""
        return await self._store.read(
            lambda tx: [one for group in tx.groups.list() for one in tx.helpers.of_group(group.id)]
        )

    async def enlist(self, name: str, group: str = "", **roles: bool | None) -> Who:
        """Somebody may help from now on: the helper of this name or number, else one of the web desk alone.

        Who is new is away until they sign in, so that no learner is told to expect them.
        `roles`: `coordinator` and `lead`; None leaves it as it is.
        """

        def work(tx: Transaction) -> Who:
            now, own = self._clock(), Address(WEB_ALONE, name.casefold())
            known = None if tx.helpers.of_address(own) else _named(tx, name)
            address = tx.helpers.address_of(known.id) if known else own
            helper = known or tx.helpers.at(own, name, now)
            here = helper.joined and helper.here
            if group or not helper.joined:
                people.join(self._tools, tx, helper, now, _group(tx, group).id)
            joined = replace(tx.helpers.get(helper.id) or helper, here=here)
            tx.helpers.save(joined)
            self._set_roles(tx, joined, now, **roles)
            return Who(address, helper.name)

        return await self._store.transact(work)

    async def set_roles(self, named: str, **roles: bool | None) -> Helper:
        """Change what a helper may do: `coordinator` and `lead`; None leaves it as it is."""

        def work(tx: Transaction) -> Helper:
            helper = _helper(tx, named)
            self._set_roles(tx, helper, self._clock(), **roles)
            return helper

        return await self._store.transact(work)

    async def remove(self, named: str) -> Helper:
        """A helper is not at the desk any more; their tickets go back to the queue."""

        def work(tx: Transaction) -> Helper:
            helper = _helper(tx, named)
            people.leave(self._tools, tx, helper, self._clock())
            return helper

        return await self._store.transact(work)

    def _set_roles(
        self,
        tx: Transaction,
        helper: Helper,
        now: datetime,
        coordinator: bool | None = None,
        lead: bool | None = None,
    ) -> None:
        role = helper.role if coordinator is None else Role.COORDINATOR if coordinator else Role.HELPER
        changed = replace(helper, role=role, lead=helper.lead if lead is None else lead)
        if changed != helper:
            tx.helpers.save(changed)
            tx.audit.add(Act.CHANGED, now, helper, detail="role")
            tx.tell("desk")


def _group(tx: Transaction, named: str) -> Group:
    groups = tx.groups.list()
    found = [one for one in groups if named in (str(one.id), "") or one.name.casefold() == named.casefold()]
    if not found:
        raise SettingError(f"There is no group {named}. There are: {_list(one.name or str(one.id) for one in groups)}.")
    return found[0]


def _named(tx: Transaction, named: str) -> Helper | None:
    """The helper of this name or number; None if there is none. SettingError if there are several."""
    crew = [one for group in tx.groups.list() for one in tx.helpers.of_group(group.id)]
    found = [one for one in crew if named == str(one.id) or one.name.casefold() == named.casefold()]
    if len(found) > 1:
        numbers = _list(str(one.id) for one in found)
        raise SettingError(f"There are several helpers called {named}. Give one of their numbers instead: {numbers}.")
    return found[0] if found else None


def _helper(tx: Transaction, named: str) -> Helper:
    helper = _named(tx, named)
    if helper is None:
        raise SettingError(f"There is no helper {named} at the desk. See who is: tutorbot desk list")
    return helper


def _changed(group: Group, changes: dict[str, str]) -> Group:
    """The group with what was typed. SettingError."""
    made: dict[str, Any] = {name: clean(typed) for name, typed in changes.items()}
    if chat := changes.get("chat"):
        if not chat.removeprefix("-").isdecimal():
            raise SettingError(f"'{chat}' is not the number of a Telegram group, as in -1001234567890.")
        made["chat"] = str(Address("telegram", chat))
    if "languages" in changes:
        made["languages"] = tuple(changes["languages"].lower().split())
        if unknown := [code for code in made["languages"] if not is_language(code)]:
            raise SettingError(f"'{unknown[0]}' is not the code of a language. Give codes, as in 'en cy'.")
    try:
        parse(changes.get("hours", ""))
    except BadHours as bad:
        raise SettingError(f"'{bad}' is not hours. Write them as in 'mon-fri 09:00-17:00, sat 10:00-12:00'.") from None
    return replace(group, **made)


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)
