"""The helpers' side of Telegram: what they press, write and send goes to the desk, and its words come back to them.

No rule of the desk is here: `presses`, `talk` and `orders` translate, `counter` answers.
"""

import logging
from collections.abc import Callable

from tutorbot.channels.telegram.aside import Aside
from tutorbot.channels.telegram.commands import Me, menu_of_group
from tutorbot.channels.telegram.counter import Counter
from tutorbot.channels.telegram.groups import HelpersGroups
from tutorbot.channels.telegram.inbound import (
    CameIn,
    DeskCommand,
    DeskInbound,
    DeskMedia,
    DeskPress,
    DeskText,
    Moved,
    WentAway,
)
from tutorbot.channels.telegram.orders import Orders, welcome
from tutorbot.channels.telegram.presses import Presses
from tutorbot.channels.telegram.talk import Talk
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.desk import Desk

log = logging.getLogger(__name__)


class TelegramDesk:
    """Carries out what came in from helpers."""

    def __init__(
        self,
        desk: Desk,
        groups: HelpersGroups,
        aside: Aside,
        renderer: Renderer,
        link: Callable[[str], str] | None,
        me: Me,
    ) -> None:
        """`link`: the address that signs in at the web desk with a secret, if it has one."""
        self._desk, self._groups, self._aside, self._renderer = desk, groups, aside, renderer
        counter = Counter(desk, groups, aside, renderer)
        self._me, self._presses, self._talk = me, Presses(counter, me), Talk(counter)
        self._orders = Orders(counter, link)

    async def carry_out(self, inbound: DeskInbound) -> str:
        """Returns after the commit, with words for a pressed button."""
        match inbound:
            case DeskPress():
                return await self._presses.pressed(inbound)
            case DeskText():
                await self._talk.written(inbound)
            case DeskMedia():
                await self._talk.sent(inbound)
            case DeskCommand():
                if await self._is_for_us(inbound):
                    await self._orders.ordered(inbound)
            case WentAway():
                await self._went_away(inbound)
            case CameIn():
                await self._came_in(inbound)
            case Moved(chat, to):
                await self._groups.move(chat, to)
        return ""

    async def is_order(self, command: DeskCommand) -> bool:
        """Whether a command that somebody wrote to the bot alone is one of a helper. `/desk` is anybody's."""
        helper = await self._desk.helper_of(command.who) if command.who else None
        return command.name == "desk" or (helper is not None and helper.joined)

    async def _is_for_us(self, command: DeskCommand) -> bool:
        """Whether it names us, or nobody: other bots may have commands of the same name."""
        own = await self._me.username() if command.to else ""
        return not own or own.casefold() == command.to.casefold()

    async def _went_away(self, gone: WentAway) -> None:
        """Who is not in the group any more is not at its desk any more."""
        home, helper = self._groups.at(gone.chat), await self._desk.helper_of(gone.who)
        if home and helper and helper.joined and helper.group == home.group:
            await self._desk.leave(gone.key, gone.who)

    async def _came_in(self, came: CameIn) -> None:
        """We are in a group now: in one of helpers we say how to join."""
        home = self._groups.at(came.chat)
        if home is None:
            # Whoever sets up a helpers' group needs its number, and Telegram shows it nowhere: the log does.
            log.info(
                "The bot was added to the group %s. To make it a helpers' group, set %s to that number, or use %s.",
                came.chat,
                "TUTORBOT_TELEGRAM_HELPERS_CHAT",
                "`tutorbot group set`",
                extra={"action": "group_seen"},
            )
            return
        self._aside.call("setMyCommands", **menu_of_group(self._renderer.words, came.chat))
        await self._desk.tell(home.address, welcome(admin=came.admin))
