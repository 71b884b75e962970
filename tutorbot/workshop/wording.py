"""Advice on words: sentences, hard and long words, words that hurt, capitals. For lessons in English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from tutorbot.curriculum.problem import Problem
from tutorbot.curriculum.report import problem
from tutorbot.curriculum.rules import GRADE_GOAL, GRADE_LIMIT, SENTENCE_LIMIT
from tutorbot.workshop.reading import grade, sentences
from tutorbot.workshop.script import Part, Passage, Script, without_speech
from tutorbot.workshop.wordlists import Found, blame, jargon, swaps

_FINE = re.compile(  # words on the list of blame that blame nobody here
    r"easy to (?:guess|crack|steal|copy|lose|miss|fake|forge|forget|mix up|fall for|mistake)"
    r"|easily (?:lost|stolen|guessed|copied|missed|forged|faked|mixed up)|(?:more|less|too) easily"
    r"|just (?:as|like|now|before|after|under|over|above|below)\b|(?:only|has|have|had|you) just\b",
    re.IGNORECASE,
)
_FEWEST_CARDS = 3  # of fewer there is no middle one
_IS_TAUGHT = re.compile(r"\s+means?\b")  # "Submit means send."
_CONTRACTION = re.compile(r"\b[A-Za-z]+n['’]t\b")
_CAPITALS = re.compile(r"(?<![\w&.-])[A-Z][A-Z'’-]{0,40}[A-Z]s?(?![\w&-])(?!\.\w)")
_CALLED = (
    r"(?:,\s+or|\b(?:called|calls?|say|says|means?|named|known as|short for|(?:name|word)s? (?:for|is|are)))"
    r"(?: it| this| them| that)?,?\s+(?:an?\s+|the\s+|your\s+)?"
)
_MEANS = r"(?:s|es)?\s*(?:[(:=]|,\s+(?:or|the|an?|which|that|who|your)\b|\s(?:is|are|means?)\b)"


@dataclass(frozen=True, slots=True)
class Known:
    """What need not be told: names that are spelled right, and words that learners can have explained."""

    names: frozenset[str] = frozenset()
    explained: frozenset[str] = frozenset()  # in small letters


def long_sentences(script: Script, _: Known) -> Iterator[Problem]:
    """Sentences that are too long to keep in mind."""
    for passage in script.passages:
        if len(passage.text) <= 2 * SENTENCE_LIMIT:  # a word and a space have two letters at least
            continue
        for sentence in sentences(passage):
            if sentence.size > SENTENCE_LIMIT:
                yield problem(script.path, sentence.line, "long-sentence", size=sentence.size)


def hard_reading(script: Script, _: Known) -> Iterator[Problem]:
    """Cards whose reading grade is too high, and a lesson that is harder than the goal, card for card."""
    found = [(card[0].line, one) for card in script.cards if (one := grade(card)) is not None]
    for line, one in found:
        if one > GRADE_LIMIT:
            yield problem(script.path, line, "hard-card", grade=f"{one:.1f}")
    middle = median(one for _, one in found) if len(found) >= _FEWEST_CARDS else 0
    if middle > GRADE_GOAL:
        yield problem(script.path, 1, "hard-lesson", grade=f"{middle:.1f}")


def hard_words(script: Script, known: Known) -> Iterator[Problem]:
    """The first place of each word that is neither known nor explained by then."""
    told: set[str] = set()
    for passage in script.passages:
        if passage.part in (Part.HEADER, Part.PICTURE):
            continue
        for found in jargon().found_in(passage.own):
            if found.term not in told and not _is_explained(found, passage, script, known):
                told.add(found.term)
                yield _told(script, passage, found, "jargon", say=found.say)


def _is_explained(found: Found, passage: Passage, script: Script, known: Known) -> bool:
    if not {found.term.lower(), found.word.lower()}.isdisjoint(known.explained):
        return True
    word = rf"\W{{0,3}}(?:{re.escape(found.word)}|{re.escape(found.term)})\W?"
    explains = re.compile(rf"{_CALLED}{word}|{word}{_MEANS}", re.IGNORECASE)
    return any(
        explains.search(other.text)
        for other in script.passages
        if other.card <= passage.card and other.part is not Part.HEADER
    )


def long_words(script: Script, _: Known) -> Iterator[Problem]:
    """Words for which there are shorter ones."""
    for passage in script.passages:
        for found in swaps().found_in(passage.own):
            if not _IS_TAUGHT.match(passage.own, found.start + len(found.word)):
                yield _told(script, passage, found, "long-word", say=found.say)


def words_that_hurt(script: Script, _: Known) -> Iterator[Problem]:
    """Words that make somebody feel slow or guilty."""
    for passage in script.passages:
        for found in blame().found_in(passage.own):
            last = found.start + len(found.word)
            fine = (match.span() for match in _FINE.finditer(passage.own))
            if not any(start < last and found.start < end for start, end in fine):
                better = f" Perhaps: '{found.say}'." if found.say else ""
                yield _told(script, passage, found, "blame", guess=better)


def contractions(script: Script, _: Known) -> Iterator[Problem]:
    """Short forms with "not" in them."""
    for passage in script.passages:
        for match in _CONTRACTION.finditer(passage.own):
            yield problem(script.path, passage.line_at(match.start()), "contraction", word=match[0])


def shouting(script: Script, known: Known) -> Iterator[Problem]:
    """Whole words in capitals, but for names."""
    for passage in script.passages:
        for match in _CAPITALS.finditer(without_speech(passage.text)):
            if known.names.isdisjoint({match[0], match[0].removesuffix("s")}):
                yield problem(script.path, passage.line_at(match.start()), "shouting", word=match[0])


def exclamations(script: Script, _: Known) -> Iterator[Problem]:
    """More than one exclamation mark on a card."""
    for card in script.cards:
        lines = [
            passage.line_at(match.start())
            for passage in card
            for match in re.finditer("!", without_speech(passage.text))
        ]
        if len(lines) > 1:
            yield problem(script.path, lines[1], "exclamations", size=len(lines))


def _told(script: Script, passage: Passage, found: Found, code: str, **values: str) -> Problem:
    word = " ".join(found.word.split())
    return problem(script.path, passage.line_at(found.start), code, word=word, **values)
