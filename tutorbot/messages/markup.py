"""Our small Markdown, turned into what each channel shows: Telegram entities, safe HTML, plain text.

Small means: paragraphs, bold, italic, lists, quotes, `code` and web links; a line break is a line break.
HTML, tables, strikethrough and formulas are not part of it and are shown as they were written. Knows nothing
of what is said.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from html import escape as escape_html
from itertools import accumulate
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from markdown_it.utils import EnvType, OptionsDict
from telegramify_markdown import MessageEntity, RenderConfig, convert

Entity = dict[str, Any]  # a MessageEntity as the Bot API takes it; offset and length in UTF-16 units

LIMIT = 4096  # UTF-16 units in one Telegram message
_CACHED = 1024  # a conversion costs 0.5 ms, and the cards of lessons repeat

_WEB = re.compile(r"https?://", re.IGNORECASE)
_ADDRESS = re.compile(r"https://[^\s<>\"]*[^\s<>\"'.,:;!?)\]]")
# What only Telegram's converter would take as markup: formulas, strikethrough, spoilers, tables, HTML.
# Code and escapes are matched first, so that they stay as they are.
_FOREIGN = re.compile(r"(`+).*?\1|\\.|([$~|]|<(?!https?://))", re.DOTALL)


# --- Telegram -----------------------------------------------------------------------------------------------


def to_telegram(markdown: str) -> tuple[str, list[Entity]]:
    """The text and its entities, as `sendMessage` takes them."""
    text, entities = _telegram(markdown)
    return text, [dict(entity) for entity in entities]


def split(text: str, entities: Sequence[Entity], limit: int = LIMIT) -> list[tuple[str, list[Entity]]]:
    """The message in parts of at most `limit` UTF-16 units, cut at the end of a line, else of a word.

    The parts joined are the whole text. Parts of nothing but space are left out, for Telegram refuses them.
    """
    if len(text) <= limit // 2 and text.strip():  # as nearly all are
        return [(text, [*entities])]
    offsets = list(accumulate(map(_units, text), initial=0))
    parts = []
    start = 0
    while start < len(text):
        stop = _cut(text, start, max(bisect_right(offsets, offsets[start] + limit) - 1, start + 1))
        if not text[start:stop].isspace():
            parts.append((text[start:stop], _within(entities, offsets[start], offsets[stop])))
        start = stop
    return parts


def _telegram_config() -> RenderConfig:
    config = RenderConfig.isolated()
    config.cite_expandable = False  # a folded quote is one more thing to know
    symbol = config.markdown_symbol
    symbol.heading_level_1 = symbol.heading_level_2 = symbol.heading_level_3 = symbol.heading_level_4 = ""
    symbol.image = ""
    symbol.unordered_list_item = "•"
    symbol.task_completed, symbol.task_uncompleted = "[x]", "[ ]"
    return config


_TELEGRAM = _telegram_config()


@lru_cache(_CACHED)
def _telegram(markdown: str) -> tuple[str, tuple[Entity, ...]]:
    source = _FOREIGN.sub(lambda found: f"\\{found[2]}" if found[2] else found[0], markdown)
    text, found = convert(source, latex_escape=False, config=_TELEGRAM)
    text = text.rstrip()
    entities = [entity.to_dict() for entity in found if _is_wanted(entity)]
    return text, tuple(_within(entities, 0, sum(map(_units, text))))


def _is_wanted(entity: MessageEntity) -> bool:
    """Not links that Telegram would refuse, and not the line under a heading, which looks like a link."""
    return entity.type != "underline" and (entity.url is None or _WEB.match(entity.url) is not None)


def _units(letter: str) -> int:
    """The UTF-16 units of one letter."""
    return 2 if letter > "\uffff" else 1


def _cut(text: str, start: int, full: int) -> int:
    """Where a part that begins at `start` and may reach to `full` had better end."""
    if full == len(text):
        return full
    # A line that ends in the first half would stand there almost alone: "Amir (volunteer):" without a word of Amir's.
    line, word = text.rfind("\n", (start + full) // 2, full), text.rfind(" ", start, full)
    return next((end + 1 for end in (line, word) if end >= 0), full)


def _within(entities: Sequence[Entity], start: int, stop: int) -> list[Entity]:
    """The entities of one part, from `start` to `stop`, with offsets from its beginning."""
    found = []
    for entity in entities:
        begin, end = max(entity["offset"], start), min(entity["offset"] + entity["length"], stop)
        if begin < end:
            found.append({**entity, "offset": begin - start, "length": end - begin})
    return found


# --- HTML ---------------------------------------------------------------------------------------------------


def html_of(markdown: str) -> str:
    """Safe HTML: no tag but our own, and links only to the web. Nothing of it is remembered."""
    return str(_MARKDOWN.render(markdown))


@lru_cache(_CACHED)
def to_html(markdown: str) -> str:
    """The same for what is shown again and again."""
    return html_of(markdown)


def literal_html(said: str) -> str:
    """A person's words as HTML: every letter as it was written, line breaks kept."""
    return escape_html(said).replace("\n", "<br>\n")


