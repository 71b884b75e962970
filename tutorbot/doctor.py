"""Looks whether everything that Tutorbot needs is there: database, lessons, Telegram, the helpers' group.

Each check gives one finding: what is so and, where something is wrong, what to do. Nothing is changed.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from tutorbot.channels.telegram.api import Api
from tutorbot.curriculum.loader import load
from tutorbot.curriculum.problem import Level
from tutorbot.errors import SchemaMismatch, StoreUnavailable
from tutorbot.store.schema import check_schema

_GROUP = "TUTORBOT_TELEGRAM_HELPERS_CHAT"


class Health(StrEnum):
    """How a finding is to be taken."""

    GOOD = "good"
    NOTE = "note"  # works, and could be better
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found."""

    about: str
    health: Health
    says: str
    todo: str = ""  # what to do; "" where all is well


def examine(url: str, folder: Path, token: str, api_url: str, group: int | None) -> list[Finding]:
    """Everything, in the order in which it is needed. `token` is "" where there is no Telegram."""
    found = [database(url), lessons(folder)]
    if token:
        return [*found, *asyncio.run(telegram(token, api_url, group))]
    todo = "To use Telegram, set TUTORBOT_TELEGRAM_TOKEN."
    return [*found, Finding("telegram", Health.NOTE, "It is off; learners use the web chat.", todo)]


def database(url: str) -> Finding:
    """Whether the database answers and is at the version this program knows."""
    try:
        check_schema(url)
    except SchemaMismatch:
        return Finding("database", Health.NOTE, "It is not up to date yet.", "Run `tutorbot migrate`.")
    except StoreUnavailable as error:
        return Finding("database", Health.PROBLEM, str(error), "Check DATABASE_URL, and that the database runs.")
    return Finding("database", Health.GOOD, "It answers and is up to date.")


def lessons(folder: Path) -> Finding:
    """Whether there is something to teach."""
    loaded = load(folder)
    count = f"{len(loaded.curriculum.lessons)} lessons can be taught."
    errors = sum(problem.level is Level.ERROR for problem in loaded.problems)
    if not loaded.curriculum.lessons:
        return Finding("lessons", Health.PROBLEM, f"There are none in {folder}.", "Check TUTORBOT_LESSONS.")
    if errors:
        return Finding("lessons", Health.PROBLEM, f"{count} Errors in others: {errors}.", "Run `tutorbot check`.")
    return Finding("lessons", Health.GOOD, count)


async def telegram(token: str, api_url: str, group: int | None) -> list[Finding]:
    """Whether Telegram knows the bot, and whether the bot may do its work in the helpers' group."""
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
        return [found, await _group(api, bot["id"], group)]


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
        todo = "Make it an administrator who may manage topics."
        return Finding("helpers", Health.PROBLEM, "The bot does not see what helpers write in the group.", todo)
    if not chat.get("is_forum"):
        todo = "Turn on Topics in the group's settings, and each question gets a place of its own."
        return Finding("helpers", Health.NOTE, "All questions share one chat.", todo)
    if not member.get("can_manage_topics") and member["status"] != "creator":
        return Finding("helpers", Health.PROBLEM, "The bot may not make topics.", "Give it the right to manage topics.")
    return Finding("helpers", Health.GOOD, "Each question gets a topic in the group.")
