"""Looks whether Telegram knows the bot, how news comes in, and what the bot may do in the helpers' group."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.webhook import PATH
from tutorbot.doctor.finding import Finding, Health, count, span

_GROUP = "TUTORBOT_TELEGRAM_HELPERS_CHAT"
_RECENT: Final = timedelta(hours=1)  # an error of longer ago is over
_MANY: Final = 100  # updates that wait at Telegram


async def telegram(token: str, api_url: str, group: int | None, public_url: str = "") -> list[Finding]:
    """Whether Telegram knows the bot, whether news comes in, and whether the bot may work in the helpers' group."""
    async with Api(token, api_url) as api:
        try:
            bot = await api.call("getMe")
        except InvalidToken:
            todo = "Copy TUTORBOT_TELEGRAM_TOKEN anew from @BotFather."
            return [Finding("telegram", Health.PROBLEM, "Telegram does not know this token.", todo)]
        except TelegramError as error:
            todo = "Check the internet connection and TUTORBOT_TELEGRAM_API_URL."
            return [Finding("telegram", Health.PROBLEM, f"{error.message}.", todo)]
        found = Finding("telegram", Health.GOOD, f"The bot is @{bot['username']}.")
        return [found, await _news(api, public_url), await _group(api, bot["id"], group)]


async def _news(api: Api, public_url: str) -> Finding:
    try:
        info = await api.call("getWebhookInfo")
    except TelegramError as error:
        return Finding("updates", Health.PROBLEM, f"{error.message}.", "Try again in a minute.")
    return updates(info, public_url, datetime.now(UTC))


def updates(info: Mapping[str, Any], public_url: str, now: datetime) -> Finding:
    """How news comes in. Of an address only the host is told: somebody's secret may stand in the rest."""
    waiting = info.get("pending_update_count", 0)
    host = urlsplit(info.get("url", "")).hostname or "nobody"
    if public_url and info.get("url") != public_url + PATH:
        says = f"Telegram calls {host}, not {public_url}."
        return Finding("updates", Health.NOTE, says, "Start the tutor; it tells Telegram. If it runs, look at its log.")
    if not public_url and info.get("url"):
        todo = f"Start the tutor; it ends that. If {host} is another program of yours, give it a bot of its own."
        return Finding("updates", Health.NOTE, f"Telegram calls {host}, so nobody can ask for updates.", todo)
    since = now - datetime.fromtimestamp(info.get("last_error_date", 0), UTC)
    if public_url and since < _RECENT:
        says = f"Telegram could not call us {span(since)} ago: {info.get('last_error_message', '')}."
        return Finding("updates", Health.PROBLEM, says, f"Look at the way to {public_url}: certificate, proxy, port.")
    if waiting >= _MANY:
        todo = "Start the tutor. If it runs, the log says why it takes none."
        return Finding("updates", Health.NOTE, f"{count(waiting, 'update')} wait at Telegram.", todo)
    how = "Telegram calls us" if public_url else "We ask Telegram"
    return Finding("updates", Health.GOOD, f"{how}. Updates that wait there now: {waiting}.")


async def _group(api: Api, bot: int, group: int | None) -> Finding:
    if group is None:
        todo = f"Use the web desk, or add the bot to a group and set {_GROUP} to the number that the log then tells."
        return Finding("helpers", Health.NOTE, "They have no Telegram group.", todo)
    try:
        chat = await api.call("getChat", chat_id=group)
        member = await api.call("getChatMember", chat_id=group, user_id=bot)
    except ChatMigrated as moved:
        return Finding("helpers", Health.NOTE, "The group has moved.", f"Set {_GROUP} to {moved.new_chat_id}.")
    except (BadRequest, Forbidden):
        return Finding("helpers", Health.PROBLEM, "The bot is not in the group.", f"Add it, and check {_GROUP}.")
    except TelegramError as error:
        return Finding("helpers", Health.PROBLEM, f"{error.message}.", "Try again in a minute.")
    return rights(chat, member)


def rights(chat: Mapping[str, Any], member: Mapping[str, Any]) -> Finding:
    """What the group lets the bot do."""
    if chat["type"] not in ("group", "supergroup"):
        todo = f"Set {_GROUP} to the number of a group; it begins with a minus."
        return Finding("helpers", Health.PROBLEM, "Their chat is not a group.", todo)
    if member["status"] not in ("administrator", "creator"):
        todo = "Make it an administrator who may manage topics and delete messages."
        return Finding("helpers", Health.PROBLEM, "The bot does not see what helpers write in the group.", todo)
    if not chat.get("is_forum"):
        todo = "Turn on Topics in the group's settings, and each question gets a place of its own."
        return Finding("helpers", Health.NOTE, "All questions share one chat.", todo)
    if not member.get("can_manage_topics") and member["status"] != "creator":
        return Finding("helpers", Health.PROBLEM, "The bot may not make topics.", "Give it the right to manage topics.")
    if not member.get("can_delete_messages") and member["status"] != "creator":
        todo = "Give it the right to delete messages, or what was said stays there when somebody asks to be forgotten."
        return Finding("helpers", Health.PROBLEM, "The bot may not delete topics.", todo)
    return Finding("helpers", Health.GOOD, "Each question gets a topic in the group.")
