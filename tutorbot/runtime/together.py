"""What of a chat's line goes out as one message: short words of a ticket in a group, and the parts of an album. Pure.

A group may be sent few messages a minute, so words of the same ticket that wait behind each other are put together, and
go below a picture where one comes before them. The parts of an album come in one by one and go out as an album.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tutorbot.messages.markup import escape
from tutorbot.messages.message import Message
from tutorbot.runtime.values import Author, Kind, Owed

LETTERS = 3500  # that short messages of one ticket may make when put together
LETTERS_BELOW = 900  # the same below a picture


def put_in_order(line: deque[Owed]) -> None:
    """Of two turns that were committed by two threads, the later may have been handed over first."""
    ordered = sorted(line, key=lambda one: one.id)
    line.clear()
    line.extend(ordered)


def take_out(line: deque[Owed], batch: Sequence[Owed]) -> None:
    """What is done with: the head, and it may be some of those behind it."""
    left = [one for one in line if one not in batch]
    line.clear()
    line.extend(left)


def album(line: Sequence[Owed]) -> list[Owed]:
    """The parts of the album that is at the head of a line; the head alone if there is none.

    Those that may have arrived already do not go with those that surely have not.
    """
    head = line[0]
    name = head.message.media.album if head.message.media else ""
    if not name:
        return [head]
    parts = (one for one in line if one.message.media and one.message.media.album == name)
    return [one for one in parts if one.ticket == head.ticket and one.unsure == head.unsure]


def messages_in(batch: Sequence[Owed]) -> int:
    """How many messages it makes: each part of an album is one, and all else goes together."""
    return max(1, sum(len(one.message.media.ids) for one in batch if one.message.media))


def together(line: Sequence[Owed]) -> list[Owed]:
    """The head of a line with what can go in the same message: words of the same ticket, or its card once more."""
    head, *rest = line
    if _is_card(head):
        return [head, *(one for one in rest if _is_card(one) and one.ticket == head.ticket)]
    media = head.message.media
    if not _plain(head) or (media and media.bare):
        return [head]
    batch, letters, most = [head], _letters(head), LETTERS_BELOW if media else LETTERS
    for one in rest:
        letters += _letters(one)
        if not (_plain(one) and one.message.media is None and one.ticket == head.ticket and letters < most):
            break
        batch.append(one)
    return batch


def joined(batch: Sequence[Owed]) -> Owed:
    """One message that says what all of them say."""
    head = batch[0]
    if _is_card(head):
        return replace(head, message=batch[-1].message)
    return head if len(batch) == 1 else replace(head, message=as_one([one.message for one in batch]))


def as_one(messages: Sequence[Message]) -> Message:
    """One message that says what all of them say, and holds what the first holds, or all parts of an album."""
    head = messages[0]
    if len(messages) == 1:
        return head
    if head.media and head.media.album:
        ids = tuple(sorted(id_ for one in messages if one.media for id_ in one.media.ids))
        worded = next((one for one in messages if one.said), head)
        return replace(worded, media=replace(head.media, ids=ids))
    return Message(text="\n\n".join(_words(messages)), media=head.media)


def _words(messages: Iterable[Message]) -> Iterator[str]:
    """Whoever writes several times in a row is named once."""
    named = ""
    for one in messages:
        yield from filter(
            None, ("" if one.said and one.text == named else one.text, *map(escape, one.said.splitlines()))
        )
        named = one.text


def _is_card(owed: Owed) -> bool:
    """Whether it brings a ticket's card up to date: of several that wait, the last says it all."""
    return owed.kind is Kind.REPLACE and owed.author is Author.DESK


def _letters(owed: Owed) -> int:
    return len(owed.message.text) + len(owed.message.said)


def _plain(owed: Owed) -> bool:
    bare = owed.message.picture is None and owed.message.document is None
    return owed.kind is Kind.SAY and not owed.message.buttons and bare
