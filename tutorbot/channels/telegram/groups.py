"""Which chats are those of helpers: a chat that becomes a supergroup gets a new id, and that is remembered.

In our records a group's chat keeps the id that it was set up with: its `home`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tutorbot.channels.telegram.inbound import CHANNEL
from tutorbot.desk.group import Group
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.values import Address


@dataclass(frozen=True, slots=True)
class Home:
    """A chat of helpers."""

    group: int  # whose helpers they are
    ids: tuple[int, ...]  # the first as in our records, the last as it is now

    @property
    def address(self) -> Address:
        """Its address in our records, which never changes."""
        return Address(CHANNEL, str(self.ids[0]))

    @property
    def now(self) -> int:
        """The chat to write to."""
        return self.ids[-1]


class HelpersGroups:
    """All chats of helpers, as they were when we looked last."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._homes: Mapping[int, Home] = {}  # by every id they had

    @property
    def all(self) -> list[Home]:
        """Each once."""
        return [home for chat, home in self._homes.items() if chat == home.ids[0]]

    def at(self, chat: int) -> Home | None:
        """The helpers of this chat; None if it is no chat of helpers."""
        return self._homes.get(chat)

    def of_group(self, group: int) -> Home | None:
        """The chat of this group's helpers."""
        return next((home for home in self.all if home.group == group), None)

    async def load(self) -> None:
        """Look again: groups are added, and chats move, in other processes too."""
        homes = await self._store.read(_homes)
        self._homes = {chat: home for home in homes for chat in home.ids}

    async def move(self, chat: int, to: int) -> None:
        """A chat has a new id from now on."""
        home = self._homes.get(chat)
        if home and to not in home.ids:
            key = _moved(home.now)
            await self._store.transact(lambda tx: tx.remember(key, str(to)))
            await self.load()


def _homes(tx: Transaction) -> list[Home]:
    return [Home(group.id, _ids(tx, chat)) for group in tx.groups.list() if (chat := _chat(group))]


def _ids(tx: Transaction, chat: int) -> tuple[int, ...]:
    """The ids that a chat has had, the present one last."""
    ids = [chat]
    while (to := tx.setting(_moved(ids[-1]))) and int(to) not in ids:
        ids.append(int(to))
    return tuple(ids)


def _chat(group: Group) -> int:
    """The Telegram chat of a group's helpers; 0 if they have none."""
    channel, _, chat = group.chat.partition(":")
    return int(chat) if channel == CHANNEL else 0


def _moved(chat: int) -> str:
    return f"telegram.moved.{chat}"
