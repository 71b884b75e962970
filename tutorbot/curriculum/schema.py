"""Which keys a header has and what may stand behind each. Knows the words of a header, nothing of YAML or Markdown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tutorbot.curriculum.header import Entry, Header
from tutorbot.curriculum.lesson import CourseKind
from tutorbot.curriculum.report import Report, guess

MOST_ITEMS = 20  # of a list
FEWEST_ASKS, MOST_ASKS = 3, 8

_ID = r"(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what it is for, its form, and what each of its values must be like."""

    name: str
    meaning: str  # as the guide for authors has it
    many: bool = False  # a list of texts
    required: bool = True
    limit: int = 0  # letters at most; 0: no limit
    pattern: str = ""  # of the whole value, as a regular expression; "" for any
    code: str = ""  # the rule that is broken where the value does not fit

    def fits(self, value: str) -> bool:
        """Whether a value is as it should be, but for its length."""
        return not self.pattern or bool(re.fullmatch(self.pattern, value) and (self.pattern != _DAY or _is_day(value)))


_TRANSLATION = Key(
    "translation", "only in another language: `unreviewed` until a native speaker has read it", required=False, limit=40
)
LESSON_KEYS = (
    Key("id", "a short name that never changes: learners' progress hangs on it", pattern=_ID, code="bad-id"),
    Key("title", "at most 40 letters; the same words as in the line with one `#`", limit=40),
    Key("summary", "one sentence", limit=160),
    Key("minutes", "how long it takes", pattern="[1-9][0-9]?", code="bad-minutes"),
    Key("skills", "tags of the skills it teaches", many=True, pattern="[A-Z][0-9]{1,2}", code="bad-skill"),
    Key(
        "needs",
        "ids of lessons that come before; leave it out if there are none",
        many=True,
        required=False,
        pattern=_ID,
        code="bad-id",
    ),
    Key("asks", "3 to 8 ways people ask for this, misspelt ones too", many=True, limit=80),
    Key(
        "sources",
        "where the facts come from, with `https://`",
        many=True,
        pattern=r"https://[^\s/]+\.\S+",
        code="bad-source",
    ),
    Key("reviewed", "the day somebody last checked the facts", pattern=_DAY, code="bad-date"),
    Key("can_do", 'said at the end; begins with "You can"', limit=160),
    Key("offline", "the way without internet; a must in courses on a service", required=False, limit=300),
    _TRANSLATION,
)
COURSE_KEYS = (
    Key("id", "the name of the folder", pattern=_ID, code="bad-id"),
    Key("title", "at most 24 letters: it is a button", limit=24),
    Key("summary", "one sentence", limit=160),
    Key("order", "its place in the menu, from 0 to 999", pattern="[0-9]{1,3}", code="bad-order"),
    Key(
        "kind",
        "`skill`; `service` for a government service; `staff` for helpers and teams, outside the learners' menu",
        pattern="|".join(CourseKind),
        code="bad-kind",
    ),
    Key(
        "review_every",
        "after how many months its lessons must be reviewed again; 12 if you leave it out",
        required=False,
        pattern="[1-9][0-9]?",
        code="bad-months",
    ),
)
# The English page alone says where a course stands and what it is: two that differ would be a riddle.
TRANSLATED_COURSE_KEYS = (*(key for key in COURSE_KEYS if key.name in ("id", "title", "summary")), _TRANSLATION)


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
    if not key.fits(value):
        near = guess(value, CourseKind) if key.code == "bad-kind" else ""
        report.add(line, key.code, value=value, guess=near)
    elif key.limit and len(value) > key.limit:
        report.add(line, "long-value", key=key.name, size=len(value), limit=key.limit)


def _is_day(value: str) -> bool:
    """Whether this is a day of the calendar."""
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