def _link_addresses(state: StateCore) -> None:
    """Make bare https addresses links. An escaped address is in pieces at this moment, and so stays text."""
    for block in state.tokens:
        inside = 0
        tokens: list[Token] = []
        for token in block.children or []:
            inside += token.nesting if token.type.startswith("link_") else 0
            tokens += [token] if inside or token.type != "text" else _with_links(token)
        block.children = tokens if block.children else block.children


def _with_links(token: Token) -> list[Token]:
    """The token, cut into text and links."""
    tokens = []
    end = 0
    for found in _ADDRESS.finditer(token.content):
        tokens += [
            Token("text", "", 0, content=token.content[end : found.start()]),
            Token("link_open", "a", 1, attrs={"href": found[0]}),
            Token("text", "", 0, content=found[0]),
            Token("link_close", "a", -1),
        ]
        end = found.end()
    return [*tokens, Token("text", "", 0, content=token.content[end:])]


def _open_link(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """A link leaves the chat open behind it."""
    tokens[index].attrs |= {"target": "_blank", "rel": "noopener"}
    return renderer.renderToken(tokens, index, options, env)


def _image_words(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """A picture is sent apart from the text: only its words are left here."""
    return escape_html(renderer.renderInlineAsText(tokens[index].children, options, env))


class _SmallMarkdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 (the library's name)
        """Links lead to the web and nowhere else."""
        return _WEB.match(url) is not None


def _parser() -> MarkdownIt:
    markdown = _SmallMarkdown("commonmark", {"html": False, "breaks": True, "xhtmlOut": False})
    markdown.core.ruler.before("text_join", "link_addresses", _link_addresses)
    markdown.add_render_rule("link_open", _open_link)
    markdown.add_render_rule("image", _image_words)
    return markdown


_MARKDOWN = _parser()


# --- Plain text ---------------------------------------------------------------------------------------------


def to_plain(markdown: str) -> str:
    """Plain text: lists with `-` or numbers, links as `words (address)`; no signs for bold."""
    return _plain(SyntaxTreeNode(_MARKDOWN.parse(markdown))).strip("\n")


def _plain(node: SyntaxTreeNode) -> str:
    inside = "".join(map(_plain, node.children))
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak" | "hardbreak":
            return "\n"
        case "link":
            address = str(node.attrs["href"])
            return inside if inside == address else f"{inside} ({address})"
        case "paragraph" if node.parent and node.parent.type == "list_item":
            return f"{inside}\n"
        case "paragraph" | "heading":
            return f"{inside}\n\n"
        case "bullet_list" | "ordered_list":
            return f"{inside}\n"
        case "list_item":
            return _item(node, inside)
        case "code_block" | "fence":
            return f"{node.content}\n"
    return inside


def _item(node: SyntaxTreeNode, inside: str) -> str:
    """An item with its sign, further lines standing under the first."""
    siblings = node.siblings
    start = int(node.parent.attrs.get("start", 1)) if node.parent else 1
    numbered = node.parent is not None and node.parent.type == "ordered_list"
    sign = f"{start + siblings.index(node)}." if numbered else "-"
    return f"{sign} " + inside.rstrip("\n").replace("\n", "\n" + " " * (len(sign) + 1)) + "\n"


# --- A person's words ---------------------------------------------------------------------------------------

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Not kept: control characters (but line break and tab), halves of letters, and signs that turn the
# direction in which the words behind them are read.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
_BLANKS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")  # letters by name, but nothing to see


def escape(text: str) -> str:
    """A person's words for use inside Markdown: shown letter by letter, on one line, in every format."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


def clean(text: str) -> str:
    """A person's words made safe to keep and to show; empty if nothing of them can be seen."""
    kept = unicodedata.normalize("NFC", _UNSAFE.sub("", text.replace("\r\n", "\n"))).strip()
    return kept if any(map(_is_visible, kept)) else ""


def _is_visible(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cf", "Zl", "Zp", "Zs") and letter not in _BLANKS
