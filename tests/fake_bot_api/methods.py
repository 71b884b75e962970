"""The methods of the Bot API that carry something out: `METHODS[name](world, fields)` gives the result or refuses."""

import hashlib
from collections.abc import Callable
from typing import Any

from tests.fake_bot_api.checks import check_keyboard, check_text
from tests.fake_bot_api.faults import Refused
from tests.fake_bot_api.world import BOT, Chat, Json, Posted, Topic, World, describe

Upload = bytes
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def _chat(world: World, fields: Json) -> Chat:
    chat = world.chats.get(int(fields["chat_id"]))
    if chat is None:
        raise Refused(400, "Bad Request: chat not found")
    if chat.refusal:
        raise chat.refusal
    return chat


def _thread(chat: Chat, fields: Json) -> int | None:
    if "message_thread_id" not in fields:
        return None
    topic = chat.topics.get(int(fields["message_thread_id"]))
    if topic is None:
        raise Refused(400, "Bad Request: message thread not found")
    if topic.closed:
        raise Refused(400, "Bad Request: TOPIC_CLOSED")
    return topic.id


def _reply_to(chat: Chat, fields: Json) -> int | None:
    parameters = fields.get("reply_parameters") or {}
    wanted = parameters.get("message_id")
    if wanted is None or wanted in chat.posts:
        return wanted
    if parameters.get("allow_sending_without_reply"):
        return None
    raise Refused(400, "Bad Request: message to be replied not found")


def _keyboard(fields: Json) -> list[list[Json]]:
    keyboard: list[list[Json]] = (fields.get("reply_markup") or {}).get("inline_keyboard", [])
    check_keyboard(keyboard)
    return keyboard


def _photo(world: World, photo: str | Upload) -> str:
    """The file id of an uploaded picture, or of one known."""
    if isinstance(photo, Upload):
        if not photo.startswith((b"\x89PNG", b"\xff\xd8")):
            raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED")
        file_id = "picture-" + hashlib.sha256(photo).hexdigest()[:16]
        world.files.add(file_id)
        return file_id
    if photo not in world.files:
        raise Refused(400, "Bad Request: wrong remote file identifier specified: Wrong string length")
    return photo


def _send_message(world: World, fields: Json) -> Json:
    chat = _chat(world, fields)
    text, entities = fields.get("text", ""), fields.get("entities") or []
    check_text(text, entities)
    post = world.post(
        chat,
        BOT,
        text=text.strip(),
        entities=entities,
        keyboard=_keyboard(fields),
        thread=_thread(chat, fields),
        reply_to=_reply_to(chat, fields),
    )
    return describe(chat, post)


def _send_photo(world: World, fields: Json) -> Json:
    chat = _chat(world, fields)
    caption, entities = fields.get("caption", ""), fields.get("caption_entities") or []
    check_text(caption, entities, caption=True)
    post = world.post(
        chat,
        BOT,
        text=caption,
        entities=entities,
        photo=_photo(world, fields["photo"]),
        keyboard=_keyboard(fields),
        thread=_thread(chat, fields),
        reply_to=_reply_to(chat, fields),
    )
    return describe(chat, post)


def _to_edit(world: World, fields: Json) -> tuple[Chat, Posted]:
    chat = _chat(world, fields)
    post = chat.posts.get(int(fields["message_id"]))
    if post is None:
        raise Refused(400, "Bad Request: message to edit not found")
    if not post.by_bot:
        raise Refused(400, "Bad Request: message can't be edited")
    return chat, post


def _edit(world: World, chat: Chat, post: Posted, fields: Json, **content: Any) -> Json:
    content["keyboard"] = _keyboard(fields)
    if all(getattr(post, name) == value for name, value in content.items()):
        raise Refused(400, NOT_MODIFIED)
    for name, value in content.items():
        setattr(post, name, value)
    post.edits += 1
    world.touch()
    return describe(chat, post)


def _edit_text(world: World, fields: Json) -> Json:
    chat, post = _to_edit(world, fields)
    text, entities = fields.get("text", ""), fields.get("entities") or []
    check_text(text, entities)
    if post.photo:
        raise Refused(400, "Bad Request: there is no text in the message to edit")
    return _edit(world, chat, post, fields, text=text.strip(), entities=entities)


def _edit_caption(world: World, fields: Json) -> Json:
    chat, post = _to_edit(world, fields)
    caption, entities = fields.get("caption", ""), fields.get("caption_entities") or []
    check_text(caption, entities, caption=True)
    if not post.photo:
        raise Refused(400, "Bad Request: there is no caption in the message to edit")
    return _edit(world, chat, post, fields, text=caption, entities=entities)


