"""Finding by asking: from a learner's own words to lessons and words. The protocol, and what can be found.

A finder never answers: it says which lessons and words may be meant, and how sure it is. Two of them are in `fulltext`
(always there) and `smart` (an extra).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from tutorbot.curriculum.glossary import Glossary
from tutorbot.curriculum.lesson import Lesson

MOST_WORDS = 1  # of what is found


class Kind(StrEnum):
    """What can be found."""

    LESSON = "lesson"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Target:
    """A lesson or a word, as a finder sees it."""

    kind: Kind
    id: str  # of the lesson; the key of the word
    language: str
    title: str
    summary: str
    asks: tuple[str, ...] = ()  # how people ask for it
    headings: tuple[str, ...] = ()  # of its cards


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that may be meant."""

    kind: Kind
    id: str
    score: float  # 0 to 1; of one finder, comparable
    sure: bool  # False: a guess, which must be put as one


class Finder(Protocol):
    """Finds what may be meant. May be asked from several threads at once."""

    def find(self, text: str, language: str, limit: int, /) -> Sequence[Hit]:
        """At most `limit` hits, the best first; of each lesson or word one, in this language or in English."""
        ...

    def prepare(self) -> None:
        """Do what takes long, so that no learner waits for it. Until it is done, `find` does what it can."""
        ...


def best(found: Iterable[tuple[Target, float]], limit: int, sure: float) -> list[Hit]:
    """The first `limit` of these, each lesson and word once; of words only so many, for people look for lessons.

    `sure`: the score from which on we are.
    """
    hits: dict[tuple[Kind, str], Hit] = {}
    words = 0
    for target, score in found:
        name = (target.kind, target.id)
        if name in hits or (target.kind is Kind.WORD and words == MOST_WORDS):
            continue
        words += target.kind is Kind.WORD
        hits[name] = Hit(*name, score, score >= sure)
        if len(hits) == limit:
            break
    return list(hits.values())


class _NoFinder:
    def find(self, _text: str, _language: str, _limit: int, /) -> Sequence[Hit]:
        return ()

    def prepare(self) -> None:
        pass


NOTHING: Finder = _NoFinder()
"""Finds nothing: where there is nothing to be found, as in a curriculum made by hand."""


def targets(lessons: Iterable[Lesson], glossaries: Iterable[Glossary]) -> tuple[Target, ...]:
    """All that can be found in these."""
    return (*map(_lesson, lessons), *(word for glossary in glossaries for word in _words(glossary)))


def _lesson(lesson: Lesson) -> Target:
    headings = tuple(card.title for card in lesson.cards)
    return Target(Kind.LESSON, lesson.id, lesson.language, lesson.title, lesson.summary, lesson.asks, headings)


def _words(glossary: Glossary) -> Iterator[Target]:
    for key, word in glossary.words.items():
        yield Target(Kind.WORD, key, glossary.language, word.name, word.meaning, word.also)
