"""How hard a text is to read: its sentences, their length, and a reading grade. For English.

The grade is that of Flesch and Kincaid: the year of school in which the text can be read. It counts sentences, words
and syllables, so it is a hint and no proof: only readers can tell whether a text is plain.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from readability import KincaidGradeLevel
from readability.langdata import LANGDATA

from tutorbot.workshop.script import Part, Passage

FEWEST_WORDS = 20  # fewer tell nothing
_SPOKEN = (Part.TEXT, Part.HINT, Part.NOTE)
_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9_])")
_WORD = re.compile(r"\w[^\s]*")
_LETTERS = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_ADDRESS = re.compile(r"://|@|\w\.\w")
_count = LANGDATA["en"]["syllables"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence where it stands."""

    text: str
    line: int
    start: int  # its first letter in the passage

    @property
    def size(self) -> int:
        """Its words, numbers and addresses."""
        return len(_WORD.findall(self.text))


def sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage. One ends at the end of the passage, whatever stands there."""
    start = 0
    for end in (*(found.end() for found in _END.finditer(passage.text)), len(passage.text)):
        text = passage.text[start:end].lstrip()
        if text:
            first = end - len(text)
            yield Sentence(text.rstrip(), passage.line_at(first), first)
        start = end


def grade(passages: Iterable[Passage]) -> float | None:
    """The reading grade of the text, hints and notes among these; None if they are too short to tell."""
    spoken = [sentence for one in passages if one.part in _SPOKEN for sentence in sentences(one)]
    counted = [words for words in (_words(sentence.text) for sentence in spoken) if words]
    size = sum(map(len, counted))
    if size < FEWEST_WORDS:
        return None
    return float(KincaidGradeLevel(sum(_syllables(word) for words in counted for word in words), size, len(counted)))


def _words(text: str) -> Sequence[str]:
    """The words that are made of letters. Numbers and addresses are looked at rather than read."""
    return [word for part in text.split() if not _ADDRESS.search(part) for word in _LETTERS.findall(part)]


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    """The library's count says 0 for "the"; every word has one."""
    return max(1, int(_count(word.lower())))
