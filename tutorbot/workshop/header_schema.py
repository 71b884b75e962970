"""The header of a lesson and of a course as JSON Schema, for editors that complete and check it. Pure.

An editor reads numbers and days as such, where we read text; so a number may be either.
"""

import json
from collections.abc import Iterable
from typing import Any

from tutorbot.curriculum.schema import COURSE_KEYS, FEWEST_ASKS, LESSON_KEYS, MOST_ASKS, MOST_ITEMS, Key

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DIGITS = frozenset("0123456789[]-?{},")  # a pattern of these alone is one of a number


def lesson_schema() -> str:
    """The schema of a lesson's header, as the file docs/lesson.schema.json has it."""
    return _written("The header of a lesson", LESSON_KEYS)


def course_schema() -> str:
    """The schema of a course's header, as the file docs/course.schema.json has it."""
    return _written("The header of a course", COURSE_KEYS)


def _written(title: str, keys: Iterable[Key]) -> str:
    every = list(keys)
    schema = {
        "$schema": _DRAFT,
        "title": title,
        "type": "object",
        "properties": {key.name: _property(key) for key in every},
        "required": [key.name for key in every if key.required],
        "additionalProperties": False,
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _property(key: Key) -> dict[str, Any]:
    about = {"description": f"{key.meaning[0].upper()}{key.meaning[1:]}.".replace("`", "'")}
    if not key.many:
        return {**about, **_value(key)}
    fewest, most = (FEWEST_ASKS, MOST_ASKS) if key.name == "asks" else (int(key.required), MOST_ITEMS)
    return {**about, "type": "array", "items": _value(key), "minItems": fewest, "maxItems": most}


def _value(key: Key) -> dict[str, Any]:
    number = bool(key.pattern) and _DIGITS.issuperset(key.pattern) and "{4}" not in key.pattern
    rule: dict[str, Any] = {"type": ["integer", "string"] if number else "string"}
    if key.pattern:
        rule["pattern"] = f"^(?:{key.pattern})$"
    if key.limit:
        rule["maxLength"] = key.limit
    return rule
