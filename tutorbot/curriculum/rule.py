"""The shape of a rule for what an author writes. Knows no rule by itself."""

import re
from dataclasses import dataclass

from tutorbot.curriculum.problem import Level

_GUESS = re.compile(r"\s*\{guess\}")
_VALUE = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """What is told to the author, why the rule is there, and an example. `{names}` in it are filled in when it is told.

    An example is a piece of a lesson, or in words what cannot be shown: before, which breaks the rule, and after.
    """

    what: str  # is the matter
    fix: str  # what to do
    why: str
    before: str
    after: str
    level: Level = Level.ERROR

    @property
    def in_general(self) -> str:
        """The message, with "…" where something is filled in when it is told."""
        return _VALUE.sub("…", _GUESS.sub("", self.says)).strip()

    @property
    def says(self) -> str:
        """The message: what is the matter, and what to do."""
        return f"{self.what} {self.fix}"
