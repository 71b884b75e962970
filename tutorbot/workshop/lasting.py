"""Advice on what will grow old: amounts of money, years, "from April". For lessons in English."""

import re
from collections.abc import Iterator

from tutorbot.curriculum.problem import Problem
from tutorbot.curriculum.report import problem
from tutorbot.workshop.reading import sentences
from tutorbot.workshop.script import Part, Passage, Script, without_speech
from tutorbot.workshop.wording import Known

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_PASSING = re.compile(
    r"£\s?\d[\d,.]*\d|£\s?[1-9]\b"
    r"|(?<![\d.-])(?<!\d )(?<!Act )\b20[2-9]\d\b(?! \d)"  # neither an Act of Parliament nor part of a phone number
    rf"|\b(?:from|since) (?:early |late |mid-)?(?:{_MONTH})\b(?! each| every| to| until)",
)
_STORY = re.compile(
    r"\b(?:paid|lost|sent|had to|was|were|wanted|asked|made-up|made up|example|instance)\b", re.IGNORECASE
)


def passing_facts(script: Script, _: Known) -> Iterator[Problem]:
    """Facts that are true this year. What was once, and what is made up, may stay."""
    for card in (_header(script), *script.cards):
        if not any(passage.part is Part.ANSWER for passage in card):
            yield from _in_card(script, card)


def _header(script: Script) -> tuple[Passage, ...]:
    return tuple(passage for passage in script.passages if passage.card < 0)


def _in_card(script: Script, card: tuple[Passage, ...]) -> Iterator[Problem]:
    for passage in card:
        for match in _PASSING.finditer(without_speech(passage.text)):
            if not _in_story(passage, match.start()):
                words = " ".join(match[0].split())
                yield problem(script.path, passage.line_at(match.start()), "will-grow-old", words=words)


def _in_story(passage: Passage, place: int) -> bool:
    """Whether the sentence at this letter tells what was, or an example."""
    return any(
        sentence.start <= place < sentence.start + len(sentence.text) and _STORY.search(sentence.text)
        for sentence in sentences(passage)
    )
