"""Every rule explains itself, and its example is true: what stands before breaks it, what stands after does not."""

import re

import pytest

from tests.unit.curriculum.samples import COURSE, HEADER, LESSON, course, lesson, with_body
from tutorbot.curriculum.rule import Rule
from tutorbot.curriculum.rulebook.cards import CARDS
from tutorbot.curriculum.rulebook.exercises import EXERCISES
from tutorbot.curriculum.rulebook.header import HEADER as HEADER_RULES
from tutorbot.curriculum.rulebook.markup import MARKUP
from tutorbot.curriculum.rules import GROUPS, RULES

SHOWN = {
    code: rule
    for group in (CARDS, MARKUP, EXERCISES)
    for code, rule in group.items()
    if all(text.startswith("## ") for text in (rule.before, rule.after))
    and "..." not in rule.after
    and "(" not in rule.after
}
KEYS = {code: rule for code, rule in HEADER_RULES.items() if "---" not in rule.before + rule.after}


def codes_of_cards(cards: str) -> set[str]:
    return {problem.code for problem in lesson(with_body(f"{cards}\n")).problems}


def codes_of_header(lines: str) -> set[str]:
    """What is told of a lesson or a course in whose header these lines stand for those of the same keys."""
    key = lines.partition(":")[0]
    is_course = key in ("order", "kind", "review_every")
    text = COURSE if is_course else LESSON
    kept = re.sub(rf"(?m)^{key}: .*\n", "", text).replace("minutes: 5\n", "" if key == "minuts" else "minutes: 5\n")
    changed = kept.replace("---\n", f"---\n{lines}\n", 1)
    return {problem.code for problem in (course if is_course else lesson)(changed).problems}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule_says_all_that_an_author_needs(rule: Rule) -> None:
    assert all(part[-1] in ".?}" for part in (rule.what, rule.fix, rule.why))
    assert rule.before != rule.after


@pytest.mark.parametrize(("code", "rule"), SHOWN.items(), ids=SHOWN)
def test_example_of_cards_is_true(code: str, rule: Rule) -> None:
    assert code in codes_of_cards(rule.before)
    assert code not in codes_of_cards(rule.after)


@pytest.mark.parametrize(("code", "rule"), KEYS.items(), ids=KEYS)
def test_example_of_a_header_is_true(code: str, rule: Rule) -> None:
    assert code in codes_of_header(rule.before)
    assert code not in codes_of_header(rule.after)


def test_example_of_a_header_without_its_lines_is_true() -> None:
    assert "no-header" in {problem.code for problem in lesson(HEADER_RULES["no-header"].before).problems}
    assert "open-header" in {problem.code for problem in lesson(HEADER_RULES["open-header"].before).problems}


def test_no_rule_is_in_two_groups() -> None:
    assert sum(map(len, GROUPS.values())) == len(RULES)


def test_headers_of_samples_are_whole() -> None:
    assert codes_of_header("minutes: 5") == set()
    assert HEADER in LESSON
