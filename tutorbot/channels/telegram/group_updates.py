"""What happens in a group of helpers. Pure, like `updates`; what is not about the desk is the helpers' own talk."""

import re
from collections.abc import Sequence
from dataclasses import replace

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, User
from telegram.constants import ChatID

from tutorbot.channels.telegram.content import copied, file_of, kind_of, media_of
from tutorbot.channels.telegram.inbound import (
    CameIn,
    DeskCommand,
    DeskMedia,
    DeskPress,
    DeskText,
    Inbound,
    Moved,
    Spot,
    WentAway,
    address_of,
)
from tutorbot.channels.telegram.verbs import ABOUT_DESK, CHOOSING, NUMBERED
from tutorbot.runtime.desk import Who
from tutorbot.tutor.actions import split

_NUMBER = re.compile(r"[0-9]{1,9}")
_CHOICE = re.compile(r"([0-9]{1,9}):([a-z0-9_-]{1,40})")
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)


def written(message: Message, key: str, *, edited: bool, is_desk: bool) -> Sequence[Inbound]:
    """What a message in a group means; in groups that are not of helpers, only a command does."""
    if message.migrate_to_chat_id:
        return [Moved(message.chat.id, message.migrate_to_chat_id)]
    if gone := message.left_chat_member:
        return [WentAway(key, who_of(gone), message.chat.id)] if is_desk and not gone.is_bot else []
    hidden, user, kind = message.sender_chat is not None, message.from_user, kind_of(message)
    if user is None or user.id == ChatID.SERVICE_CHAT or (user.is_bot and not hidden):
        return []
    spot, who, text = _spot(message), None if hidden else who_of(user), message.text or ""
    if command := command_of(text, key, who, spot):
        return [] if edited else [command]
    if not is_desk or not (spot.thread or spot.answered):
        return []
    caption, media, file = message.caption or "", copied(message, kind), file_of(message)
    if text or edited:
        return [DeskText(key, who, spot, text or caption, edited, file)] if text or caption or file else []
    passed_on = replace(media, file=file) if media else None
    return [DeskMedia(key, who, spot, media_of(kind), passed_on, caption)] if kind else []


def command_of(text: str, key: str, who: Who | None, spot: Spot) -> DeskCommand | None:
    """The command that these words are."""
    found = _COMMAND.fullmatch(text.strip())
    return DeskCommand(key, who, spot, found[1].lower(), (found[3] or "").strip(), found[2] or "") if found else None


def pressed(query: CallbackQuery, action: str, key: str) -> Sequence[Inbound]:
    """A press of a button of the desk; one that is old or forged means nothing."""
    verb, argument = split(action)
    message = query.message
    if message is None:
        return []
    thread = getattr(message, "message_thread_id", None) if getattr(message, "is_topic_message", None) else None
    spot = Spot(message.chat.id, message.message_id, str(thread or ""))
    who, choice = who_of(query.from_user), _CHOICE.fullmatch(argument)
    if verb in ABOUT_DESK and not argument:
        return [DeskPress(key, who, verb, 0, "", spot)]
    if verb in NUMBERED and _NUMBER.fullmatch(argument):
        return [DeskPress(key, who, verb, int(argument), "", spot)]
    if verb in CHOOSING and choice:
        return [DeskPress(key, who, verb, int(choice[1]), choice[2], spot)]
    return []


def membership(change: ChatMemberUpdated, key: str) -> Sequence[Inbound]:
    """Somebody left the group, or was put out."""
    member = change.new_chat_member
    gone = member.status in (ChatMember.LEFT, ChatMember.BANNED) or getattr(member, "is_member", True) is False
    return [WentAway(key, who_of(member.user), change.chat.id)] if gone and not member.user.is_bot else []


def own_membership(change: ChatMemberUpdated) -> Sequence[Inbound]:
    """The bot was brought in."""
    away = (ChatMember.LEFT, ChatMember.BANNED)
    came = change.old_chat_member.status in away and change.new_chat_member.status not in away
    return [CameIn(change.chat.id, change.new_chat_member.status == ChatMember.ADMINISTRATOR)] if came else []


def who_of(user: User) -> Who:
    """A person as the desk knows them."""
    return Who(address_of(user.id), user.first_name)


def _spot(message: Message) -> Spot:
    # Outside topics an answer carries the id of a chain of answers, which is no topic; inside, what answers nothing
    # seems to answer the message that made the topic.
    thread = message.message_thread_id if message.is_topic_message else None
    answered = message.reply_to_message.message_id if message.reply_to_message else None
    about = "" if answered is None or answered == thread else str(answered)
    return Spot(message.chat.id, message.message_id, str(thread or ""), about)
