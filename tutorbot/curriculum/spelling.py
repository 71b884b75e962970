"""How texts are compared: what people write, and what authors wrote. Knows nothing of lessons."""

import re
import unicodedata

_SIGNS = re.compile(r"[^\w\s]+")


def fold(text: str) -> str:
    """The text in one case, with one kind of digit, without apostrophes and without signs that nobody sees."""
    if not text.isascii():
        text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")


def simplify(text: str) -> str:
    """The text as compared: folded, without signs, with single spaces."""
    return " ".join(_SIGNS.sub(" ", fold(text)).split())