def _edit_media(world: World, fields: Json) -> Json:
    chat, post = _to_edit(world, fields)
    media = fields["media"]
    caption, entities = media.get("caption", ""), media.get("caption_entities") or []
    check_text(caption, entities, caption=True)
    source = media["media"]
    photo = _photo(world, fields[source.removeprefix("attach://")] if source.startswith("attach://") else source)
    return _edit(world, chat, post, fields, text=caption, entities=entities, photo=photo)


def _edit_keyboard(world: World, fields: Json) -> Json:
    chat, post = _to_edit(world, fields)
    return _edit(world, chat, post, fields)


def _send_document(world: World, fields: Json) -> Json:
    chat = _chat(world, fields)
    caption, entities = fields.get("caption", ""), fields.get("caption_entities") or []
    check_text(caption, entities, caption=True)
    file = fields["document"]
    if not isinstance(file, Upload) or not file:
        raise Refused(400, "Bad Request: file must be non-empty")
    post = world.post(chat, BOT, text=caption, entities=entities, file=file, keyboard=_keyboard(fields))
    return describe(chat, post)


def _answer_press(world: World, fields: Json) -> bool:
    if str(fields["callback_query_id"]) not in world.presses:
        raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    if len(fields.get("text", "")) > 200:
        raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
    world.presses[str(fields["callback_query_id"])] = fields
    world.touch()
    return True


def _create_topic(world: World, fields: Json) -> Json:
    chat = _chat(world, fields)
    if not chat.forum:
        raise Refused(400, "Bad Request: the chat is not a forum")
    if not chat.may_manage_topics:
        raise Refused(400, "Bad Request: not enough rights to create a topic")
    name = fields.get("name", "")
    if not 1 <= len(name) <= 128:
        raise Refused(400, "Bad Request: TOPIC_TITLE_EMPTY")
    made = world.post(chat, BOT, extra={"forum_topic_created": {"name": name, "icon_color": 7322096}})
    made.thread = made.id
    chat.topics[made.id] = Topic(made.id, name)
    world.touch()
    return {"message_thread_id": made.id, "name": name, "icon_color": 7322096}


def _set_closed(closed: bool) -> Callable[[World, Json], bool]:
    def method(world: World, fields: Json) -> bool:
        chat = _chat(world, fields)
        topic = chat.topics.get(int(fields["message_thread_id"]))
        if topic is None:
            raise Refused(400, "Bad Request: TOPIC_ID_INVALID")
        if topic.closed is closed:
            raise Refused(400, "Bad Request: TOPIC_NOT_MODIFIED")
        topic.closed = closed
        world.touch()
        return True

    return method


def _delete_topic(world: World, fields: Json) -> bool:
    chat = _chat(world, fields)
    thread = int(fields["message_thread_id"])
    if chat.topics.pop(thread, None) is None:
        raise Refused(400, "Bad Request: TOPIC_ID_INVALID")
    for post in [post for post in chat.posts.values() if post.thread == thread]:
        del chat.posts[post.id]
    world.touch()
    return True


def _delete_message(world: World, fields: Json) -> bool:
    chat = _chat(world, fields)
    if chat.posts.pop(int(fields["message_id"]), None) is None:
        raise Refused(400, "Bad Request: message to delete not found")
    world.touch()
    return True


def _member(world: World, fields: Json) -> Json:
    chat = _chat(world, fields)
    if int(fields["user_id"]) == BOT["id"]:
        return {"user": BOT, "status": "administrator", "can_manage_topics": chat.may_manage_topics}
    return {"user": {"id": int(fields["user_id"]), "is_bot": False, "first_name": "?"}, "status": "member"}


def _profile(name: str) -> Callable[[World, Json], bool]:
    def method(world: World, fields: Json) -> bool:
        world.profile[name] = fields
        return True

    return method


METHODS: dict[str, Callable[[World, Json], Any]] = {
    "getMe": lambda _world, _fields: BOT | {"can_join_groups": True, "can_read_all_group_messages": True},
    "sendMessage": _send_message,
    "sendPhoto": _send_photo,
    "sendDocument": _send_document,
    "editMessageText": _edit_text,
    "editMessageCaption": _edit_caption,
    "editMessageMedia": _edit_media,
    "editMessageReplyMarkup": _edit_keyboard,
    "deleteMessage": _delete_message,
    "answerCallbackQuery": _answer_press,
    "sendChatAction": lambda world, fields: bool(_chat(world, fields)),
    "createForumTopic": _create_topic,
    "closeForumTopic": _set_closed(True),
    "reopenForumTopic": _set_closed(False),
    "deleteForumTopic": _delete_topic,
    "getChat": lambda world, fields: _chat(world, fields).about,
    "getChatMember": _member,
    "setMyCommands": _profile("commands"),
    "setMyDescription": _profile("description"),
    "setMyShortDescription": _profile("short_description"),
    "setMyName": _profile("name"),
    "setChatMenuButton": _profile("menu_button"),
}
