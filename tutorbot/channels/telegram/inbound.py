"""What can come in over Telegram, as plain values; `updates` and `group_updates` make them."""

from dataclasses import dataclass

from tutorbot.messages.message import Copied
from tutorbot.runtime.conversation import Incoming
from tutorbot.runtime.desk import Who
from tutorbot.runtime.values import Address
from tutorbot.tutor.events import Media

CHANNEL = "telegram"


def address_of(number: int) -> Address:
    """Where somebody is. ValueError if it is no number: nothing could ever be sent there."""
    if type(number) is not int:
        raise ValueError("an id that Telegram never gives")
    return Address(CHANNEL, str(number))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a message stands, and what it is about."""

    chat: int
    message: int
    thread: str = ""  # the topic, "" outside topics
    answered: str = ""  # the message it answers

    @property
    def source(self) -> str:
        """The message as one word, as in the store."""
        return source(self.chat, self.message)


@dataclass(frozen=True, slots=True)
class DeskPress:
    """A helper pressed a button of theirs."""

    key: str
    who: Who
    verb: str
    ticket: int  # 0 where it is about none
    choice: str  # what was chosen from a list, "" where there was none
    spot: Spot  # of the message under the button


@dataclass(frozen=True, slots=True)
class DeskText:
    """Somebody wrote about a ticket."""

    key: str
    who: Who | None  # None: hidden behind the group or a channel
    spot: Spot
    text: str
    edited: bool = False  # they changed what they had written
    file: str = ""  # what stands above the words now, as `Copied.file`


@dataclass(frozen=True, slots=True)
class DeskMedia:
    """Somebody sent something else about a ticket."""

    key: str
    who: Who | None
    spot: Spot
    kind: Media
    media: Copied | None  # None: a kind that is never passed on
    caption: str  # words below it


@dataclass(frozen=True, slots=True)
class DeskCommand:
    """A helper wrote a command."""

    key: str
    who: Who | None
    spot: Spot
    name: str
    rest: str  # what follows it
    to: str = ""  # the bot it is for, "" where none is named
    otherwise: Incoming | None = None  # in a private chat: what it is, if they are no helper


@dataclass(frozen=True, slots=True)
class WentAway:
    """Somebody left a group of helpers, or was put out."""

    key: str
    who: Who
    chat: int


@dataclass(frozen=True, slots=True)
class CameIn:
    """The bot was brought into a group, of helpers or not."""

    chat: int
    admin: bool  # it may see all messages


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody blocked the bot, or took the block back."""

    address: Address
    reachable: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A group of helpers has a new id."""

    chat: int
    to: int


DeskInbound = DeskPress | DeskText | DeskMedia | DeskCommand | WentAway | CameIn | Moved
"""What is for the helpers' desk."""

Inbound = Incoming | Reachable | DeskInbound


def source(chat: int, message: int) -> str:
    """A message of Telegram as one word."""
    return f"{CHANNEL}:{chat}:{message}"
