"""A chat as text, so that a test can show a whole conversation."""

from tests.fake_bot_api.world import Chat, Posted


def transcript(chat: Chat) -> str:
    """One message a paragraph, with its picture and its buttons."""
    return "\n".join(_told(chat, post) for post in chat.posts.values())


def _told(chat: Chat, post: Posted) -> str:
    topic = chat.topics.get(post.thread or 0)
    place = f"{{{topic.name}}} " if topic else ""
    edited = (" (edited)" if post.edits else "") + (f" {post.reaction}" if post.reaction else "")
    parts = [f"<{next(iter(post.extra))}>"] if post.extra else []
    parts += [f"<{_what(post)}>"] if post.kind else []
    parts += [post.text] if post.text else []
    parts += [" ".join(f"[{label}]" for label in post.labels)] if post.keyboard else []
    who = "bot" if post.by_bot else post.sender["first_name"]
    return f"{place}{who}{edited}: " + "\n    ".join("\n".join(parts).split("\n"))


def _what(post: Posted) -> str:
    """What there is beside words: a lesson's picture, or something that a person sent."""
    album = " of an album" if post.album else ""
    protected = ", not to be forwarded" if post.protected else ""
    return f"{'picture' if post.photo else post.kind}{album}{protected}"
