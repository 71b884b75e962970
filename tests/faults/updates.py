"""Updates of every kind the Bot API knows, as valid JSON, whole and spoiled. The same seed gives the same updates."""

import copy
import json
from random import Random
from typing import Any

Json = dict[str, Any]

TEXTS = (
    "hello", "/start", "/start first", "/help@tutorbot_test_bot", "menu", "a", "", " ", "\u200b\u200b", "\u202eabc",
    "\x00", "\ud800", "e\u0301" * 300, "<b>&lt;", "{{7*7}}", "'; DROP TABLE learners; --",
    "_*[`", "\uff11\uff12", "👩‍👩‍👧" * 50, "x" * 4096,
    "next\nnext", "https://example.org", "what is a cookie", "help me I am stuck",
)  # fmt: skip
WILD = (None, True, -1, 0, 2**63, 2**200, 1e308, "", "x", "\ud83d", [], {}, [[[[]]]], {"id": {"id": []}}, "null")
DATA = (
    "0.next", "1.menu", "999999999.next", "-1.next", "1.", ".", "", "1.pick:0", "1.pick:99999999999", "1.pick:-1",
    "1.open:../../etc/passwd", "1.open:first", "1.rate:yes", "1.yes", "1.claim:1", "1.close:1", "1.release:1",
    "1.speak:xx", "1.word:" + "a" * 200, "x" * 65, "1.\x00", "1.more:-5", "1.more:1e9", "1.course:", "１.next", "1.did",
)  # fmt: skip
MEDIA = (
    "photo", "voice", "audio", "video", "video_note", "sticker", "animation", "document", "contact", "location",
    "venue", "dice", "poll", "game", "story", "paid_media", "checklist", "giveaway", "invoice",
    "new_chat_members", "pinned_message", "left_chat_member", "successful_payment", "web_app_data",
    "users_shared", "forum_topic_created", "some_new_thing",
)  # fmt: skip
KINDS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
    "business_message", "edited_business_message", "deleted_business_messages", "message_reaction",
    "message_reaction_count", "inline_query", "chosen_inline_result", "callback_query", "shipping_query",
    "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member",
    "chat_join_request", "chat_boost", "removed_chat_boost", "new_kind",
)  # fmt: skip


def any_update(chance: Random, number: int, group: int) -> Json:
    """A whole update of any kind, most of them of those we ask for."""
    kind = chance.choice(("message", "edited_message", "callback_query", "my_chat_member", *KINDS))
    return {"update_id": number, kind: _content(chance, kind, group)}


def spoiled(chance: Random, update: Json) -> Json:
    """The same with something left out, or something odd in its place; its number is kept."""
    found = copy.deepcopy(update)
    for _ in range(chance.choice((1, 1, 2, 4))):
        place = chance.choice([one for one in _places(found) if one])
        name = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
        if name == "update_id":
            continue
        if chance.random() < 0.3:
            del place[name]
        else:
            place[name] = copy.deepcopy(chance.choice(WILD))
    return found


def written(update: Json) -> bytes:
    """As it comes over the wire."""
    return json.dumps(update).encode()


def _places(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(place for one in inner for place in _places(one))] if isinstance(value, dict | list) else []


def _person(chance: Random) -> Json:
    names = ("Ann", "<3", "</a>", "_*[`", "{{7*7}}", "", "\u202eBob", "x" * 64)
    return {
        "id": chance.choice((*range(5001, 5201), 2**52)),
        "is_bot": chance.random() < 0.05,
        "first_name": chance.choice(names),
        "language_code": chance.choice(("en", "cy", "pt-br", "", "xx")),
    }


def _chat(chance: Random, person: Json, group: int) -> Json:
    if chance.random() < 0.7:
        return {"id": person["id"], "type": "private", "first_name": person["first_name"]}
    kind = chance.choice(("group", "supergroup", "channel"))
    return {"id": chance.choice((group, -5, -1009)), "type": kind, "title": "A group"}


def _message(chance: Random, group: int) -> Json:
    person = _person(chance)
    found: Json = {"message_id": chance.randint(1, 99), "date": 1, "chat": _chat(chance, person, group), "from": person}
    if chance.random() < 0.6:
        found["text"] = chance.choice(TEXTS)
    else:
        found |= _medium(chance.choice(MEDIA)) | {"caption": chance.choice(TEXTS)}
    if chance.random() < 0.2:
        found |= {"message_thread_id": chance.randint(1, 9), "is_topic_message": True}
    if chance.random() < 0.1:
        found["reply_to_message"] = {"message_id": 1, "date": 1, "chat": found["chat"], "from": person}
    return found


def _medium(name: str) -> Json:
    file: Json = {"file_id": "f", "file_unique_id": "f", "duration": 1, "width": 1, "height": 1, "length": 1}
    place = {"latitude": 0.0, "longitude": 0.0}
    content: dict[str, Any] = {
        "photo": [file],
        "sticker": file | {"type": "regular", "is_animated": False, "is_video": False},
        "contact": {"phone_number": "07700900123", "first_name": "Ann"},
        "location": place,
        "venue": {"location": place, "title": "Library", "address": "1 High Street"},
        "dice": {"value": 3, "emoji": "🎲"},
        "new_chat_members": [{"id": 9, "is_bot": False, "first_name": "Bea"}],
        "left_chat_member": {"id": 9, "is_bot": False, "first_name": "Bea"},
    }
    return {name: content.get(name, file)}


def _content(chance: Random, kind: str, group: int) -> Json:
    person = _person(chance)
    if "message" in kind or "post" in kind:
        return _message(chance, group)
    if kind == "callback_query":
        query: Json = {"id": f"q{chance.random()}", "from": person, "chat_instance": "1", "data": chance.choice(DATA)}
        if chance.random() < 0.8:
            query["message"] = _message(chance, group)
        return query
    status = {"status": chance.choice(("member", "kicked", "left", "administrator")), "user": person, "until_date": 0}
    chat = _chat(chance, person, group)
    common: Json = {"id": "1", "from": person, "user": person, "chat": chat, "date": 1, "query": "", "offset": ""}
    return common | {"old_chat_member": status, "new_chat_member": status, "poll_id": "1", "option_ids": [0]}
