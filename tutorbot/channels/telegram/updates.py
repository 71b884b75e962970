"""What an update of Telegram means to us. Pure: knows no store, no network and no clock.

Nothing in an update is trusted: a button may be old, foreign or forged, and then means a press that does nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatID, ChatType, MessageAttachmentType, MessageType
from telegram.helpers import effective_message_type

from tutorbot.desk.briefing import CLAIM, CLOSE, RELEASE
from tutorbot.runtime.conversation import Incoming
from tutorbot.runtime.desk import Who
from tutorbot.runtime.values import Address
from tutorbot.tutor.actions import split
from tutorbot.tutor.events import ChoicePicked, Media, MediaSent, TextSent

CHANNEL = "telegram"
WANTED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
"""The kinds of update we ask for."""

NOTE = "//"
"""What a helper writes in front of words for helpers alone."""


@dataclass(frozen=True, slots=True)
class DeskPress:
    """A helper pressed a button of a ticket."""

    key: str
    who: Who
    verb: str  # CLAIM, RELEASE or CLOSE
    ticket: int


@dataclass(frozen=True, slots=True)
class DeskText:
    """Somebody wrote in a topic of the helpers' group, or in answer to one of its messages."""

    key: str
    who: Who | None  # None: hidden behind the group or a channel
    thread: str  # the topic, "" outside topics
    replied_to: str  # outside topics: the message that was answered
    text: str  # "" if it was not words alone: a picture, a voice message
    message: int


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody blocked the bot, or took the block back."""

    address: Address
    reachable: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """The helpers' group has a new id."""

    to: int


Inbound = Incoming | DeskPress | DeskText | Reachable | Moved


_PLACE = frozenset({"message_id", "date", "chat", "message_thread_id", "is_topic_message"})


def translate(update: Update, is_desk: Callable[[int], bool], now: datetime) -> list[Inbound]:
    """What has happened. `is_desk`: whether a chat is the helpers' group; every other group is not our business."""
    message = update.message or update.edited_message
    query, membership = update.callback_query, update.my_chat_member
    key = f"{CHANNEL}:{update.update_id}"
    if message:
        if message.chat.type == ChatType.PRIVATE:
            return [*_said(message, key, now, edited=update.message is None)]
        return _in_group(message, key) if is_desk(message.chat.id) else []
    if query:
        if query.message is None or query.message.chat.type == ChatType.PRIVATE:
            return [_pressed(query, key, now)]
        return _pressed_in_group(query, key) if is_desk(query.message.chat.id) else []
    return _membership(membership) if membership else []


def lean(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The update without what we never read: of the message under a pressed button, we know all but its place.

    Building python-telegram-bot's objects for its text and keyboard would be the dearest part of taking a press.
    """
    press = raw.get("callback_query")
    if not isinstance(press, Mapping) or not isinstance(press.get("message"), Mapping):
        return dict(raw)
    message = {name: value for name, value in press["message"].items() if name in _PLACE}
    return {**raw, "callback_query": {**press, "message": message}}


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
_MEDIA = {
    MessageAttachmentType.PHOTO: Media.PICTURE,
    MessageAttachmentType.LIVE_PHOTO: Media.PICTURE,
    MessageAttachmentType.VOICE: Media.VOICE,
    MessageAttachmentType.AUDIO: Media.VOICE,
    MessageAttachmentType.STICKER: Media.STICKER,
    MessageAttachmentType.ANIMATION: Media.STICKER,
    MessageAttachmentType.DICE: Media.STICKER,
    MessageAttachmentType.DOCUMENT: Media.FILE,
    MessageAttachmentType.VIDEO: Media.FILE,
    MessageAttachmentType.VIDEO_NOTE: Media.FILE,
}
# Messages that people send but the library does not count as attachments. Any other kind it knows is Telegram itself
# speaking ("a message was pinned"); a kind it does not know is a new one that people send.
_ALSO_SENT = (None, MessageType.CHECKLIST, MessageType.GIVEAWAY)


def _said(message: Message, key: str, now: datetime, *, edited: bool) -> list[Incoming]:
    """What a learner said. Words under a picture are words too. Of edits only those of text are told."""
    user = message.from_user
    if user and user.is_bot:
        return []
    address = Address(CHANNEL, str(message.chat.id))
    language, ref = _language(user), str(message.message_id)
    if message.text:
        return [Incoming(key, address, TextSent(message.text), now, language, ref)]
    media = None if edited else _media(message)
    if media is None:
        return []
    found = [Incoming(key, address, MediaSent(media), now, language, ref)]
    if message.caption:
        found.append(Incoming(f"{key}:caption", address, TextSent(message.caption), now, language, ref))
    return found


def _media(message: Message) -> Media | None:
    """What was sent instead of words; None if it was not a person who said something."""
    kind = next((kind for kind in MessageAttachmentType if message[kind]), None)
    if kind:
        return _MEDIA.get(kind, Media.OTHER)
    return Media.OTHER if effective_message_type(message) in _ALSO_SENT else None


def _pressed(query: CallbackQuery, key: str, now: datetime) -> Incoming:
    address = Address(CHANNEL, str(query.from_user.id))
    ref = str(query.message.message_id) if query.message else ""
    return Incoming(key, address, clicked(query.data), now, _language(query.from_user), ref)


def _pressed_in_group(query: CallbackQuery, key: str) -> list[Inbound]:
    verb, ticket = split(clicked(query.data).action)
    if verb not in (CLAIM, RELEASE, CLOSE) or not re.fullmatch(r"[0-9]{1,9}", ticket):
        return []
    return [DeskPress(key, _who(query.from_user), verb, int(ticket))]


def _in_group(message: Message, key: str) -> list[Inbound]:
    """A message in the helpers' group. What is not about a ticket is the helpers' own talk."""
    if message.migrate_to_chat_id:
        return [Moved(message.migrate_to_chat_id)]
    hidden = message.sender_chat is not None
    user = message.from_user
    if user is None or user.id == ChatID.SERVICE_CHAT or (user.is_bot and not hidden) or _is_service(message):
        return []
    # Outside topics an answer carries the id of a chain of answers, which is no topic.
    thread = str(message.message_thread_id) if message.is_topic_message and message.message_thread_id else ""
    replied = message.reply_to_message
    replied_to = str(replied.message_id) if replied and not thread else ""
    if not thread and not replied_to:
        return []
    who = None if hidden else _who(user)
    return [DeskText(key, who, thread, replied_to, message.text or "", message.message_id)]


def _is_service(message: Message) -> bool:
    """Whether Telegram itself speaks: a topic was closed, somebody came in."""
    return not message.text and _media(message) is None


def _membership(change: ChatMemberUpdated) -> list[Inbound]:
    """Whether a person lets us write. Our comings and goings in groups are not told."""
    if change.chat.type != ChatType.PRIVATE:
        return []
    reachable = change.new_chat_member.status not in (ChatMember.BANNED, ChatMember.LEFT)
    return [Reachable(Address(CHANNEL, str(change.chat.id)), reachable)]


def _who(user: User) -> Who:
    return Who(Address(CHANNEL, str(user.id)), user.first_name)


def _language(user: User | None) -> str:
    """A first guess: "pt" of "pt-br"."""
    return (user.language_code if user and user.language_code else "en").partition("-")[0].lower()
