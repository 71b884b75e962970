"""The schema for editors says what the check says, and the files in docs are up to date."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tutorbot.curriculum.schema import COURSE_KEYS, LESSON_KEYS, Key
from tutorbot.workshop.header_schema import course_schema, lesson_schema

DOCS = Path(__file__).parents[3] / "docs"
VALUES = ("", "a", "fake-email", "Fake Email", "x" * 41, "5", "05", "100", "S5", "s5", "skill", "https://a.example/b")


@pytest.mark.parametrize(("name", "text"), [("lesson", lesson_schema()), ("course", course_schema())])
def test_file_for_editors_is_up_to_date(name: str, text: str) -> None:
    file = DOCS / f"{name}.schema.json"
    assert file.read_text("utf-8") == text, f"write it anew: python docs/reference.py ({file.name})"


@pytest.mark.parametrize("key", [*LESSON_KEYS, *COURSE_KEYS], ids=lambda key: key.name)
def test_schema_takes_what_the_check_takes(key: Key) -> None:
    schema: dict[str, Any] = json.loads(lesson_schema() if key in LESSON_KEYS else course_schema())
    rule = schema["properties"][key.name]
    rule = rule["items"] if key.many else rule
    for value in VALUES:
        taken = bool(re.search(rule.get("pattern", ""), value)) and len(value) <= rule.get("maxLength", len(value))
        assert taken == (key.fits(value) and (not key.limit or len(value) <= key.limit)), value


def test_numbers_may_be_numbers() -> None:
    assert json.loads(lesson_schema())["properties"]["minutes"]["type"] == ["integer", "string"]
    assert json.loads(course_schema())["properties"]["order"]["type"] == ["integer", "string"]
    assert json.loads(lesson_schema())["properties"]["reviewed"]["type"] == "string"


def test_what_must_be_there_is_required() -> None:
    assert "offline" not in json.loads(lesson_schema())["required"]
    assert set(json.loads(course_schema())["required"]) == {"id", "title", "summary", "order", "kind"}
