"""A text as it is searched: small letters without accents, one kind of digit and dash, nothing invisible. Pure.

What is found there is found in the text as it was written: every folded letter knows where it came from.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Mn", "Me"})  # controls, format signs, half letters, signs put on others

_PARTS = 4  # a letter that falls into more is a word of its own, as "ﷺ", and no part of a number


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text, and for each of its letters the place in the text as it was written."""

    text: str
    places: tuple[int, ...] | range

    def written(self, start: int, stop: int) -> tuple[int, int]:
        """Where what stands from `start` to `stop` was written. `stop` is above `start`."""
        return self.places[start], self.places[stop - 1] + 1


def fold(text: str) -> Folded:
    """The text as it is searched."""
    if text.isascii() and text.isprintable():
        return Folded(text.lower().replace("_", "-"), range(len(text)))
    letters = [(folded, place) for place, letter in enumerate(text) for folded in _letter(letter)]
    return Folded("".join(letter for letter, _ in letters), tuple(place for _, place in letters))


def _letter(letter: str) -> Iterator[str]:
    """What one letter becomes: perhaps nothing, perhaps several."""
    if letter in "\n\t":
        yield letter
        return
    parts = unicodedata.normalize("NFKD", letter).casefold()
    for part in parts if len(parts) <= _PARTS else letter:
        category = unicodedata.category(part)
        if category == "Nd":
            yield str(unicodedata.decimal(part))
        elif category in ("Pd", "Pc") or part == "−":
            yield "-"
        elif category in ("Zs", "Zl", "Zp"):
            yield " "
        elif category not in _INVISIBLE:
            yield part
