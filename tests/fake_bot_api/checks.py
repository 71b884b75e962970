"""What the Bot API refuses to send and where, in its own words."""

from collections.abc import Sequence
from typing import Any

from tests.fake_bot_api.faults import Refused
from tests.fake_bot_api.world import Chat, Json, World

TEXT_LIMIT, CAPTION_LIMIT, DATA_LIMIT, BUTTON_LIMIT, ROW_LIMIT = 4096, 1024, 64, 100, 8


def check_text(text: str, entities: Sequence[dict[str, Any]], *, caption: bool = False) -> None:
    """The length, and that entities lie within the text and cut no letter in two. All in UTF-16 units."""
    units = text.encode("utf-16-le")
    size = len(units) // 2
    if not caption and not text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    if size > (CAPTION_LIMIT if caption else TEXT_LIMIT):
        raise Refused(400, f"Bad Request: message {'caption ' if caption else ''}is too long")
    for entity in entities:
        start = entity["offset"]
        end = start + entity["length"]
        if not 0 <= start < end <= size:
            raise Refused(400, "Bad Request: ENTITY_BOUNDS_INVALID")
        if any(_inside_a_letter(units, place) for place in (start, end)):
            raise Refused(400, "Bad Request: ENTITY_BOUNDS_INVALID")


def _inside_a_letter(units: bytes, place: int) -> bool:
    """Whether the unit at this place is the second half of a letter."""
    unit = units[2 * place : 2 * place + 2]
    return len(unit) == 2 and 0xDC00 <= int.from_bytes(unit, "little") <= 0xDFFF


def check_keyboard(keyboard: Sequence[Sequence[dict[str, Any]]]) -> None:
    """The number of buttons, their labels and their data."""
    if sum(map(len, keyboard)) > BUTTON_LIMIT or any(len(row) > ROW_LIMIT for row in keyboard):
        raise Refused(400, "Bad Request: reply markup is too long")
    for button in (button for row in keyboard for button in row):
        if not button.get("text"):
            raise Refused(400, 'Bad Request: field "text" must be of type String')
        if not 1 <= len(button.get("callback_data", "").encode()) <= DATA_LIMIT:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")


def chat_of(world: World, fields: Json) -> Chat:
    """The chat that is written to."""
    chat = world.chats.get(int(fields["chat_id"]))
    if chat is None:
        raise Refused(400, "Bad Request: chat not found")
    if chat.refusal:
        raise chat.refusal
    return chat


def thread_of(chat: Chat, fields: Json) -> int | None:
    """The topic that is written in."""
    if "message_thread_id" not in fields:
        return None
    topic = chat.topics.get(int(fields["message_thread_id"]))
    if topic is None:
        raise Refused(400, "Bad Request: message thread not found")
    if topic.closed:
        raise Refused(400, "Bad Request: TOPIC_CLOSED")
    return topic.id


def answered_by(chat: Chat, fields: Json) -> int | None:
    """The message that is answered."""
    parameters = fields.get("reply_parameters") or {}
    wanted = parameters.get("message_id")
    if wanted is None or wanted in chat.posts:
        return wanted
    if parameters.get("allow_sending_without_reply"):
        return None
    raise Refused(400, "Bad Request: message to be replied not found")


def keyboard_of(fields: Json) -> list[list[Json]]:
    """The buttons."""
    keyboard: list[list[Json]] = (fields.get("reply_markup") or {}).get("inline_keyboard", [])
    check_keyboard(keyboard)
    return keyboard
