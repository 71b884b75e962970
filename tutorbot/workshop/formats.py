"""What was found, written for people, for programs and for GitHub; and the list of rules. Pure: prints nothing."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import PurePosixPath
from textwrap import fill

from tutorbot.curriculum.problem import Level, Problem
from tutorbot.curriculum.rule import Rule
from tutorbot.curriculum.rules import RULES
from tutorbot.workshop.check import Checked

_WIDTH = 100  # of a line of the list of rules
_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_MORE_ESCAPES = {**_ESCAPES, ":": "%3A", ",": "%2C"}

Paint = Callable[[str, Level], str]


def as_lines(checked: Checked, paint: Paint) -> Iterator[str]:
    """Each problem on a line, then how many there are."""
    for problem in checked.problems:
        place = f"{problem.path}:{problem.line}:"
        yield paint(place, problem.level) + str(problem).removeprefix(place)
    yield counted(checked)


def counted(checked: Checked) -> str:
    """How much was looked at, and how much was found."""
    paths = [PurePosixPath(script.path) for script in checked.scripts]
    lessons = sum(str(path) in checked.loaded.lessons for path in paths)
    courses = len({path.parent for path in paths})
    errors = sum(problem.level is Level.ERROR for problem in checked.problems)
    warnings = len(checked.problems) - errors
    return (
        f"{count(lessons, 'lesson')} in {count(courses, 'course')}. "
        f"{count(errors, 'error')}, {count(warnings, 'warning')}."
    )


def as_json(checked: Checked) -> str:
    """For programs: how many lessons there are, and each problem with its code and level."""
    found = {
        "lessons": len(checked.loaded.lessons),
        "problems": [asdict(problem) for problem in checked.problems],
    }
    return json.dumps(found, indent=2, ensure_ascii=False)


def as_annotations(problems: Iterable[Problem], place: Callable[[str], str]) -> Iterator[str]:
    """For GitHub: commands that put each problem beside its line. `place`: a path as the repository has it."""
    for problem in problems:
        file = _escaped(place(problem.path), _MORE_ESCAPES)
        text = _escaped(problem.text, _ESCAPES)
        yield f"::{problem.level} file={file},line={problem.line},title={problem.code}::{text}"


def rules_as_lines() -> Iterator[str]:
    """Every rule: its code and level, what is the matter, what to do, and why."""
    for code, rule in RULES.items():
        yield f"{code} ({rule.level})"
        for text in (rule.in_general, f"Why: {rule.why}"):
            yield fill(text, _WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)


def rules_as_json() -> str:
    """Every rule, for programs."""
    return json.dumps([_as_dict(code, rule) for code, rule in RULES.items()], indent=2, ensure_ascii=False)


def count(number: int, what: str) -> str:
    """A number and a word: "1 lesson", "2 lessons"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def _as_dict(code: str, rule: Rule) -> dict[str, str]:
    return {"code": code, "level": rule.level, **{key: value for key, value in asdict(rule).items() if key != "level"}}


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(letter, letter) for letter in text)
