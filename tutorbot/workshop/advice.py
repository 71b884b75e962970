"""All advice on a file, one table: what is looked at, in which languages. Pure: reads no disk, knows no other file."""

from collections.abc import Callable, Iterator
from itertools import chain

from tutorbot.curriculum.library import FALLBACK
from tutorbot.curriculum.problem import Problem
from tutorbot.workshop import lasting, lessons, links, wording
from tutorbot.workshop.script import Script
from tutorbot.workshop.wording import Known

Look = Callable[[Script, Known], Iterator[Problem]]

ENGLISH: tuple[Look, ...] = (
    wording.long_sentences,
    wording.hard_reading,
    wording.hard_words,
    wording.long_words,
    wording.words_that_hurt,
    wording.contractions,
    wording.shouting,
    lasting.passing_facts,
)
EVERYWHERE: tuple[Look, ...] = (
    wording.exclamations,
    links.links,
    links.addresses,
    lessons.two_ideas,
)


def advise(script: Script, known: Known, *, service: bool = False) -> list[Problem]:
    """All advice on a file, in the order of its lines. `service`: it is a lesson on a government service."""
    looks = (*EVERYWHERE, *(ENGLISH if script.language == FALLBACK else ()))
    found = chain.from_iterable(look(script, known) for look in looks)
    return sorted({*found, *(lessons.scam_card(script) if service and script.language == FALLBACK else ())})
