"""The page of cases names tests that are there, and leaves none of the forty out."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
CASES = Path(__file__).with_name("CASES.md").read_text("utf-8")


def test_every_test_that_the_cases_name_is_there() -> None:
    there = {
        node.name
        for path in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    named = set(re.findall(r"`(test_\w+)`", CASES))
    assert not named - there, "put right in tests/faults/CASES.md what shows these things"


def test_every_case_is_shown_or_said_to_be_missing() -> None:
    rows = [line.strip("| \n").split("|") for line in CASES.splitlines() if re.match(r"\| \d", line)]
    assert [int(row[0].partition(".")[0]) for row in rows] == list(range(1, 41))
    assert all("`test_" in row[1] or row[2].strip() for row in rows)
