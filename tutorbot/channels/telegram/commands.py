"""What Telegram shows of the bot before anybody has written: its description and its menu of commands."""

import logging

from telegram.error import TelegramError

from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.inbox import Words
from tutorbot.tutor.replies import Reply

log = logging.getLogger(__name__)


async def introduce(api: Api, words: Words) -> None:
    """Tell Telegram who we are. If it does not listen, the bot works all the same."""
    calls: list[tuple[str, dict[str, object]]] = [
        ("setMyCommands", {"commands": commands(words(Reply("telegram_commands")))}),
        ("setMyDescription", {"description": words(Reply("telegram_about"))}),
        ("setMyShortDescription", {"short_description": words(Reply("telegram_about_short"))}),
    ]
    for method, fields in calls:
        try:
            await api.call(method, **fields)
        except TelegramError as error:
            log.info("%s did not work: %s", method, error, extra={"action": "introduce_refused"})


def commands(lines: str) -> list[dict[str, str]]:
    """The menu of commands, from lines such as `menu: See all lessons`."""
    pairs = (line.partition(":") for line in lines.splitlines())
    return [{"command": name, "description": meaning.strip()} for name, found, meaning in pairs if found]
