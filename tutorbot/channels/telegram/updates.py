"""What an update of Telegram means to us. Pure: knows no store, no network and no clock.

What happens in groups is read by `group_updates`. Nothing in an update is trusted: a button may be old, foreign or
forged, and then means a press that does nothing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from telegram import ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType

from tutorbot.channels.telegram import group_updates
from tutorbot.channels.telegram.content import copied, kind_of, media_of
from tutorbot.channels.telegram.inbound import CHANNEL, Inbound, Reachable, Spot, address_of
from tutorbot.channels.telegram.verbs import ABOUT_DESK, PRIVATE_COMMANDS
from tutorbot.runtime.conversation import Incoming
from tutorbot.tutor.events import ChoicePicked, MediaSent, TextSent

WANTED = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.CHAT_MEMBER,
)
"""The kinds of update we ask for."""


def read(raw: Mapping[str, Any], is_desk: Callable[[int], bool], now: datetime) -> Sequence[Inbound]:
    """What has happened. `is_desk`: whether a chat is one of helpers; every other group is not our business."""
    press = _own_press(raw, now)
    return [press] if press else _translated(Update.de_json({**raw}), is_desk, now)


def _own_press(raw: Mapping[str, Any], now: datetime) -> Incoming | None:
    """A press in a learner's own chat; None if it is anything else.

    Nothing comes as often. So it is read as it came: python-telegram-bot would build objects for the message under the
    button and for its keyboard, of which we need but the number, and that would be the dearest part of taking it.
    """
    query = _part(raw, "callback_query")
    user, message, event = _part(query, "from"), _part(query, "message"), clicked(query.get("data"))
    private = not message or _part(message, "chat").get("type") == ChatType.PRIVATE
    if not (user and private) or event.action in ABOUT_DESK:
        return None
    address, ref = address_of(user["id"]), str(message.get("message_id", ""))
    return Incoming(f"{CHANNEL}:{raw['update_id']}", address, event, now, _language(user.get("language_code")), ref)


def _translated(update: Update, is_desk: Callable[[int], bool], now: datetime) -> Sequence[Inbound]:
    message = update.message or update.edited_message
    query, own, member = update.callback_query, update.my_chat_member, update.chat_member
    key, edited = f"{CHANNEL}:{update.update_id}", update.message is None
    if message:
        if message.chat.type == ChatType.PRIVATE:
            return _said(message, key, now, edited=edited)
        return group_updates.written(message, key, edited=edited, is_desk=is_desk(message.chat.id))
    if query:
        chat = query.message.chat if query.message else None
        at_desk = chat is not None and (chat.type == ChatType.PRIVATE or is_desk(chat.id))
        return group_updates.pressed(query, clicked(query.data).action, key) if at_desk else []
    if own:
        return _reachable(own) if own.chat.type == ChatType.PRIVATE else group_updates.own_membership(own)
    return group_updates.membership(member, key) if member and is_desk(member.chat.id) else []


def lane(raw: Mapping[str, Any]) -> int:
    """The chat an update belongs to: those of one chat are handled in order. Reads it as it came, however odd."""
    content = next((part for part in raw.values() if isinstance(part, dict)), {})
    place = _part(_part(content, "message") or content, "chat") or _part(content, "from")
    number = place.get("id")
    return number if isinstance(number, int) else 0


def topic(raw: Mapping[str, Any]) -> int | None:
    """The topic a message stands in. Reads the update as it came."""
    number = _part(raw, "message").get("message_thread_id")
    return number if isinstance(number, int) else None


def _part(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = content.get(name)
    return part if isinstance(part, dict) else {}


def clicked(data: str | None) -> ChoicePicked:
    """The press that a button's data stands for. Data that is not ours is a press that does nothing."""
    found = _DATA.fullmatch(data or "")
    return ChoicePicked(found[2], int(found[1])) if found else ChoicePicked("", -1)


_DATA = re.compile(r"([0-9]{1,9})\.([!-~]+)")  # step, then the action


def _said(message: Message, key: str, now: datetime, *, edited: bool) -> list[Inbound]:
    """What a learner said. Words under a picture are words too. Of edits only those of words are told."""
    user, kind = message.from_user, kind_of(message)
    if user and user.is_bot:
        return []
    spot = Spot(message.chat.id, message.message_id)
    said = Incoming(
        key=key,
        address=address_of(message.chat.id),
        event=TextSent(message.text or ""),
        at=now,
        language=_language(user.language_code if user else None),
        ref=str(message.message_id),
        source=spot.source,
        edited=edited,
    )
    if message.text:
        command = group_updates.command_of(message.text, key, group_updates.who_of(user) if user else None, spot)
        is_order = command is not None and command.name in PRIVATE_COMMANDS and not edited
        return [replace(command, otherwise=said)] if command and is_order else [said]
    found: list[Inbound] = []
    if kind and not edited:
        media = copied(message, kind)
        event = MediaSent(media_of(kind), copied=media is not None, worded=bool(message.caption))
        found.append(replace(said, event=event, media=media))
    if message.caption:
        words = TextSent(message.caption)
        found.append(replace(said, key=f"{key}:caption", event=words, source=f"{spot.source}:caption"))
    return found


def _reachable(change: ChatMemberUpdated) -> list[Inbound]:
    """Whether a person lets us write."""
    reachable = change.new_chat_member.status not in (ChatMember.BANNED, ChatMember.LEFT)
    return [Reachable(address_of(change.chat.id), reachable)]


def _language(code: str | None) -> str:
    """A first guess: "pt" of "pt-br"."""
    return (code or "en").partition("-")[0].lower()
