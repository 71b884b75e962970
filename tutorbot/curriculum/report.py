"""Collecting problems while a file is read, in words from the table of rules. Knows no rule by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from tutorbot.curriculum.problem import Level, Problem
from tutorbot.curriculum.rules import RULES

_QUOTED = 60  # letters of an author's words shown in a message


@dataclass(slots=True)
class Report:
    """The problems of one file, as they are found."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, code: str, **values: object) -> None:
        """Note that the rule `code` is broken at `line`, from 1."""
        self.problems.append(problem(self.path, line, code, **values))

    @property
    def clean(self) -> bool:
        """Whether there is no error so far; warnings do not count."""
        return all(found.level is not Level.ERROR for found in self.problems)


def problem(path: str, line: int, code: str, **values: object) -> Problem:
    """The problem that the rule `code` makes of these values."""
    rule = RULES[code]
    shown = {name: _quoted(str(value)) for name, value in values.items()}
    return Problem(path, line, code, rule.says.format(**shown), rule.level)


def guess(word: str, known: Iterable[str]) -> str:
    """A sentence that names the known word most like this one, with a space before it; "" if none is alike."""
    near = get_close_matches(word, sorted(known), n=1)
    return f" Did you mean '{near[0]}'?" if near else ""


def _quoted(words: str) -> str:
    """An author's words on one short line, with nothing in them that could upset a terminal."""
    line = "".join(letter if letter.isprintable() else " " for letter in words)
    return line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…"
