"""What the Bot API server knows: people, chats, topics, messages, and the updates that wait for the bot."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.fake_bot_api.faults import Refused

Json = dict[str, Any]

BOT: Json = {"id": 42, "is_bot": True, "first_name": "Tutorbot", "username": "tutorbot_test_bot"}
ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
DEFAULT_UPDATES = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})


@dataclass(slots=True)
class Posted:
    """A message that stands in a chat."""

    id: int
    sender: Json
    text: str = ""  # or the caption
    entities: list[Json] = field(default_factory=list)
    photo: str = ""  # file id of a picture the bot sent
    file: bytes = b""  # of a document
    keyboard: list[list[Json]] = field(default_factory=list)
    thread: int | None = None
    reply_to: int | None = None
    extra: Json = field(default_factory=dict)  # what makes it Telegram's own words
    media: Json = field(default_factory=dict)  # what was sent instead of words, under the name of its kind
    album: str = ""  # of which it is a part
    protected: bool = False  # cannot be forwarded or saved
    edits: int = 0
    reaction: str = ""  # of the bot
    at: float = 0.0  # seconds since 1970

    @property
    def by_bot(self) -> bool:
        """Whether the bot wrote it."""
        return self.sender is BOT

    @property
    def kind(self) -> str:
        """What was sent instead of words: "photo", "voice", ...; "" for words."""
        return "photo" if self.photo else next(iter(self.media), "")

    @property
    def buttons(self) -> list[Json]:
        """Its buttons, row by row."""
        return [button for row in self.keyboard for button in row]

    @property
    def labels(self) -> list[str]:
        """What stands on its buttons."""
        return [button["text"] for button in self.buttons]


@dataclass(slots=True)
class Topic:
    """A topic of a forum."""

    id: int
    name: str
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """A private chat or a group."""

    id: int
    about: Json  # as the Bot API describes it
    refusal: Refused | None = None  # why the bot cannot write here
    forum: bool = False
    may_manage_topics: bool = True
    may_delete: bool = True
    bot_is_admin: bool = True
    gone: set[int] = field(default_factory=set)  # people who are not in it
    topics: dict[int, Topic] = field(default_factory=dict)
    posts: dict[int, Posted] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def by_bot(self) -> list[Posted]:
        """What the bot wrote here, oldest first."""
        return [post for post in self.posts.values() if post.by_bot]

    def drop_topic(self, topic: int) -> None:
        """Forget a topic with all its messages."""
        del self.topics[topic]
        self.posts = {number: post for number, post in self.posts.items() if post.thread != topic}


class World:
    """All of it. Whoever changes something calls `touch`."""

    def __init__(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Json | None] = {}  # callback id -> how it was answered
        self.files: set[str] = set()
        self.profile: Json = {}  # commands and descriptions
        self.updates: deque[Json] = deque()  # not confirmed yet
        self.allowed = DEFAULT_UPDATES
        self.on_update: Callable[[], None] = lambda: None
        self.on_post: list[Callable[[Chat, Posted], None]] = []  # told of what the bot says
        self.watchers: list[Callable[[], None]] = []
        self.later = 0.0  # seconds that its clock is ahead
        self._numbers = count(1000)

    @property
    def now(self) -> float:
        """Its clock, in seconds since 1970."""
        return time.time() + self.later

    def touch(self) -> None:
        """Something has changed."""
        for watcher in tuple(self.watchers):
            watcher()

    def tell(self, kind: str, content: Json) -> int | None:
        """Put an update in the queue; its id, or None if the bot did not ask for such."""
        if kind not in self.allowed:
            return None
        number = next(self._numbers)
        self.updates.append({"update_id": number, kind: content})
        self.on_update()
        return number

    def confirm(self, offset: int) -> None:
        """Forget updates below the offset."""
        while self.updates and self.updates[0]["update_id"] < offset:
            self.updates.popleft()
        self.touch()

    def post(self, chat: Chat, sender: Json, **content: Any) -> Posted:
        """A new message in a chat."""
        posted = Posted(next(chat.numbers), sender, at=self.now, **content)
        chat.posts[posted.id] = posted
        if posted.by_bot:
            for listener in self.on_post:
                listener(chat, posted)
        self.touch()
        return posted


def describe(chat: Chat, post: Posted, *, deep: bool = True) -> Json:
    """The message as the Bot API gives it."""
    found: Json = {"message_id": post.id, "date": int(post.at), "chat": chat.about, "from": post.sender}
    found |= post.extra | post.media
    if post.text:
        found["caption" if post.kind else "text"] = post.text
    if post.photo:
        found["photo"] = [{"file_id": post.photo, "file_unique_id": post.photo, "width": 640, "height": 360}]
    if post.entities:
        found["caption_entities" if post.kind else "entities"] = post.entities
    if post.album:
        found["media_group_id"] = post.album
    if post.protected:
        found["has_protected_content"] = True
    if post.keyboard:
        found["reply_markup"] = {"inline_keyboard": post.keyboard}
    if post.thread is not None:
        found |= {"message_thread_id": post.thread, "is_topic_message": True}
    answered = chat.posts.get(post.reply_to or post.thread or 0)
    if deep and answered:
        found["reply_to_message"] = describe(chat, answered, deep=False)
    return found
