"""The hands of the people: what a user and a group can do, each making the updates that Telegram would send."""

import time
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.fake_bot_api.faults import Refused
from tests.fake_bot_api.world import ANONYMOUS, BOT, Chat, Json, Posted, World, describe

BLOCKED = Refused(403, "Forbidden: bot was blocked by the user")
DEACTIVATED = Refused(403, "Forbidden: user is deactivated")
NOT_STARTED = Refused(403, "Forbidden: bot can't initiate conversation with a user")
KICKED = Refused(403, "Forbidden: bot was kicked from the supergroup chat")

_press_numbers = count(1)

MEDIA: dict[str, Json] = {
    "photo": {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 90, "height": 90}]},
    "voice": {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
    "sticker": {
        "sticker": {
            "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 512, "height": 512,
            "is_animated": False, "is_video": False,
        }
    },
    "document": {"document": {"file_id": "d", "file_unique_id": "d"}},
    "location": {"location": {"latitude": 0.0, "longitude": 0.0}},
    "dice": {"dice": {"value": 3, "emoji": "🎲"}},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button."""

    world: World
    id: str

    @property
    def answer(self) -> Json | None:
        """The fields of answerCallbackQuery; None until the bot has answered."""
        return self.world.presses[self.id]

    @property
    def words(self) -> str:
        """What the person was shown for it."""
        return str((self.answer or {}).get("text", ""))


class User:
    """A person with Telegram."""

    def __init__(self, world: World, user_id: int, name: str, language: str) -> None:
        self._world = world
        self.id = user_id
        self.about: Json = {"id": user_id, "is_bot": False, "first_name": name, "language_code": language}
        about = {"id": user_id, "type": "private", "first_name": name}
        self.chat = world.chats.setdefault(user_id, Chat(user_id, about, refusal=NOT_STARTED))

    @property
    def last(self) -> Posted:
        """The newest message from the bot."""
        return self.chat.by_bot[-1]

    @property
    def texts(self) -> list[str]:
        """All the bot has said here that still stands."""
        return [post.text for post in self.chat.by_bot]

    def send(self, text: str) -> int:
        """Write to the bot; the message's id."""
        return self._said(self._world.post(self.chat, self.about, text=text))

    def send_media(self, kind: str, caption: str = "") -> int:
        """Send a photo, voice, sticker, document, location or dice."""
        return self._said(self._world.post(self.chat, self.about, text=caption, extra=MEDIA[kind]))

    def edit(self, message_id: int, text: str) -> None:
        """Change what was written."""
        post = self.chat.posts[message_id]
        post.text = text
        post.edits += 1
        self._world.tell("edited_message", describe(self.chat, post) | {"edit_date": int(time.time())})

    def press(self, button: str, on: Posted | None = None) -> Press:
        """Press the newest button with this label or action. LookupError if there is none."""
        post, data = find_button([on] if on else self.chat.by_bot, button)
        return self.press_data(data, post)

    def press_data(self, data: str, post: Posted) -> Press:
        """Press with any data, as a forged client can."""
        return press(self._world, self.about, self.chat, post, data)

    def block(self) -> None:
        """Block the bot."""
        self.chat.refusal = BLOCKED
        self._member("member", "kicked")

    def unblock(self) -> None:
        """Take the block back."""
        self.chat.refusal = None
        self._member("kicked", "member")

    def leave_telegram(self) -> None:
        """Delete the account."""
        self.chat.refusal = DEACTIVATED

    def _said(self, post: Posted) -> int:
        self.chat.refusal = None
        self._world.tell("message", describe(self.chat, post))
        return post.id

    def _member(self, old: str, new: str) -> None:
        member_changed(self._world, self.chat, self.about, old, new)


class Group:
    """The helpers' group."""

    def __init__(self, world: World, group_id: int, *, forum: bool) -> None:
        self._world = world
        kind = "supergroup" if forum or str(group_id).startswith("-100") else "group"
        about = {"id": group_id, "type": kind, "title": "Helpers"} | ({"is_forum": True} if forum else {})
        self.chat = world.chats.setdefault(group_id, Chat(group_id, about, forum=forum))

    @property
    def id(self) -> int:
        """Its id now."""
        return self.chat.id

    @property
    def texts(self) -> list[str]:
        """All the bot has said here that still stands."""
        return [post.text for post in self.chat.by_bot if post.text]

    def in_topic(self, topic: int) -> list[Posted]:
        """The messages of the bot in a topic."""
        return [post for post in self.chat.by_bot if post.thread == topic and not post.extra]

    def write(
        self, topic: int | None, user: User, text: str, *, reply_to: int | None = None, anonymous: bool = False
    ) -> int:
        """A helper writes, in a topic or in General; the message's id."""
        sender, extra = user.about, {}
        if anonymous:
            sender, extra = ANONYMOUS, {"sender_chat": self.chat.about}
        post = self._world.post(self.chat, sender, text=text, thread=topic, reply_to=reply_to)
        self._world.tell("message", describe(self.chat, post) | extra)
        return post.id

    def press(self, user: User, button: str, on: Posted | None = None) -> Press:
        """A helper presses the newest button with this label or action."""
        post, data = find_button([on] if on else self.chat.by_bot, button)
        return press(self._world, user.about, self.chat, post, data)

    def close_topic(self, topic: int) -> None:
        """Somebody closes a topic by hand."""
        self.chat.topics[topic].closed = True

    def delete_topic(self, topic: int) -> None:
        """Somebody deletes a topic, with all its messages; bots are not told."""
        del self.chat.topics[topic]
        self.chat.posts = {number: post for number, post in self.chat.posts.items() if post.thread != topic}

    def kick_bot(self) -> None:
        """The bot is thrown out."""
        self.chat.refusal = KICKED

    def migrate(self, new_id: int, user: User) -> None:
        """The group becomes a supergroup, with a new id and new message ids."""
        old = self.chat
        moved = "Bad Request: group chat was upgraded to a supergroup chat"
        old.refusal = Refused(400, moved, migrate_to_chat_id=new_id)
        about = {"id": new_id, "type": "supergroup", "title": "Helpers"}
        self.chat = self._world.chats[new_id] = Chat(new_id, about)
        for chat, field, other in ((old, "migrate_to_chat_id", new_id), (self.chat, "migrate_from_chat_id", old.id)):
            post = self._world.post(chat, user.about, extra={field: other})
            self._world.tell("message", describe(chat, post))


def find_button(posts: list[Posted], wanted: str) -> tuple[Posted, str]:
    """The newest message that has a button with this label, or part of it, or this action; and its data."""
    for post in reversed(posts):
        for button in post.buttons:
            data: str = button.get("callback_data", "")
            if wanted in button["text"] or wanted in (data, data.partition(".")[2]):
                return post, data
    seen = sorted({label for post in posts for label in post.labels})
    raise LookupError(f"no button {wanted!r}; there are {seen}")


def press(world: World, who: Json, chat: Chat, post: Posted, data: str) -> Press:
    """One press of a button of one message."""
    press_id = f"press-{next(_press_numbers)}"
    world.presses[press_id] = None
    query: dict[str, Any] = {"id": press_id, "from": who, "chat_instance": "1", "data": data}
    world.tell("callback_query", query | {"message": describe(chat, post)})
    return Press(world, press_id)


def member_changed(world: World, chat: Chat, who: Json, old: str, new: str) -> None:
    """The bot's place in a chat has changed."""
    until = {"until_date": 0}
    change = {
        "chat": chat.about,
        "from": who,
        "date": int(time.time()),
        "old_chat_member": {"user": BOT, "status": old} | (until if old == "kicked" else {}),
        "new_chat_member": {"user": BOT, "status": new} | (until if new == "kicked" else {}),
    }
    world.tell("my_chat_member", change)
