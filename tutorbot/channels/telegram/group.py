"""Which chat the helpers' group is: a group that becomes a supergroup gets a new id, and that is remembered."""

from tutorbot.channels.telegram.updates import CHANNEL
from tutorbot.runtime.ports import Store, Transaction
from tutorbot.runtime.values import Address


class HelpersGroup:
    """The helpers' group, by the id it was set up with and the one it has now."""

    def __init__(self, store: Store, home: int | None) -> None:
        """`home`: the id from the settings; None if helpers have no group."""
        self._store = store
        self._ids = [] if home is None else [home]

    @property
    def address(self) -> Address:
        """Its address in our records, which never changes."""
        return Address(CHANNEL, str(self._ids[0]))

    @property
    def id(self) -> int:
        """The chat to write to."""
        return self._ids[-1]

    def is_here(self, chat: int) -> bool:
        """Whether this chat is the group."""
        return chat in self._ids

    async def load(self) -> None:
        """Recall where it has moved to before."""

        def follow(tx: Transaction) -> list[int]:
            ids = list(self._ids)
            while ids and (to := tx.setting(_moved(ids[-1]))) and int(to) not in ids:
                ids.append(int(to))
            return ids

        self._ids = await self._store.read(follow)

    async def move(self, to: int) -> None:
        """It has a new id from now on."""
        if to in self._ids:
            return
        key = _moved(self.id)
        await self._store.transact(lambda tx: tx.remember(key, str(to)))
        self._ids.append(to)


def _moved(chat: int) -> str:
    return f"telegram.moved.{chat}"
