"""What Telegram shows of the bot before anybody has written: its description and its menus of commands."""

import logging
from collections.abc import Callable, Iterable

from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from tutorbot.channels.telegram.api import Api
from tutorbot.tutor.replies import Reply

log = logging.getLogger(__name__)

_PRESENT = (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)

Words = Callable[[Reply], str]
"""Makes a reply plain words."""


async def introduce(api: Api, words: Words, groups: Iterable[int] = ()) -> None:
    """Tell Telegram who we are, and what can be written in the chats of helpers. If it does not listen, so be it."""
    calls: list[tuple[str, dict[str, object]]] = [
        ("setMyCommands", menu_of_people(words)),
        *(("setMyCommands", menu_of_group(words, chat)) for chat in groups),
        ("setMyDescription", {"description": words(Reply("telegram_about"))}),
        ("setMyShortDescription", {"short_description": words(Reply("telegram_about_short"))}),
    ]
    for method, fields in calls:
        try:
            await api.call(method, **fields)
        except TelegramError as error:
            log.info("%s did not work: %s", method, error, extra={"action": "introduce_refused"})


def menu_of_people(words: Words) -> dict[str, object]:
    """The commands in a chat with the bot alone."""
    return {"commands": commands(words(Reply("telegram_commands"))), "scope": {"type": "all_private_chats"}}


def menu_of_group(words: Words, chat: int) -> dict[str, object]:
    """The commands in a chat of helpers."""
    return {"commands": commands(words(Reply("desk_commands"))), "scope": {"type": "chat", "chat_id": chat}}


def commands(lines: str) -> list[dict[str, str]]:
    """The menu of commands, from lines such as `menu: See all lessons`."""
    pairs = (line.partition(":") for line in lines.splitlines())
    return [{"command": name, "description": meaning.strip()} for name, found, meaning in pairs if found]


class Me:
    """The bot itself, and what it can see."""

    def __init__(self, api: Api) -> None:
        self._api, self._username = api, ""

    async def username(self) -> str:
        """Its name, which tells commands for it from those for other bots; "" while Telegram does not answer."""
        if not self._username:
            try:
                self._username = (await self._api.call("getMe"))["username"]
            except TelegramError as error:
                log.info("getMe did not work: %s", error, extra={"action": "introduce_refused"})
        return self._username

    async def sees(self, user: str, chat: int) -> bool:
        """Whether somebody is in a group. In a public one, anybody can press its buttons."""
        try:
            member = await self._api.call("getChatMember", chat_id=chat, user_id=int(user))
        except TelegramError as error:
            log.info("getChatMember did not work: %s", error, extra={"action": "member_unknown"})
            return False
        return member["status"] in _PRESENT or bool(member.get("is_member"))
