"""A learner at the keyboard: the real conversation over the real store, in plain text.

For trying lessons out, and for learners who have only a terminal. Knows how messages look here, and nothing of what
they say or why. It has no transport: like a page of the web chat it reads the record after every turn.
"""

import signal
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tutorbot.messages.markup import to_plain
from tutorbot.messages.message import Button, Message
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.conversation import Conversation, Incoming
from tutorbot.runtime.ports import Store
from tutorbot.runtime.values import Address, Author, Entry
from tutorbot.tutor.events import ChoicePicked, Event, TextSent
from tutorbot.tutor.replies import Document, Reply

ADDRESS = Address("terminal", "local")
_INDENT = "      "  # under "you   " and "bot   "
_WIDEST = 80  # columns: longer lines are hard to read
_CYAN, _FAINT = "36", "2"


@dataclass(frozen=True, slots=True)
class Screen:
    """Where the learner reads and writes."""

    width: int = _WIDEST  # columns
    colour: bool = False
    write: Callable[[str], None] = print
    ask: Callable[[str], str | None] = field(default_factory=lambda: _ask)  # a line; None when the learner has left

    def show(self, message: Message) -> None:
        """The message, then its buttons with a number before each."""
        self.write("")
        for line in _lines(message):
            self.write(self._wrapped(line))
        if message.buttons:
            self.write("")
        for number, button in enumerate(message.buttons, start=1):
            self.write(f"  {self._painted(str(number), _CYAN)}  {button.label}")

    def note(self, words: str) -> None:
        """A few words beside the conversation."""
        for line in words.splitlines():
            self.write(self._painted(self._wrapped(line), _FAINT))

    def next_line(self) -> str | None:
        """What the learner writes; None when they have left."""
        self.write("")
        return self.ask("> ")

    def _wrapped(self, line: str) -> str:
        hanging = " " * (len(line) - len(line.lstrip("-0123456789. "))) if line[:1] in "-0123456789 " else ""
        return textwrap.fill(
            line,
            min(self.width, _WIDEST),
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def _painted(self, text: str, colour: str) -> str:
        return f"\033[{colour}m{text}\033[0m" if self.colour and text else text


class Terminal:
    """One learner, one conversation."""

    def __init__(
        self,
        conversation: Conversation,
        store: Store,
        renderer: Renderer,
        clock: Callable[[], datetime],
        screen: Screen,
    ) -> None:
        self._conversation, self._store, self._renderer = conversation, store, renderer
        self._clock, self._screen = clock, screen
        self._latest = Message()  # shown last: its numbers can be typed
        self._offer = Message()  # the last one with buttons: their labels can be typed
        self._seen = 0  # id of the last entry shown
        self.dialog: list[str] = []  # what was said so far, as a dialog test writes it

    async def talk(self) -> None:
        """Until the learner leaves, with Ctrl-C, Ctrl-D or by closing the window."""
        self._screen.note(self._words("terminal_hello"))
        line: str | None = "" if await self._resume() else "/start"
        while line is not None:
            await self._take(line.strip())
            line = self._screen.next_line()
        self._screen.write("")
        self._screen.note(self._words("terminal_bye"))

    async def _resume(self) -> bool:
        """Go back to the learner's last words, so that all that was answered is shown again. False for a newcomer."""
        earlier = await self._store.read(lambda tx: tx.record.of_chat(ADDRESS))
        self._seen = max((entry.id for entry in earlier if entry.author is Author.LEARNER), default=0)
        return bool(earlier)

    async def _take(self, line: str) -> None:
        """One line of the learner, and what comes of it. An empty one only looks whether somebody wrote."""
        if line:
            button = numbered(line, self._latest.buttons) or named(line, self._offer.buttons)
            event: Event = ChoicePicked(button.action, self._offer.step) if button else TextSent(line)
            label = button.label if button else ""
            self.dialog += dialog_lines("you", [f"[{label}]" if button else line])
            now = self._clock()
            incoming = Incoming(f"{ADDRESS}:{now.timestamp()}", ADDRESS, event, now, label=label)
            self._screen.note(await self._conversation.receive(incoming))
        for entry in await self._store.read(lambda tx: tx.record.of_chat(ADDRESS, after=self._seen)):
            self._show(entry)
            if entry.message.document:
                await self._show_copy(entry.message.document)

    async def _show_copy(self, document: Document) -> None:
        """The page as plain text, or the data as it is: from here it can be copied anywhere."""
        file = await self._conversation.copies.file(ADDRESS, document)
        page = await self._conversation.copies.page(ADDRESS)
        if file and page:
            self._screen.write(to_plain(page) if document is Document.PAGE else file.content.decode())

    def _show(self, entry: Entry) -> None:
        self._seen = entry.id
        if entry.author is not Author.LEARNER:
            self._latest = entry.message
            self._offer = entry.message if entry.message.buttons else self._offer
            self._screen.show(entry.message)
            self.dialog += dialog_lines("bot", _dialog(entry.message))

    def _words(self, template: str) -> str:
        return self._renderer.words(Reply(template))


def numbered(line: str, buttons: Sequence[Button]) -> Button | None:
    """The button of this number, from 1. Where all buttons only move about, a number may be an answer: it is a text."""
    if all(button.nav for button in buttons):
        return None
    return next((button for number, button in enumerate(buttons, start=1) if line == str(number)), None)


def named(line: str, buttons: Sequence[Button]) -> Button | None:
    """The button whose label has these letters."""
    said = _letters(line)
    return next((button for button in buttons if said and said == _letters(button.label)), None)


def dialog_lines(who: str, lines: Iterable[str]) -> list[str]:
    """What somebody said, as a dialog test writes it: the name before the first line, the others below."""
    return [f"{_INDENT if place else f'{who:<6}'}{line}".rstrip() for place, line in enumerate(lines)]


def _dialog(message: Message) -> Iterator[str]:
    yield from _lines(message)
    if message.buttons:
        yield " ".join(f"[{button.label}]" for button in message.buttons)


def _lines(message: Message) -> Iterator[str]:
    """The message without its buttons."""
    yield from to_plain(message.text).splitlines()
    yield from message.said.splitlines()
    if message.picture:
        yield f"<picture: {message.picture.alt}>"


def _letters(text: str) -> str:
    """The letters and digits of a text, in small letters: the same for `▶ Next` and `next`."""
    return "".join(filter(str.isalnum, text.casefold()))


def _ask(prompt: str) -> str | None:
    """A line from the keyboard; None at its end or on Ctrl-C.

    It stops everything else in this thread, which is right: nothing else is going on while the learner thinks.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)  # asyncio's own would leave us waiting for the line
    try:
        return input(prompt)
    except (EOFError, KeyboardInterrupt):
        return None
