"""The methods of the Bot API that carry something out: `METHODS[name](world, fields)` gives the result or refuses."""

import hashlib
from collections.abc import Callable
from typing import Any

from tests.fake_bot_api.checks import answered_by, chat_of, check_text, keyboard_of, thread_of
from tests.fake_bot_api.copies import copy_message, copy_messages
from tests.fake_bot_api.faults import Refused
from tests.fake_bot_api.media import CAPTIONED
from tests.fake_bot_api.world import BOT, Chat, Json, Posted, Topic, World, describe

Upload = bytes
DELETABLE = 48 * 3600  # seconds that a message can be deleted by a bot
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


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
    chat = chat_of(world, fields)
    text, entities = fields.get("text", ""), fields.get("entities") or []
    check_text(text, entities)
    post = world.post(
        chat,
        BOT,
        text=text.strip(),
        entities=entities,
        keyboard=keyboard_of(fields),
        thread=thread_of(chat, fields),
        reply_to=answered_by(chat, fields),
    )
    return describe(chat, post)


def _send_photo(world: World, fields: Json) -> Json:
    chat = chat_of(world, fields)
    caption, entities = fields.get("caption", ""), fields.get("caption_entities") or []
    check_text(caption, entities, caption=True)
    post = world.post(
        chat,
        BOT,
        text=caption,
        entities=entities,
        photo=_photo(world, fields["photo"]),
        keyboard=keyboard_of(fields),
        thread=thread_of(chat, fields),
        reply_to=answered_by(chat, fields),
    )
    return describe(chat, post)


def _to_edit(world: World, fields: Json) -> tuple[Chat, Posted]:
    chat = chat_of(world, fields)
    post = chat.posts.get(int(fields["message_id"]))
    if post is None:
        raise Refused(400, "Bad Request: message to edit not found")
    if not post.by_bot:
        raise Refused(400, "Bad Request: message can't be edited")
    return chat, post


def _edit(world: World, chat: Chat, post: Posted, fields: Json, **content: Any) -> Json:
    # Clients cannot show buttons below a part of an album, so the server passes over them: with nothing else new the
    # message "is not modified" (tdlib/td#1463, pengrad/java-telegram-bot-api#338).
    content["keyboard"] = [] if post.album else keyboard_of(fields)
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
    if post.kind:
        raise Refused(400, "Bad Request: there is no text in the message to edit")
    return _edit(world, chat, post, fields, text=text.strip(), entities=entities)


def _edit_caption(world: World, fields: Json) -> Json:
    chat, post = _to_edit(world, fields)
    caption, entities = fields.get("caption", ""), fields.get("caption_entities") or []
    check_text(caption, entities, caption=True)
    if post.kind not in CAPTIONED:
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
    chat = chat_of(world, fields)
    caption, entities = fields.get("caption", ""), fields.get("caption_entities") or []
    check_text(caption, entities, caption=True)
    file = fields["document"]
    if not isinstance(file, Upload) or not file:
        raise Refused(400, "Bad Request: file must be non-empty")
    post = world.post(chat, BOT, text=caption, entities=entities, file=file, keyboard=keyboard_of(fields))
    return describe(chat, post)


def _answer_press(world: World, fields: Json) -> bool:
    if str(fields.get("callback_query_id")) not in world.presses:
        raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    if len(fields.get("text", "")) > 200:
        raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
    world.presses[str(fields["callback_query_id"])] = fields
    world.touch()
    return True


def _react(world: World, fields: Json) -> bool:
    post = chat_of(world, fields).posts.get(int(fields["message_id"]))
    if post is None:
        raise Refused(400, "Bad Request: message to react not found")
    post.reaction = "".join(one["emoji"] for one in fields.get("reaction") or [])
    world.touch()
    return True


def _create_topic(world: World, fields: Json) -> Json:
    chat = chat_of(world, fields)
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
        chat = chat_of(world, fields)
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
    chat, topic = chat_of(world, fields), int(fields["message_thread_id"])
    if topic not in chat.topics:
        raise Refused(400, "Bad Request: TOPIC_ID_INVALID")
    if not chat.may_delete:
        raise Refused(400, "Bad Request: not enough rights to delete a topic")
    chat.drop_topic(topic)
    world.touch()
    return True


def _delete_message(world: World, fields: Json) -> bool:
    chat = chat_of(world, fields)
    post = chat.posts.get(int(fields["message_id"]))
    if post is None:
        raise Refused(400, "Bad Request: message to delete not found")
    if world.now - post.at > DELETABLE:
        raise Refused(400, "Bad Request: message can't be deleted for everyone")
    if "forum_topic_created" in post.extra or not (post.by_bot or chat.bot_is_admin):
        raise Refused(400, "Bad Request: message can't be deleted")
    del chat.posts[post.id]
    world.touch()
    return True


def _member(world: World, fields: Json) -> Json:
    chat = chat_of(world, fields)
    if int(fields["user_id"]) == BOT["id"]:
        status = "administrator" if chat.bot_is_admin else "member"
        return {
            "user": BOT,
            "status": status,
            "can_manage_topics": chat.may_manage_topics,
            "can_delete_messages": chat.may_delete,
        }
    status = "left" if int(fields["user_id"]) in chat.gone else "member"
    return {"user": {"id": int(fields["user_id"]), "is_bot": False, "first_name": "?"}, "status": status}


def _profile(name: str) -> Callable[[World, Json], bool]:
    def method(world: World, fields: Json) -> bool:
        scope = fields.get("scope") or {}
        world.profile[":".join([name, *map(str, scope.values())])] = fields
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
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "answerCallbackQuery": _answer_press,
    "setMessageReaction": _react,
    "sendChatAction": lambda world, fields: bool(chat_of(world, fields)),
    "createForumTopic": _create_topic,
    "closeForumTopic": _set_closed(True),
    "reopenForumTopic": _set_closed(False),
    "deleteForumTopic": _delete_topic,
    "getChat": lambda world, fields: chat_of(world, fields).about,
    "getChatMember": _member,
    "setMyCommands": _profile("commands"),
    "setMyDescription": _profile("description"),
    "setMyShortDescription": _profile("short_description"),
    "setMyName": _profile("name"),
    "setChatMenuButton": _profile("menu_button"),
}
