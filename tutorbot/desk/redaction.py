"""Hides in people's words what a helper never needs: card numbers, codes, passwords, phone numbers. Pure.

It finds much and misses some: see docs/privacy.md for what was measured. Where something was hidden a mark stands, as
`⟦card⟧` (`tutorbot.tutor.marks`); all else is left as it was written. Which words and numbers, `secret_rules` says.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tutorbot.desk.folding import fold
from tutorbot.desk.secret_rules import Kind, find
from tutorbot.tutor.marks import MARK, mark

__all__ = ["Kind", "Redacted", "redact"]


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text that may be kept and passed on."""

    text: str
    kinds: tuple[Kind, ...] = ()  # what was hidden, in the order of the text, each once


def redact(text: str) -> Redacted:
    """The text with everything hidden that we know for a secret. Never raises; what is hidden stays hidden."""
    hidden: list[Kind] = []
    while True:
        parts = [*_parts(text)]
        found = [part for part in parts if isinstance(part, Kind)]
        if not found:
            return Redacted(text, tuple(dict.fromkeys(hidden)))
        hidden += found
        text = "".join(mark(part) if isinstance(part, Kind) else part for part in parts)


def _parts(text: str) -> Iterator[str | Kind]:
    """The text in pieces, with a kind in the place of each secret. What a mark stands for has been taken out."""
    end = 0
    for known in MARK.finditer(text):
        yield from _between(text[end : known.start()])
        yield known[0]
        end = known.end()
    yield from _between(text[end:])


def _between(text: str) -> Iterator[str | Kind]:
    folded, end = fold(text), 0
    for kind, start, stop in find(folded.text):
        begin, after = folded.written(start, stop)
        yield text[end:begin]
        yield kind
        end = after
    yield text[end:]
