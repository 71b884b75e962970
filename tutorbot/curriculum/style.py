"""What Markdown a lesson may use: what a chat can show and what is safe to tap. Pictures have a room of their own."""

import re

from markdown_it.token import Token

from tutorbot.curriculum.markup import Block, Page, Span, spans
from tutorbot.curriculum.report import Report

CARD_ID = r"[^\W_A-Z]+(?:-[^\W_A-Z]+)*"  # whatever a heading may become, in any script
ID_COMMENT = re.compile(rf"<!--\s*id:\s*({CARD_ID})\s*-->\s*")

_REFUSED = {
    "fence": "code-block",
    "code_block": "code-block",
    "table_open": "table",
    "hr": "divider",
    "definition": "reference-link",
}
_LISTS = {"bullet_list_open": 1, "ordered_list_open": 1, "bullet_list_close": -1, "ordered_list_close": -1}
_WEB_ADDRESS = re.compile(r"https?://[^/\s]+", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def check_style(page: Page, report: Report) -> None:
    """Report all that a chat cannot show and every link that leads elsewhere than to the web."""
    for block in page.blocks:
        lists = 0
        for token in block.tokens:
            lists += _LISTS.get(token.type, 0)
            if token.nesting >= 0 and token.type != "inline":
                _check_token(token, lists, report)
        _check_spans(block, report)


def _check_token(token: Token, lists: int, report: Report) -> None:
    """`lists`: how many lists are open here, with the one that this token opens."""
    line = token.map[0] + 1 if token.map else 1
    if token.type in _REFUSED:
        report.add(line, _REFUSED[token.type])
    elif token.type == "heading_open" and token.level:
        report.add(line, "other-heading")
    elif token.type == "html_block" and (token.level or not ID_COMMENT.fullmatch(token.content)):
        report.add(line, "html")
    elif _LISTS.get(token.type) == 1 and lists > 1:
        report.add(line, "nested-list")


def _check_spans(block: Block, report: Report) -> None:
    for span in spans(block):
        if span.kind == "link":
            _check_link(span, report)
        elif span.kind == "html" and not (block.kind == "heading" and ID_COMMENT.fullmatch(span.target)):
            report.add(span.line, "html")


def _check_link(link: Span, report: Report) -> None:
    if not _WEB_ADDRESS.match(link.target):
        code = "unsafe-link" if _SCHEME.match(link.target) else "relative-link"
        report.add(link.line, code, link=link.target)
