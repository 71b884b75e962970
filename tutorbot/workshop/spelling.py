"""Spelling and a little grammar, in British English, by Harper where it is installed. For lessons in English.

Of Harper's rules only those are used that are nearly always right: an unknown word, a word that is said twice, and
"a" before a vowel. What is written to be read letter by letter (addresses, typed answers) is not looked at.
"""

import importlib
import importlib.util
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from tutorbot.curriculum.problem import Problem
from tutorbot.curriculum.report import problem
from tutorbot.workshop.script import ADDRESS, Part, Passage, Script

HARPER: Any = importlib.import_module("harper") if importlib.util.find_spec("harper") else None

_SURE = frozenset({"SpellCheck", "RepeatedWords", "AnA"})
_NEAR = 0.75  # share of letters that must agree for a guess
_ENDINGS = ("", "s", "'s")
_PARTS = re.compile(r"[-.\s]")
_BETWEEN = "\n\n"  # ends a paragraph


def spelling(script: Script, names: frozenset[str]) -> list[Problem]:
    """Words of a lesson that may be misspelt, and slips. Empty if Harper is not installed. `names` are right."""
    if HARPER is None:
        return []
    passages = [one for one in script.passages if not _is_typed(one)]
    text = _BETWEEN.join(_readable(one.text) for one in passages)
    starts = list(_starts(passages))
    found: dict[str, Problem] = {}  # by the word, for one is enough
    for one in _linter(names).lint(text, language="plaintext"):
        passage, start = next(pair for pair in reversed(starts) if pair[1] <= one.span.start)
        if _is_word(one.problem_text):
            found.setdefault(one.problem_text, _problem(script, passage.line_at(one.span.start - start), one))
    return list(found.values())


@lru_cache(maxsize=1)
def _linter(names: frozenset[str]) -> Any:
    """Takes half a second to make."""
    linter = HARPER.Linter(HARPER.Dialect.BRITISH)
    linter.set_lint_config({rule: rule in _SURE for rule in linter.get_default_lint_config()})
    parts = {part for name in names for part in (name, *_PARTS.split(name)) if part}
    linter.import_words(sorted({part + ending for part in parts for ending in _ENDINGS}))
    return linter


def _is_word(text: str) -> bool:
    """Whether this is a word, not a short name, the number of a form ("P60") or a letter of the alphabet."""
    return len(text.strip(".")) > 1 and not text.isupper() and not any(letter.isdigit() for letter in text)


def _is_typed(passage: Passage) -> bool:
    return passage.part is Part.ANSWER and not passage.own.strip("_ ")


def _starts(passages: Iterable[Passage]) -> Iterator[tuple[Passage, int]]:
    """Each passage with the place where it begins in the text."""
    start = 0
    for passage in passages:
        yield passage, start
        start += len(passage.text) + len(_BETWEEN)


def _readable(text: str) -> str:
    """The text with a number, as long, for each address."""
    return ADDRESS.sub(lambda found: "0" * len(found[0]), text)


def _problem(script: Script, line: int, found: Any) -> Problem:
    offered = (one.replacement_text for one in found.suggestions if one.replacement_text)
    near = get_close_matches(found.problem_text, offered, n=1, cutoff=_NEAR)
    better = f" Did you mean '{near[0]}'?" if near else ""
    code = "spelling" if found.lint_kind == "Spelling" else "grammar"
    return problem(script.path, line, code, word=found.problem_text, guess=better)
