"""The commands that helpers write: in a ticket's topic, in their group, or to the bot alone."""

from collections.abc import Awaitable, Callable, Mapping

from tutorbot.channels.telegram import menus
from tutorbot.channels.telegram.counter import Counter, spoken
from tutorbot.channels.telegram.inbound import DeskCommand, source
from tutorbot.channels.telegram.presses import choices, is_choice
from tutorbot.channels.telegram.verbs import ANSWERS, HELPERS
from tutorbot.desk.briefing import CLOSE
from tutorbot.runtime.desk import Desk, Who
from tutorbot.tutor.replies import Reply

Order = Callable[[Desk, DeskCommand, Who, int], Awaitable[str]]

_ORDERS: Mapping[str, Order] = {
    "urgent": lambda desk, order, who, ticket: desk.mark_urgent(order.key, who, ticket),
    "card": lambda desk, order, who, ticket: desk.show_card(order.key, who, ticket),
    "back3": lambda desk, order, who, ticket: desk.step_back(order.key, who, ticket),
    "unsend": lambda desk, order, who, ticket: desk.unsend(order.key, who, ticket, _answered(order)),
    "unblock": lambda desk, order, who, ticket: desk.unblock(order.key, who, ticket),
    "block": lambda desk, order, who, ticket: desk.block(order.key, who, ticket, order.rest),
    "reply": lambda desk, order, who, ticket: desk.canned_reply(order.key, who, ticket, _canned(desk, order.rest)),
}
_LISTS = {"close": CLOSE, "transfer": HELPERS, "reply": ANSWERS}
_ABOUT_DESK = frozenset({"here", "away", "name", "leave"})

ORDERS = frozenset({*_ORDERS, *_LISTS, *_ABOUT_DESK})
"""All commands of helpers, beside `/desk`."""


class Orders:
    """Carries out commands."""

    def __init__(self, counter: Counter, link: Callable[[str], str] | None) -> None:
        """`link`: the address that signs in at the web desk with a secret, if it has one."""
        self._counter, self._desk, self._link = counter, counter.desk, link

    async def ordered(self, command: DeskCommand) -> None:
        """Returns after the commit."""
        home, ticket = self._counter.groups.at(command.spot.chat), await self._counter.ticket_at(command.spot)
        if home is None and command.spot.chat < 0:
            if command.name == "desk":
                self._counter.say_aside(command.spot.chat, _not_ours(command.spot.chat))
        elif command.who is None:
            await self._counter.answer(command.spot, Reply("telegram_hidden"), ticket)
        elif reply := await self._reply(command, command.who, ticket):
            await self._counter.answer(command.spot, reply, ticket)

    async def _reply(self, command: DeskCommand, who: Who, ticket: int | None) -> Reply | None:
        if command.name == "desk":
            return await self._desk_of(command, who)
        if command.name in _ABOUT_DESK:
            return spoken(await self._about_desk(command, who))
        if command.name in ORDERS:
            return await self._about_ticket(command, who, ticket) if ticket else Reply("desk_which")
        return Reply("desk_no_command") if ticket else None

    async def _desk_of(self, command: DeskCommand, who: Who) -> Reply:
        """In the group: how to join. To the bot alone: the way to the web desk."""
        if command.spot.chat < 0:
            return welcome()
        if self._link is None:
            helper = await self._desk.helper_of(who)
            return Reply("desk_no_web" if helper and helper.joined else "desk_no_helper")
        secret = await self._desk.sign_in_link(who)
        return Reply("desk_link", {"link": self._link(secret)}) if secret else Reply("desk_no_helper")

    async def _about_desk(self, command: DeskCommand, who: Who) -> str:
        if command.name == "leave":
            return await self._desk.leave(command.key, who)
        if command.name == "name":
            return await self._desk.set_name(command.key, who, command.rest)
        return await self._desk.presence(command.key, who, here=command.name == "here")

    async def _about_ticket(self, command: DeskCommand, who: Who, ticket: int) -> Reply | None:
        if command.name not in _ORDERS or (command.name in _LISTS and not command.rest):
            case = await self._counter.case_for(who, ticket)
            if isinstance(case, Reply):
                return case
            offered = await choices(self._desk, _LISTS[command.name], case)
            if not is_choice(offered):
                return Reply("desk_nobody")
            return Reply("desk_choose", {"what": command.name}, offered)
        if command.name == "block" and not command.rest:
            return Reply("desk_why")
        words = await _ORDERS[command.name](self._desk, command, who, ticket)
        if not words:
            self._counter.nod(command.spot)
        return spoken(words) if words else None


def welcome(*, admin: bool = True) -> Reply:
    """How to join the desk. `admin`: whether we see all that is written in the group."""
    return Reply("desk_welcome", {"admin": admin}, menus.DESK)


def _not_ours(chat: int) -> Reply:
    return Reply("desk_not_ours", {"number": str(chat)})


def _answered(command: DeskCommand) -> str:
    """The message that a command answers, as in the store."""
    return source(command.spot.chat, int(command.spot.answered)) if command.spot.answered else ""


def _canned(desk: Desk, text: str) -> str:
    """The ready-made answer that is meant: by its name, or by the title that its button has."""
    name = _name(text)
    return next((one.name for one in desk.canned() if name == _name(one.title)), name)


def _name(text: str) -> str:
    """The name of a ready-made answer, however it was written."""
    return "_".join(text.lower().replace("-", " ").replace("_", " ").split())
