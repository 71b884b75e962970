"""Words explained: what each means, how else it is said or spelled, and which of them stand on a card.

Frozen values, one glossary for each language, made by `words`. Which words a card offers is found once, at loading.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from tutorbot.curriculum.lesson import Card, ExerciseKind, Lesson
from tutorbot.curriculum.spelling import fold, simplify

MOST_ON_CARD = 5  # words offered on a card: with the way back, six buttons

_ADDRESS = re.compile(r"[a-z]+://\S+", re.IGNORECASE)
_PARTS = re.compile(r"\w+|[.!?:;,)](?=\s)|[(\n]")  # words, and the signs that no word of two words stands across
_EXPLAINS = frozenset({"is", "are", "means", "mean"})  # "A router is ...": the card explains it already
_BEFORE = frozenset({"", "\n", ".", "a", "an", "to"})  # "your router is off" explains nothing
_CALLED = "called"
_ENGLISH = "en"
_VOWELS = ("a", "e", "i", "o", "u", "")
_NEAR = 0.82  # share of letters that must agree
_SHORT = 4  # shorter words must be exact


@dataclass(frozen=True, slots=True)
class Word:
    """A word and what it means."""

    name: str  # as on its button: "Wi-Fi"
    meaning: str  # Markdown: one plain sentence, two at most
    also: tuple[str, ...] = ()  # other ways to say or spell it

    @property
    def key(self) -> str:
        """What its button carries: "wi-fi"."""
        return key_of(self.name)


def key_of(name: str) -> str:
    """The name of a word as a button can carry it."""
    return simplify(name).replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Glossary:
    """The words of one language."""

    language: str = _ENGLISH
    words: Mapping[str, Word] = field(default_factory=dict)  # by key
    spellings: Mapping[str, str] = field(default_factory=dict)  # every way to write one, simplified -> key
    longest: Mapping[str, int] = field(default_factory=dict)  # first part of a spelling -> most parts of one

    @classmethod
    def of(cls, words: Iterable[Word], language: str = _ENGLISH) -> "Glossary":
        """These words, with their plurals where the language is English."""
        by_key = {word.key: word for word in words}
        spellings = {simplify(text): key for key, word in by_key.items() for text in (word.name, *word.also)}
        if language == _ENGLISH:
            spellings = {_plural(text): key for text, key in spellings.items()} | spellings
        longest: dict[str, int] = {}
        for parts in map(str.split, spellings):
            longest[parts[0]] = max(len(parts), longest.get(parts[0], 0))
        return cls(language, by_key, spellings, longest)

    def called(self, text: str, *, near: bool = False) -> Word | None:
        """The word that is written so; `near`: or nearly so."""
        said = simplify(text)
        if near and len(said) > _SHORT and said not in self.spellings:
            likely = [one for one in self.spellings if one[:1] == said[:1]]  # a slip is seldom in the first letter
            said = next(iter(get_close_matches(said, likely, 1, _NEAR)), said)
        key = self.spellings.get(said)
        return self.words[key] if key else None

    def standing_in(self, *texts: str) -> tuple[str, ...]:
        """The keys of the words that stand in these texts, in their order. Not those that are explained there."""
        found = [one for text in texts for one in self._found(text)]
        explained = {key for key, here in found if here}
        return tuple(dict.fromkeys(key for key, _ in found if key not in explained))

    def _found(self, text: str) -> Iterator[tuple[str, bool]]:
        """Each word in a text, longest first, and whether it is explained at that place."""
        parts: list[str] = _PARTS.findall(fold(_ADDRESS.sub(" ", text)))
        end = 0  # of the word before
        for place in [place for place, part in enumerate(parts) if part in self.longest]:
            if place >= end and (size := self._size(parts, place)):
                end = place + size
                yield self.spellings[" ".join(parts[place:end])], _explained(parts, place, size)

    def _size(self, parts: Sequence[str], place: int) -> int:
        """How many parts the longest word has that begins at this place; 0 if none does."""
        sizes = range(self.longest[parts[place]], 0, -1)
        return next((size for size in sizes if " ".join(parts[place : place + size]) in self.spellings), 0)


def with_words(lesson: Lesson, glossary: Glossary) -> Lesson:
    """The lesson, with the words on each card that can be explained."""
    if not glossary.words:
        return lesson
    cards = (replace(card, words=words_on(card, glossary)[:MOST_ON_CARD]) for card in lesson.cards)
    return replace(lesson, cards=tuple(cards))


def words_on(card: Card, glossary: Glossary) -> tuple[str, ...]:
    """The keys of all the words on a card. An answer to be typed is not shown, and so not explained."""
    exercise = card.exercise
    choices = exercise.answers if exercise and exercise.kind is not ExerciseKind.TYPED else ()
    return glossary.standing_in(card.title, card.body, *(answer.text for answer in choices))


def _explained(parts: Sequence[str], place: int, size: int) -> bool:
    """Whether the words around it say what it means: "a router is ...", "called a router"."""
    before = parts[place - 1] if place else ""
    after = parts[place + size] if place + size < len(parts) else ""
    return (after in _EXPLAINS and before in _BEFORE) or _CALLED in parts[max(place - 2, 0) : place]


def _plural(text: str) -> str:
    if text.endswith(("s", "x", "z", "ch", "sh")):
        return f"{text}es"
    return f"{text[:-1]}ies" if text.endswith("y") and text[-2:-1] not in _VOWELS else f"{text}s"
