"""What a learner's page shows of the record: bubbles, and the buttons that may be pressed now. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tutorbot.messages.message import Message
from tutorbot.runtime.values import Author, Entry, Kind, settled

_SIDES = {Author.LEARNER: "learner", Author.HELPER: "helper"}


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message on the page."""

    id: int
    side: str  # "tutor", "learner" or "helper"
    name: str  # of a helper
    message: Message
    follows: bool = False  # the same person said the one before
    newest: bool = False  # where reading goes on
    replaces: tuple[int, ...] = ()  # bubbles that an open page may still show, and must not any more


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation, or the last part of one."""

    bubbles: tuple[Bubble, ...] = ()
    edits: Mapping[int, int] = field(default_factory=dict)  # bubble -> the entry that changed it, or took it back
    changed: tuple[Bubble, ...] = ()  # bubbles that an open page shows with other words
    gone: tuple[int, ...] = ()  # bubbles that an open page shows, and must not any more
    choices: Message | None = None  # the newest message with buttons
    seen: int = 0  # the last entry it holds
    language: str = "en"  # that we speak in it now

    def since(self, seen: int) -> "Talk":
        """What a page does not show yet that has seen everything up to this entry."""
        there = {bubble.id: bubble for bubble in self.bubbles}
        late = [id_ for id_, edit in self.edits.items() if id_ <= seen < edit]
        return replace(
            self,
            bubbles=tuple(bubble for bubble in self.bubbles if bubble.id > seen),
            changed=tuple(there[id_] for id_ in late if id_ in there),
            gone=tuple(id_ for id_ in late if id_ not in there),
            seen=max(self.seen, seen),
        )


def talk(record: Sequence[Entry]) -> Talk:
    """The talk of these entries, oldest first."""
    entries = settled(record)
    bubbles: list[Bubble] = []
    newest = 0  # the entry that answers what the learner did last
    answered = True
    for entry in entries:
        if entry.author is Author.LEARNER:
            answered = False
        elif not answered or not newest:
            newest, answered = entry.id, True
        if not _is_unsaid(entry):
            _put(bubbles, entry)
    if not answered and bubbles:
        newest = bubbles[-1].id
    return Talk(
        bubbles=tuple(_in_place(bubbles, newest)),
        edits={entry.of: entry.id for entry in record if entry.kind in (Kind.EDIT, Kind.DELETE)},
        choices=next((entry.message for entry in reversed(entries) if entry.message.buttons), None),
        seen=record[-1].id if record else 0,
        language=next((one.message.language for one in reversed(entries) if one.author is Author.TUTOR), "en"),
    )


def _is_unsaid(entry: Entry) -> bool:
    """The Start button sends a command in the learner's name, which they never wrote; of a forged press nothing is."""
    message = entry.message
    return entry.author is Author.LEARNER and (
        message.said.startswith("/start") or not (message.said or message.media or message.text)
    )


def _put(bubbles: list[Bubble], entry: Entry) -> None:
    """Add the entry; one that replaces takes the place of our last message and of the presses since."""
    side = _SIDES.get(entry.author, "tutor")
    gone = _replaced(bubbles) if entry.kind is Kind.REPLACE else []
    del bubbles[len(bubbles) - len(gone) :]
    replaces = tuple(id_ for bubble in gone for id_ in (*bubble.replaces, bubble.id))
    bubbles.append(Bubble(entry.id, side, entry.name, entry.message, replaces=replaces))


def _replaced(bubbles: Sequence[Bubble]) -> Sequence[Bubble]:
    ours = max((place for place, bubble in enumerate(bubbles) if bubble.side == "tutor"), default=len(bubbles))
    between = bubbles[ours + 1 :]
    return bubbles[ours:] if all(bubble.side == "learner" for bubble in between) else ()


def _in_place(bubbles: Sequence[Bubble], newest: int) -> list[Bubble]:
    """The bubbles, each knowing what stands before it and whether reading goes on there."""
    before = [None, *bubbles]
    return [
        replace(bubble, newest=bubble.id == newest, follows=_same_speaker(bubble, last))
        for bubble, last in zip(bubbles, before, strict=False)
    ]


def _same_speaker(bubble: Bubble, last: Bubble | None) -> bool:
    return last is not None and (bubble.side, bubble.name) == (last.side, last.name)
