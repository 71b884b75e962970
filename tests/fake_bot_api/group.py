"""A group of helpers: what happens in it, each making the updates that Telegram would send."""

from typing import Any

from tests.fake_bot_api.faults import Refused
from tests.fake_bot_api.people import Press, User, album, edit, find_button, media, member_changed, press
from tests.fake_bot_api.world import ANONYMOUS, Chat, Posted, World, describe

KICKED = Refused(403, "Forbidden: bot was kicked from the supergroup chat")


class Group:
    """A group, with or without topics."""

    def __init__(self, world: World, group_id: int, *, forum: bool, title: str = "Helpers") -> None:
        self._world = world
        kind = "supergroup" if forum or str(group_id).startswith("-100") else "group"
        about = {"id": group_id, "type": kind, "title": title} | ({"is_forum": True} if forum else {})
        self.chat = world.chats.setdefault(group_id, Chat(group_id, about, forum=forum))

    @property
    def id(self) -> int:
        """Its id now."""
        return self.chat.id

    @property
    def last(self) -> Posted:
        """The newest message of the bot."""
        return [post for post in self.chat.by_bot if not post.extra][-1]

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
        """Somebody writes, in a topic or in General; the message's id."""
        return self._said(user, anonymous, thread=topic, reply_to=reply_to, text=text)

    def send_media(
        self,
        topic: int | None,
        user: User,
        kind: str,
        caption: str = "",
        *,
        reply_to: int | None = None,
        anonymous: bool = False,
    ) -> int:
        """Somebody sends something else; the message's id."""
        return self._said(user, anonymous, thread=topic, reply_to=reply_to, **media(kind, caption))

    def send_album(self, topic: int | None, user: User, *kinds: str, caption: str = "") -> list[int]:
        """Somebody sends several at once; their ids."""
        return [self._said(user, False, thread=topic, **part) for part in album(kinds, caption)]

    def edit(self, message_id: int, text: str, kind: str = "") -> None:
        """Somebody changes their message; with `kind`, also what stands above the words."""
        edit(self._world, self.chat, message_id, text, kind)

    def press(self, user: User, button: str, on: Posted | None = None) -> Press:
        """Somebody presses the newest button with this label or action."""
        post, data = find_button([on] if on else self.chat.by_bot, button)
        return self.press_data(user, data, post)

    def press_data(self, user: User, data: str, on: Posted) -> Press:
        """Somebody presses with any data, as a forged client can."""
        return press(self._world, user.about, self.chat, on, data)

    def close_topic(self, topic: int) -> None:
        """Somebody closes a topic by hand."""
        self.chat.topics[topic].closed = True

    def delete_topic(self, topic: int) -> None:
        """Somebody deletes a topic, with all its messages; bots are not told."""
        self.chat.drop_topic(topic)

    def add_bot(self, user: User, status: str = "administrator") -> None:
        """Somebody brings the bot in."""
        self.chat.refusal = None
        member_changed(self._world, self.chat, user.about, "left", status)

    def kick_bot(self) -> None:
        """The bot is thrown out."""
        self.chat.refusal = KICKED

    def leave(self, user: User) -> None:
        """Somebody leaves."""
        self._gone(user, user, "left")

    def remove(self, user: User, by: User) -> None:
        """Somebody is thrown out."""
        self._gone(user, by, "kicked")

    def migrate(self, new_id: int, user: User) -> None:
        """The group becomes a supergroup, with a new id and new message ids."""
        old = self.chat
        moved = "Bad Request: group chat was upgraded to a supergroup chat"
        old.refusal = Refused(400, moved, migrate_to_chat_id=new_id)
        about = {"id": new_id, "type": "supergroup", "title": old.about["title"]}
        self.chat = self._world.chats[new_id] = Chat(new_id, about)
        for chat, field, other in ((old, "migrate_to_chat_id", new_id), (self.chat, "migrate_from_chat_id", old.id)):
            post = self._world.post(chat, user.about, extra={field: other})
            self._world.tell("message", describe(chat, post))

    def _said(self, user: User, anonymous: bool, **content: Any) -> int:
        sender, extra = (ANONYMOUS, {"sender_chat": self.chat.about}) if anonymous else (user.about, {})
        post = self._world.post(self.chat, sender, **content)
        self._world.tell("message", describe(self.chat, post) | extra)
        return post.id

    def _gone(self, user: User, by: User, status: str) -> None:
        """Telegram says so in the group, and to a bot that is an administrator and asked for it once more."""
        self.chat.gone.add(user.id)
        post = self._world.post(self.chat, by.about, extra={"left_chat_member": user.about})
        self._world.tell("message", describe(self.chat, post))
        if self.chat.bot_is_admin:
            member_changed(self._world, self.chat, by.about, "member", status, user.about)
