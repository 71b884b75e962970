"""Which keys a header has and what may stand behind each. Knows the words of a header, nothing of YAML or Markdown."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from tutorbot.curriculum.header import Entry, Header
from tutorbot.curriculum.lesson import CourseKind
from tutorbot.curriculum.report import Report, guess

MOST_ITEMS = 20  # of a list
FEWEST_ASKS, MOST_ASKS = 3, 8

Test = Callable[[str], object]  # truthy if the value is as it should be


def _is_day(value: str) -> bool:
    """Whether this is a day of the calendar, written in full."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_is_id: Test = re.compile(r"(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*").fullmatch
_is_minutes: Test = re.compile(r"[1-9][0-9]?").fullmatch
_is_order: Test = re.compile(r"[0-9]{1,3}").fullmatch
_is_skill: Test = re.compile(r"[A-Z][0-9]{1,2}").fullmatch
_is_source: Test = re.compile(r"https://[^\s/]+\.\S+").fullmatch
_is_kind: Test = re.compile("|".join(CourseKind)).fullmatch


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its form, and the test that each of its values must pass."""

    name: str
    many: bool = False  # a list of texts
    required: bool = True
    limit: int = 0  # letters at most; 0: no limit
    test: Test | None = None
    code: str = ""  # the rule that is broken where the test is not passed


_TRANSLATION = Key("translation", required=False, limit=40)  # "unreviewed" until a native speaker has read it
LESSON_KEYS = (
    Key("id", test=_is_id, code="bad-id"),
    Key("title", limit=40),
    Key("summary", limit=160),
    Key("minutes", test=_is_minutes, code="bad-minutes"),
    Key("skills", many=True, test=_is_skill, code="bad-skill"),
    Key("needs", many=True, required=False, test=_is_id, code="bad-id"),
    Key("asks", many=True, limit=80),
    Key("sources", many=True, test=_is_source, code="bad-source"),
    Key("reviewed", test=_is_day, code="bad-date"),
    Key("can_do", limit=160),
    Key("offline", required=False, limit=300),
    _TRANSLATION,
)
COURSE_KEYS = (
    Key("id", test=_is_id, code="bad-id"),
    Key("title", limit=24),  # it is a button
    Key("summary", limit=160),
    Key("order", test=_is_order, code="bad-order"),
    Key("kind", test=_is_kind, code="bad-kind"),
)
# The English page alone says where a course stands and what it is: two that differ would be a riddle.
TRANSLATED_COURSE_KEYS = (*(key for key in COURSE_KEYS if key.name not in ("order", "kind")), _TRANSLATION)


def check_lesson(header: Header, language: str, report: Report) -> None:
    """Report all that is wrong with the header of a lesson."""
    _check(header, LESSON_KEYS, report)
    can_do = header.text("can_do")
    if language == "en" and can_do and not can_do.startswith("You can "):
        report.add(header.line("can_do"), "bad-can-do")
    asks = header.texts("asks")
    if asks and not FEWEST_ASKS <= len(asks) <= MOST_ASKS:
        report.add(header.line("asks"), "asks", size=len(asks))


def check_course(header: Header, language: str, report: Report) -> None:
    """Report all that is wrong with the header of a course."""
    _check(header, COURSE_KEYS if language == "en" else TRANSLATED_COURSE_KEYS, report)


def _check(header: Header, keys: Iterable[Key], report: Report) -> None:
    known = {key.name: key for key in keys}
    for name, entry in header.entries.items():
        if name not in known:
            report.add(entry.line, "unknown-key", key=name, guess=guess(name, known))
        elif entry.value:
            _check_entry(known[name], entry, report)
    for key in known.values():
        if key.required and not (key.name in header.entries and header.entries[key.name].value):
            report.add(header.line(key.name), "missing-key", key=key.name)


def _check_entry(key: Key, entry: Entry, report: Report) -> None:
    if isinstance(entry.value, tuple) != key.many:
        report.add(entry.line, "not-a-list" if key.many else "not-a-text", key=key.name)
        return
    values = entry.value if isinstance(entry.value, tuple) else (entry.value,)
    if len(values) > MOST_ITEMS:
        report.add(entry.line, "long-list", key=key.name, size=len(values))
        return
    for value in values:
        _check_value(key, value, entry.line, report)


def _check_value(key: Key, value: str, line: int, report: Report) -> None:
    if key.test and not key.test(value):
        near = guess(value, CourseKind) if key.code == "bad-kind" else ""
        report.add(line, key.code, value=value, guess=near)
    elif key.limit and len(value) > key.limit:
        report.add(line, "long-value", key=key.name, size=len(value), limit=key.limit)
