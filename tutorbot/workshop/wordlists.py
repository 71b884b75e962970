"""Lists of words to mind, from the data files beside this room, and how they are found in a text.

A list has two columns: the word, and what to say instead. Its other forms ("claims", "claimed") are found too.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_WORD = re.compile(r"\w(?:[\w'’.&-]*\w)?")
_WORDS = files("tutorbot.workshop") / "words"


@dataclass(frozen=True, slots=True)
class Found:
    """A word of a list where it stands in a text."""

    word: str  # as it is written there
    term: str  # as the list has it
    say: str  # instead; may be empty
    start: int  # its first letter in the text


@dataclass(frozen=True, slots=True)
class WordList:
    """Words to mind, with what to say instead."""

    say: Mapping[str, str]
    terms: Mapping[str, str]  # every form, as `_key` writes it -> the term
    longest: Mapping[str, int]  # first word of a form -> most words of one

    @classmethod
    def of(cls, say: Mapping[str, str], forms: bool = True) -> "WordList":
        """A list of these. `forms`: whether endings may be added to the words."""
        terms = {_key(form): term for term in say for form in (_forms(term) if forms else ())}
        terms |= {_key(term): term for term in say}
        longest: dict[str, int] = {}
        for first, *rest in map(str.split, terms):
            longest[first] = max(1 + len(rest), longest.get(first, 0))
        return cls(say, terms, longest)

    def found_in(self, text: str) -> Iterator[Found]:
        """Every word of the list in a text. A word in capitals ("PIN") is not looked for in small letters."""
        words, distinct = _read(text)
        if self.longest.keys().isdisjoint(distinct):
            return
        end = 0  # a word inside a longer one is not told again
        for place in [place for place, (_, word) in enumerate(words) if word in self.longest]:
            start, first = words[place]
            size = self._size(words[place : place + self.longest[first]]) if place >= end else 0
            if size:
                end = place + size
                last, word = words[end - 1]
                yield from self._found(text[start : last + len(word)], start)

    def _size(self, words: Sequence[tuple[int, str]]) -> int:
        """How many of these words, from the first on, are a word of the list; 0 if none."""
        sizes = range(len(words), 0, -1)
        return next((size for size in sizes if " ".join(word for _, word in words[:size]) in self.terms), 0)

    def _found(self, word: str, start: int) -> Iterator[Found]:
        term = self.terms[_key(word)]
        if not (term.isupper() and word.islower()):
            yield Found(word, term, self.say[term], start)


@cache
def jargon() -> WordList:
    """Words that must be explained where they stand."""
    return WordList.of(_table("jargon.csv"))


@cache
def swaps() -> WordList:
    """Long words and phrases for which there are short ones."""
    return WordList.of(_table("swaps.csv"))


@cache
def blame() -> WordList:
    """Words that can make a beginner feel small."""
    return WordList.of(_table("blame.csv"), forms=False)


@cache
def names() -> frozenset[str]:
    """Names and short names that are spelled right in any lesson."""
    return read_names((_WORDS / "names.txt").read_text("utf-8")) | {term for term in jargon().say if term.isupper()}


def read_names(text: str) -> frozenset[str]:
    """The names in a file of names: one a line, without the lines that begin with #."""
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _table(name: str) -> dict[str, str]:
    rows = csv.DictReader((_WORDS / name).read_text("utf-8").splitlines())
    return {row["term"]: row["say"] for row in rows}


def _forms(term: str) -> Iterable[str]:
    """A term with the endings that an English word may have. Odd ones do no harm: nobody writes them."""
    stem = term[:-1] if term.endswith(("e", "y")) else term
    yield from (term + "s", term + "es", term + "ed", term + "ing", stem + "ing", stem + "ed", stem + "ies")
    yield from (stem + "ied", term + term[-1] + "ed", term + term[-1] + "ing")


@lru_cache(maxsize=1024)  # the passages of a lesson are looked through for one list after the other
def _read(text: str) -> tuple[Sequence[tuple[int, str]], frozenset[str]]:
    """The words of a text in small letters: where each begins, and which there are."""
    words = [(match.start(), match[0].lower()) for match in _WORD.finditer(text)]
    return words, frozenset(word for _, word in words)


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
