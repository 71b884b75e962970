"""What authors want to know of words: which of their list stand on how many cards, and which they lack. Pure."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from tutorbot.curriculum.glossary import Glossary, words_on
from tutorbot.curriculum.library import Curriculum


@dataclass(frozen=True, slots=True)
class Used:
    """A word of the list."""

    language: str
    word: str
    cards: int  # on which it stands and is not explained


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word that learners asked for and that is not on the list."""

    language: str
    word: str
    times: int
    last: date


def used(curriculum: Curriculum) -> list[Used]:
    """Every word of every list, those on most cards first."""
    return [one for _, glossary in sorted(curriculum.words.items()) for one in _used(curriculum, glossary)]


def _used(curriculum: Curriculum, glossary: Glossary) -> list[Used]:
    lessons = [lesson for lesson in curriculum.lessons.values() if lesson.language == glossary.language]
    count = Counter(key for lesson in lessons for card in lesson.cards for key in words_on(card, glossary))
    found = [Used(glossary.language, word.name, count[key]) for key, word in glossary.words.items()]
    return sorted(found, key=lambda one: (-one.cards, one.word.casefold()))


def still_wanted(wanted: Sequence[Wanted], curriculum: Curriculum) -> list[Wanted]:
    """Those that are not on the list meanwhile."""
    return [one for one in wanted if curriculum.word_called(one.word, one.language) is None]


def as_lines(found: Sequence[Used]) -> Iterator[str]:
    """A line for each word that stands on a card unexplained: how many cards, language, word. Then the others."""
    for one in found:
        if one.cards:
            yield f"{one.cards:>5}  {one.language}  {one.word}"
    for language in dict.fromkeys(one.language for one in found):
        idle = [one.word for one in found if one.language == language and not one.cards]
        if idle:
            yield f"\nOn no card, or explained where they stand ({language}): {', '.join(idle)}"


def wanted_as_lines(wanted: Sequence[Wanted]) -> Iterator[str]:
    """A line for each: how often, when last, the language, the word."""
    for one in wanted:
        yield f"{one.times:>5}  {one.last}  {one.language}  {one.word}"


def as_json(found: Sequence[Used] | Sequence[Wanted]) -> str:
    """For programs."""
    return json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False, default=date.isoformat)
