"""The text inside GIFT: its escaped signs, and its formats, from which plain words and our Markdown are made. Pure."""

import html
import re
from dataclasses import dataclass
from enum import StrEnum

from tutorbot.curriculum.markup import plain
from tutorbot.curriculum.writer import escaped_lines

_SIGNS = {"\\": "\\", ":": ":", "#": "#", "=": "=", "{": "{", "}": "}", "~": "~", "n": "\n"}
_ESCAPED = re.compile(r"\\([\\:#={}~n])")
# While a question is taken apart, its escaped signs are halves of letters, which no file in UTF-8 can hold.
_HIDDEN = {sign: chr(0xDC00 + ord(sign)) for sign in _SIGNS}
_SHOWN = str.maketrans({_HIDDEN[sign]: meaning for sign, meaning in _SIGNS.items()})
_PUT = str.maketrans({sign: f"\\{sign}" for sign in "\\:#={}~"} | {"\n": "\\n", "\r": ""})

_FORMAT = re.compile(r"\[(moodle|html|plain|markdown)\]")
_LINE_BREAK = re.compile(r"<br\s*/?>\s*", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</(?:p|div|li|ul|ol|h[1-6])>\s*", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


class Form(StrEnum):
    """How a text is written."""

    MOODLE = "moodle"  # as people type it there, maybe with some HTML
    HTML = "html"
    PLAIN = "plain"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class Words:
    """A text and how it is written."""

    text: str
    form: Form

    @property
    def markdown(self) -> str:
        """It as our Markdown."""
        return self.text if self.form is Form.MARKDOWN else escaped_lines(self._shown())

    @property
    def plain(self) -> str:
        """Its words alone, on one line."""
        return plain(self.text) if self.form is Form.MARKDOWN else " ".join(self._shown().split())

    def _shown(self) -> str:
        """The letters that a reader sees, for texts that are not in Markdown."""
        if self.form is Form.PLAIN or not ("<" in self.text or "&" in self.text):
            return self.text
        broken = _PARAGRAPH.sub("\n\n", _LINE_BREAK.sub("\n", self.text))
        return html.unescape(_TAG.sub("", broken)).strip()


def words_of(text: str, default: Form = Form.MOODLE) -> Words:
    """A piece of a question whose signs are hidden; it may begin with its format."""
    form = _FORMAT.match(text)
    rest = text[form.end() :] if form else text
    return Words(shown(rest).strip(), Form(form[1]) if form else default)


def hide(text: str) -> str:
    """The text with each escaped sign as one letter that means nothing."""
    return _ESCAPED.sub(lambda found: _HIDDEN[found[1]], text)


def shown(text: str) -> str:
    """The text with the hidden signs as they are meant."""
    return text.translate(_SHOWN)


def put(text: str) -> str:
    """The text as GIFT takes it, every sign meant as it stands."""
    return text.translate(_PUT)
