"""What a message of Telegram holds instead of words, and what of it may be passed on. Pure."""

from collections.abc import Sequence

from telegram import Message
from telegram.constants import MessageAttachmentType, MessageType
from telegram.helpers import effective_message_type

from tutorbot.messages.message import Copied
from tutorbot.tutor.events import Media

OTHER = "other"
"""What people send, of a kind we do not know."""

_PASSED_ON = {
    MessageAttachmentType.PHOTO: Media.PICTURE,
    MessageAttachmentType.LIVE_PHOTO: Media.PICTURE,
    MessageAttachmentType.VOICE: Media.VOICE,
    MessageAttachmentType.AUDIO: Media.VOICE,
    MessageAttachmentType.VIDEO: Media.FILE,
    MessageAttachmentType.VIDEO_NOTE: Media.FILE,
    MessageAttachmentType.DOCUMENT: Media.FILE,
    MessageAttachmentType.ANIMATION: Media.STICKER,
    MessageAttachmentType.STICKER: Media.STICKER,
}
_KEPT_BACK = {  # what tells who or where somebody is
    MessageAttachmentType.CONTACT: Media.CONTACT,
    MessageAttachmentType.LOCATION: Media.PLACE,
    MessageAttachmentType.VENUE: Media.PLACE,
    MessageAttachmentType.DICE: Media.STICKER,
}
_BARE = (MessageAttachmentType.STICKER, MessageAttachmentType.VIDEO_NOTE)

# Messages that people send but the library does not count as attachments. Any other kind it knows is Telegram itself
# speaking ("a message was pinned"); a kind it does not know is a new one that people send.
_ALSO_SENT = (None, MessageType.CHECKLIST, MessageType.GIVEAWAY)


def kind_of(message: Message) -> str:
    """The kind of thing that was sent instead of words; "" if it was words, or Telegram itself that speaks."""
    if message.text:
        return ""
    kind = next((kind for kind in MessageAttachmentType if message[kind]), None)
    if kind:
        return kind
    return OTHER if effective_message_type(message) in _ALSO_SENT else ""


def media_of(kind: str) -> Media:
    """What we call a kind."""
    return (_PASSED_ON | _KEPT_BACK).get(MessageAttachmentType(kind), Media.OTHER) if kind != OTHER else Media.OTHER


def copied(message: Message, kind: str) -> Copied | None:
    """What is passed on of a message of this kind; None if nothing is."""
    if kind not in _PASSED_ON:
        return None
    return Copied(
        chat=str(message.chat.id),
        ids=(message.message_id,),
        kind=media_of(kind),
        album=message.media_group_id or "",
        bare=kind in _BARE,
    )


def file_of(message: Message) -> str:
    """Telegram's name of the file that a message holds, the same wherever it is sent; "" where there is none."""
    content = message.effective_attachment
    largest = content[-1] if isinstance(content, Sequence) and content else content
    return str(getattr(largest, "file_unique_id", ""))
