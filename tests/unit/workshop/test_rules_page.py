"""The page of rules in the docs is up to date and leaves none out."""

from pathlib import Path

from tutorbot.curriculum.rules import RULES
from tutorbot.workshop.rules_page import rules_page

PAGE = Path(__file__).parents[3] / "docs" / "rules.md"


def test_page_in_the_docs_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == rules_page(), "write it anew: python docs/reference.py"


def test_every_rule_has_its_place_with_an_example() -> None:
    parts = rules_page().split("\n### ")[1:]
    assert [part.partition("\n")[0] for part in parts] == list(RULES)
    assert all("\nbefore  " in part and "\nafter   " in part for part in parts)


def test_nothing_is_left_to_fill_in() -> None:
    shown = "".join(line for line in rules_page().splitlines() if line.startswith("**"))
    assert "{" not in shown
