"""Whether somebody tells us that they are in despair, in danger, or being robbed: heard in any words, in any stage.

It finds the usual ways to say it, and misses others; it judges nobody. What was measured: benchmarks/PROTECTION.md.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from difflib import get_close_matches
from enum import StrEnum
from functools import cache

from tutorbot.curriculum.spelling import simplify
from tutorbot.tutor.distress_words import DANGER, DESPAIR, NEAR, SCAMMED, TABLES


class Sign(StrEnum):
    """What we may have heard."""

    DESPAIR = DESPAIR
    DANGER = DANGER
    SCAMMED = SCAMMED


HARM = frozenset({Sign.DESPAIR, Sign.DANGER})
"""The signs that raise an alarm at the desk."""

URGENT = timedelta(hours=24)  # for so long what they ask is urgent
_ALIKE = 0.85  # share of letters that must agree
_LONG = 6  # shorter words must be exact
_STARTS = frozenset(word[0] for word in NEAR)


def signs(text: str) -> tuple[Sign, ...]:
    """What we hear in a text, the gravest first; () if nothing."""
    said = "\n".join(map(_spelled, _SENTENCE.split(text)))
    return tuple(sign for sign, pattern in _heard().items() if pattern.search(said))


def recent(alarmed: Mapping[str, datetime], now: datetime, within: timedelta = URGENT) -> frozenset[str]:
    """The signs they gave us so recently."""
    return frozenset(sign for sign, at in alarmed.items() if now - at < within)


def _spelled(sentence: str) -> str:
    """The sentence, simplified and with its hard words put right."""
    return " ".join(map(_meant, simplify(sentence).split()))


def _meant(word: str) -> str:
    """The hard word that is meant, where this is one misspelt."""
    if len(word) < _LONG or word[0] not in _STARTS:
        return word
    return next(iter(get_close_matches(word, NEAR, 1, _ALIKE)), word)


def _rows(sign: Sign) -> Iterator[str]:
    for table in TABLES.values():
        yield from table[sign]


@cache
def _heard() -> Mapping[Sign, re.Pattern[str]]:
    """How each sign is heard. Made when the first text comes: to make them takes a while, and a start should not."""
    return {sign: re.compile(rf"(?<!\w)(?:{'|'.join(_rows(sign))})(?!\w)", re.MULTILINE) for sign in Sign}


_SENTENCE = re.compile(r"(?<!\.)\.(?!\.)|[!?;\n]+")
