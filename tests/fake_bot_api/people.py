"""The hands of the people: what somebody with Telegram can do, each making the updates that Telegram would send."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.fake_bot_api.faults import Refused
from tests.fake_bot_api.media import CAPTIONED, GROUPED, MEDIA
from tests.fake_bot_api.world import BOT, Chat, Json, Posted, World, describe

BLOCKED = Refused(403, "Forbidden: bot was blocked by the user")
DEACTIVATED = Refused(403, "Forbidden: user is deactivated")
NOT_STARTED = Refused(403, "Forbidden: bot can't initiate conversation with a user")

_RIGHTS = {
    "can_be_edited": False, "is_anonymous": False, "can_manage_chat": True, "can_delete_messages": True,
    "can_manage_video_chats": False, "can_restrict_members": False, "can_promote_members": False,
    "can_change_info": False, "can_invite_users": True, "can_post_stories": False, "can_edit_stories": False,
    "can_delete_stories": False, "can_pin_messages": True, "can_manage_topics": True,
}  # fmt: skip
_press_numbers = count(1)
_album_numbers = count(1)


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
        """Send something else, of a kind of `media.MEDIA`; the message's id."""
        return self._said(self._world.post(self.chat, self.about, **media(kind, caption)))

    def send_album(self, *kinds: str, caption: str = "") -> list[int]:
        """Send several at once; their ids."""
        return [self._said(self._world.post(self.chat, self.about, **part)) for part in album(kinds, caption)]

    def edit(self, message_id: int, text: str, kind: str = "") -> None:
        """Change what was written, or the words below a picture; with `kind`, the picture as well."""
        edit(self._world, self.chat, message_id, text, kind)

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


def media(kind: str, caption: str = "") -> dict[str, Any]:
    """The content of a message with something else than words."""
    if caption and kind not in CAPTIONED:
        raise ValueError(f"people cannot write below a {kind}")
    return {"media": MEDIA[kind], "text": caption}


def album(kinds: Sequence[str], caption: str) -> list[dict[str, Any]]:
    """The contents of the messages of an album: the words below it stand below the first."""
    if not 2 <= len(kinds) <= 10 or not GROUPED.issuperset(kinds):
        raise ValueError(f"{kinds} are no album")
    name = f"album-{next(_album_numbers)}"
    return [media(kind, "" if place else caption) | {"album": name} for place, kind in enumerate(kinds)]


def edit(world: World, chat: Chat, message_id: int, text: str, kind: str = "") -> None:
    """Somebody changes a message of their own. `kind`: there is something else above the words now."""
    post = chat.posts[message_id]
    post.text = text
    post.media = MEDIA[kind] if kind else post.media
    post.edits += 1
    world.tell("edited_message", describe(chat, post) | {"edit_date": int(world.now)})


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


def member_changed(world: World, chat: Chat, by: Json, old: str, new: str, who: Json = BOT) -> None:
    """Somebody's place in a chat has changed, by themselves or by somebody else; of most, the bot's own."""
    change = {
        "chat": chat.about,
        "from": by,
        "date": int(world.now),
        "old_chat_member": _member(who, old),
        "new_chat_member": _member(who, new),
    }
    world.tell("my_chat_member" if who is BOT else "chat_member", change)


def _member(who: Json, status: str) -> Json:
    more: Json = {"kicked": {"until_date": 0}, "administrator": _RIGHTS}.get(status, {})
    return {"user": who, "status": status} | more
