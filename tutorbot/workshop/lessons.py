"""Advice on a lesson as a whole: its steps, the scam that imitates a service, its translations."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tutorbot.curriculum.lesson import Lesson
from tutorbot.curriculum.problem import Problem
from tutorbot.curriculum.report import problem
from tutorbot.workshop.script import Script
from tutorbot.workshop.wording import Known

_SCAM = re.compile(r"\b(?:scam|fake|false|copycat|fraud|imitat|pretend|trick|looks official|thie[fv])", re.IGNORECASE)


def two_ideas(script: Script, _: Known) -> Iterator[Problem]:
    """Cards with two lists of steps."""
    seen: Counter[int] = Counter()
    for card, line in script.lists:
        seen[card] += 1
        if seen[card] == 2:
            yield problem(script.path, line, "two-ideas")


def scam_card(script: Script) -> Iterator[Problem]:
    """A lesson on a service that does not tell of the scam."""
    told = (_SCAM.search(passage.text) for passage in script.passages if passage.card >= 0)
    if script.cards and not any(told):
        yield problem(script.path, 1, "no-scam-card")


def translation(script: Script, translated: Lesson, original: Lesson) -> Iterator[Problem]:
    """A translation that is older than the original, or has other cards."""
    if original.reviewed and translated.reviewed and translated.reviewed < original.reviewed:
        line = script.header.line("reviewed")
        yield problem(script.path, line, "old-translation", day=original.reviewed.isoformat())
    for card_id in _missing(original, translated):
        yield problem(script.path, 1, "other-cards", id=card_id)


def _missing(original: Lesson, translated: Lesson) -> Iterable[str]:
    there = {card.id for card in translated.cards}
    return (card.id for card in original.cards if card.id not in there)
