"""What a learner reads of a file: every piece of text in plain words, with its part and its line.

Reads one file's text; knows nothing of rules. A file that cannot be read as a lesson still gives what it holds, so
that an author hears all advice at once.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from tutorbot.curriculum.header import Header, read_header
from tutorbot.curriculum.markup import Block, Page, Run, read, runs, spans
from tutorbot.curriculum.parser import clean_lines, language_of
from tutorbot.curriculum.report import Report

_LABEL = re.compile(r"(?:hint\s*:|stuck\s*\?|quiz\s*:|try it\s*:)\s*", re.IGNORECASE)
_HINT = re.compile(r"(?:hint\s*:|stuck\s*\?)", re.IGNORECASE)
_MARK = re.compile(r"\[[ xX]\]\s+")
_TYPE_IT = re.compile(r"\s*\(type it\)$", re.IGNORECASE)
_BUTTON = re.compile(r"[A-Z0-9]")
_SPEECH = re.compile(r'"[^"\n]{1,200}"|“[^”\n]{1,200}”')
ADDRESS = re.compile(
    r"https?://\S+|(?<![\w.-])(?:[\w.+-]{1,64}@[^\s@]+|(?:[\w-]{1,63}\.)+[a-z]{2,}(?:/\S*)?)", re.IGNORECASE
)
_SPOKEN_KEYS = ("title", "summary", "can_do", "offline")


class Part(StrEnum):
    """Where a passage stands."""

    HEADER = "header"
    HEADING = "heading"
    TEXT = "text"
    HINT = "hint"
    ANSWER = "answer"
    NOTE = "note"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a heading, an item of a list, a hint ..."""

    text: str  # plain words; "\n" where the file has a new line
    own: str  # the same, with "_" for what is not the author's voice: quoted speech, addresses, names of buttons
    line: int  # of its beginning, from 1
    part: Part
    card: int  # the number of its card, from 0; -1 before the first

    def line_at(self, offset: int) -> int:
        """The line in the file of a letter of the text."""
        return self.line + self.text.count("\n", 0, offset)


@dataclass(frozen=True, slots=True)
class Link:
    """A link with words of its own."""

    words: str
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Script:
    """All that is read of one file."""

    path: str
    language: str
    header: Header
    passages: tuple[Passage, ...]
    cards: tuple[tuple[Passage, ...], ...]  # the passages of each card
    links: tuple[Link, ...]
    lists: tuple[tuple[int, int], ...]  # of numbered steps: the card's number and the line


def read_script(path: str, text: str) -> Script:
    """All that is read of the lesson or course at `path`, as in "lessons/first-steps/01-phone.md"."""
    report, (_, lines) = Report(path), clean_lines(text)
    header, taken = read_header(lines, report)
    page = read(lines, taken)
    numbered = tuple(_numbered(page))
    passages = (*_of_header(header), *(one for card, block in numbered for one in _of_block(block, card)))
    return Script(
        path=path,
        language=language_of(path),
        header=header or Header({}),
        passages=passages,
        cards=tuple(tuple(one) for card, one in groupby(passages, attrgetter("card")) if card >= 0),
        links=tuple(link for _, block in numbered for link in _links(block)),
        lists=tuple((card, block.start) for card, block in numbered if block.kind == "ordered_list"),
    )


def _numbered(page: Page) -> Iterator[tuple[int, Block]]:
    """Every block with the number of its card. The title is left out: the header has it."""
    card = -1
    for block in page.blocks:
        card += block.level == 2
        if block.level != 1:
            yield card, block


def _of_header(header: Header | None) -> Iterator[Passage]:
    for key in _SPOKEN_KEYS if header else ():
        if header and (text := header.text(key)):
            yield Passage(text, without_speech(text), header.line(key), Part.HEADER, -1)


def _of_block(block: Block, card: int, inside: Part | None = None) -> Iterator[Passage]:
    """`inside`: the part that holds this block, if it is not for itself."""
    if block.kind in ("paragraph", "heading"):
        yield from _of_text(block, card, inside)
    elif block.kind == "blockquote":
        for inner in block.blocks():
            yield from _of_block(inner, card, Part.NOTE if inside is Part.ANSWER else Part.HINT)
    elif block.is_list:
        for item in block.blocks():
            first, *others = item.blocks() or (item,)
            part = Part.ANSWER if _MARK.match(first.inline) else Part.TEXT
            for inner in (first, *others):
                yield from _of_block(inner, card, part)


def _of_text(block: Block, card: int, inside: Part | None) -> Iterator[Passage]:
    part = inside or (Part.HEADING if block.kind == "heading" else Part.TEXT)
    for start, words in _pieces(_MARK.sub("", block.inline, count=1), part):
        yield from _passage(tuple(runs(words)), block.start + start, part, card)
    for span in spans(block):
        if span.kind == "image" and span.alt:
            yield Passage(span.alt, without_speech(span.alt), span.line, Part.PICTURE, card)


def _pieces(inline: str, part: Part) -> Iterator[tuple[int, str]]:
    """A text without its label; several hints in one quote are pieces of their own. Each with its line, from 0."""
    piece: list[str] = []
    start = 0
    for number, line in enumerate(inline.split("\n")):
        if part is Part.HINT and piece and _HINT.match(line):
            yield start, "\n".join(piece)
            piece, start = [], number
        piece.append(line if piece else _TYPE_IT.sub("", _LABEL.sub("", line, count=1)))
    yield start, "\n".join(piece)


def _passage(words: Sequence[Run], line: int, part: Part, card: int) -> Iterator[Passage]:
    text = "".join(run.text for run in words)
    own = "".join(_hidden(run.text) if _is_name(run) else run.text for run in words)
    if text.strip():
        yield Passage(text, without_speech(own), line, part, card)


def _is_name(run: Run) -> bool:
    """Whether this is the name of a button or a line: in bold with a capital letter, or in code."""
    return run.code or (run.strong and bool(_BUTTON.match(run.text)))


@lru_cache(maxsize=1024)  # the looks go through the passages of a lesson one after the other
def without_speech(text: str) -> str:
    """A text with "_" for the letters of quoted speech and of addresses; as long as it was."""
    return ADDRESS.sub(lambda found: _hidden(found[0]), _SPEECH.sub(lambda found: _hidden(found[0]), text))


def _hidden(text: str) -> str:
    return "".join("\n" if letter == "\n" else "_" for letter in text)


def _links(block: Block) -> Iterator[Link]:
    for inner in (block, *_deep(block)):
        if "](" in inner.inline or "<" in inner.inline:
            yield from _links_of(inner)


def _links_of(block: Block) -> Iterator[Link]:
    line, words, target = block.start, "", ""
    for run in (*runs(block.inline), Run("")):
        if run.link != target:
            if target:
                yield Link(words, target, line - words.count("\n"))
            words, target = "", run.link
        words += run.text
        line += run.text.count("\n")


def _deep(block: Block) -> Iterator[Block]:
    if block.kind in ("blockquote", "list_item") or block.is_list:
        for inner in block.blocks():
            yield inner
            yield from _deep(inner)
