"""copyMessage and copyMessages: the same content again, without a word on who sent it."""

from typing import Any

from tests.fake_bot_api.checks import answered_by, chat_of, check_text, keyboard_of, thread_of
from tests.fake_bot_api.faults import Refused
from tests.fake_bot_api.media import CAPTIONED, NEVER_COPIED
from tests.fake_bot_api.world import BOT, Chat, Json, Posted, World

MOST = 100  # messages copied at once


def copy_message(world: World, fields: Json) -> Json:
    """One message; with `caption`, the words below it are others."""
    chat, source = chat_of(world, fields), chat_of(world, fields | {"chat_id": fields["from_chat_id"]})
    post = source.posts.get(int(fields["message_id"]))
    if post is None:
        raise Refused(400, "Bad Request: message to copy not found")
    if not _can_be_copied(post):
        raise Refused(400, "Bad Request: message can't be copied")
    content = _content(post)
    if "caption" in fields and post.kind in CAPTIONED:
        content |= {"text": fields["caption"], "entities": fields.get("caption_entities") or []}
        check_text(content["text"], content["entities"], caption=True)
    where = {"thread": thread_of(chat, fields), "reply_to": answered_by(chat, fields)}
    return _posted(world, chat, fields, content | where | {"keyboard": keyboard_of(fields)})


def copy_messages(world: World, fields: Json) -> list[Json]:
    """Several messages, an album as an album; those that cannot be found or copied are left out."""
    chat, source = chat_of(world, fields), chat_of(world, fields | {"chat_id": fields["from_chat_id"]})
    numbers = fields["message_ids"]
    if not 1 <= len(numbers) <= MOST:
        raise Refused(400, "Bad Request: there are no messages to copy")
    # The reference says "strictly increasing", and the words are those of TDLib.
    if sorted(set(numbers)) != numbers:
        raise Refused(400, "Bad Request: message identifiers must be in a strictly increasing order")
    posts = [source.posts[number] for number in numbers if number in source.posts]
    posts = [post for post in posts if _can_be_copied(post)]
    if not posts:
        raise Refused(400, "Bad Request: there are no messages to copy")
    thread = thread_of(chat, fields)
    bare = {"text": "", "entities": []} if fields.get("remove_caption") else {}
    return [
        _posted(world, chat, fields, _content(post) | bare | {"album": post.album, "thread": thread}) for post in posts
    ]


def _can_be_copied(post: Posted) -> bool:
    return not post.extra and post.kind not in NEVER_COPIED and (post.by_bot or not post.protected)


def _content(post: Posted) -> dict[str, Any]:
    return {"text": post.text, "entities": post.entities, "photo": post.photo, "media": post.media}


def _posted(world: World, chat: Chat, fields: Json, content: dict[str, Any]) -> Json:
    protected = bool(fields.get("protect_content"))
    return {"message_id": world.post(chat, BOT, **content, protected=protected).id}
