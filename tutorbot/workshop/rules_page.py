"""The page of all rules in the docs, made of the table of rules: what is told, why, and an example of each. Pure."""

import re
from collections.abc import Iterator

from tutorbot.curriculum.rule import Rule
from tutorbot.curriculum.rules import GROUPS

_HEAD = """\
# Every rule, with an example

Made by `python docs/reference.py` of the table that `tutorbot check` uses. `tutorbot check --rules` prints it too.

An **error** keeps a lesson out; a **warning** is advice. Each rule has a name, which stands in `tutorbot check --json`
and in the annotations for GitHub.
"""
_LABELS = ("before  ", "after   ")


def rules_page() -> str:
    """The page, as the file docs/rules.md has it."""
    return "\n".join([_HEAD, *_contents(), *(line for group in GROUPS for line in _group(group))])


def _contents() -> Iterator[str]:
    for group, rules in GROUPS.items():
        yield f"- [{group}](#{_anchor(group)}): {', '.join(f'`{code}`' for code in rules)}"
    yield ""


def _group(group: str) -> Iterator[str]:
    yield f"## {group}"
    yield ""
    for code, rule in GROUPS[group].items():
        yield from _rule(code, rule)


def _rule(code: str, rule: Rule) -> Iterator[str]:
    yield f"### {code}"
    yield ""
    yield f"**{rule.level.capitalize()}.** {_shown(rule.in_general)} *{_shown(rule.why)}*"
    yield ""
    yield "~~~text"
    for label, example in zip(_LABELS, (rule.before, rule.after), strict=True):
        yield from _example(label, example)
    yield "~~~"
    yield ""


def _example(label: str, example: str) -> Iterator[str]:
    for number, line in enumerate(example.rstrip().split("\n")):
        yield f"{label if number == 0 else ' ' * len(label)}{line}".rstrip()


def _shown(text: str) -> str:
    """Plain words as Markdown."""
    return re.sub(r"([<*_])", r"\\\1", text)


def _anchor(group: str) -> str:
    return group.lower().replace(" ", "-")
