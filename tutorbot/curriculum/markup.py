"""Markdown as lessons use it: text -> blocks with their lines, and what stands inside a line of text.

The only room that knows the Markdown library. It reports nothing: what a block may be is decided by others.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token


class _Reader(MarkdownIt):
    """Reads blocks only; the text inside them is read where it matters, which saves half of the time."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"inline_definitions": True})  # which are not shown either
        self.enable("table")  # to tell the author that it cannot be shown
        self.disable("lheading")  # text above a line of dashes is no heading
        self.core.ruler.enableOnly(["normalize", "block"])

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 (the library's names)
        """Take every link as a link, so that a bad one is seen and not read as text."""
        return True


_READER = _Reader()
_MARKED = re.compile(r"[\\`*_\[\]<&!]")  # letters that may be more than text
_BREAKS = ("softbreak", "hardbreak")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list, an item, a quote ..., with its tokens from opening to closing."""

    kind: str  # as the library calls it: "heading", "paragraph", "bullet_list", "list_item", "blockquote" ...
    tokens: Sequence[Token]
    start: int  # its first line, from 1
    end: int  # the line after its last

    @property
    def is_list(self) -> bool:
        """Whether it is a list of items."""
        return self.kind in ("bullet_list", "ordered_list")

    @property
    def level(self) -> int:
        """Of a heading: 1 to 6; of anything else 0."""
        return int(self.tokens[0].tag[1]) if self.kind == "heading" else 0

    @property
    def inline(self) -> str:
        """The Markdown inside a heading or a paragraph, on as many lines as in the file."""
        return self.tokens[1].content if self.kind in ("heading", "paragraph") else ""

    def blocks(self) -> tuple["Block", ...]:
        """The blocks directly inside."""
        return tuple(_split(self.tokens[1:-1]))


@dataclass(frozen=True, slots=True)
class Page:
    """A file, read."""

    lines: Sequence[str]
    blocks: Sequence[Block]

    def source(self, start: int, end: int, without: frozenset[int] = frozenset()) -> str:
        """The author's lines from `start` to before `end`; an empty line instead of those in `without`."""
        kept = ("" if place in without else self.lines[place - 1] for place in range(start, end))
        return re.sub(r"\n(?:[ \t]*\n)+", "\n\n", "\n".join(kept)).strip("\n").rstrip()


@dataclass(frozen=True, slots=True)
class Span:
    """A link, a picture or a piece of HTML in a line of text."""

    kind: str  # "link", "image", "html"
    target: str  # where a link or picture leads; the HTML itself
    line: int  # from 1
    alt: str = ""  # of a picture
    alone: bool = False  # nothing else is on its line


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words that are all marked alike."""

    text: str  # "\n" where the author began a new line
    strong: bool = False
    code: bool = False
    link: str = ""  # where it leads; "" if it is no link


def read(lines: Sequence[str], skip: int) -> Page:
    """The Markdown of a file, without its first `skip` lines, which are its header."""
    return Page(lines, tuple(_split(_READER.parse("\n" * skip + "\n".join(lines[skip:])))))


def plain(inline: str) -> str:
    """The words of a line without its marks, as a button shows them."""
    text = _plain(_inside(inline)) if _MARKED.search(inline) else inline
    return " ".join(text.split())


def only_code(inline: str) -> bool:
    """Whether the line is one piece of `code` and nothing else."""
    tokens = _inside(inline.strip())
    return len(tokens) == 1 and tokens[0].type == "code_inline"


def runs(inline: str) -> Iterator[Run]:
    """The words of a line, stretch by stretch. Pictures and HTML are left out."""
    if not _MARKED.search(inline):
        yield Run(inline)
        return
    strong, link = 0, ""
    for token in _inside(inline):
        if token.type.startswith("strong_"):
            strong += token.nesting
        elif token.type.startswith("link_"):
            link = str(token.attrs.get("href", ""))
        elif token.type in _BREAKS:
            yield Run("\n", strong > 0, link=link)
        elif words := _words(token):
            yield Run(words, strong > 0, token.type == "code_inline", link)


def spans(block: Block) -> Iterator[Span]:
    """The links, pictures and HTML in the text of a block and of all that is inside it."""
    for token in block.tokens:
        if token.type == "inline" and ("](" in token.content or "<" in token.content):
            yield from _spans(token)


def _spans(token: Token) -> Iterator[Span]:
    line = token.map[0] + 1 if token.map else 1
    row: list[Token] = []
    for child in (*_inside(token.content), None):
        if child is None or child.type in _BREAKS:
            yield from _row(row, line)
            row, line = [], line + 1
        else:
            row.append(child)


def _row(row: Sequence[Token], line: int) -> Iterator[Span]:
    """What is on one line."""
    seen = [token for token in row if token.type != "text" or token.content.strip()]
    for token in seen:
        if token.type == "link_open":
            yield Span("link", str(token.attrs.get("href", "")), line)
        elif token.type == "image":
            source = unquote(str(token.attrs.get("src", "")))
            yield Span("image", source, line, plain(token.content), alone=len(seen) == 1)
        elif token.type == "html_inline":
            yield Span("html", token.content, line)


def _inside(inline: str) -> list[Token]:
    tokens: list[Token] = []
    _READER.inline.parse(inline, _READER, {}, tokens)
    return tokens


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(" " if token.type in _BREAKS else _words(token) for token in tokens)


def _words(token: Token) -> str:
    return token.content if token.type in ("text", "code_inline", "text_special") else ""


def _split(tokens: Sequence[Token]) -> Iterator[Block]:
    """The blocks that these tokens make, side by side."""
    opened = depth = 0
    for place, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            first, last = tokens[opened].map or (0, 0)
            kind = tokens[opened].type.removesuffix("_open")
            yield Block(kind, tokens[opened : place + 1], first + 1, last + 1)
            opened = place + 1
