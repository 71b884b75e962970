"""What must be reviewed by when: facts grow old, also in lessons that nobody touches. Pure: today is given."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tutorbot.curriculum.library import Curriculum

_MONTHS = 12  # of a year


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A lesson, and the day by which somebody must look at its facts again."""

    day: date
    path: str
    title: str
    sources: tuple[str, ...]


def due(curriculum: Curriculum) -> list[Due]:
    """Every lesson, in every language, the most urgent first."""
    months = {course.id: course.review_every for course in curriculum.courses}
    return sorted(
        Due(later(lesson.reviewed, months[lesson.course]), lesson.path, lesson.title, lesson.sources)
        for lesson in curriculum.lessons.values()
        if lesson.reviewed and lesson.course in months
    )


def until(found: Iterable[Due], last: date) -> list[Due]:
    """Those due on this day or before."""
    return [one for one in found if one.day <= last]


def as_lines(found: Iterable[Due], today: date) -> Iterator[str]:
    """A line for each: the day, how far it is, the file, the title."""
    for one in found:
        yield f"{one.day}  {_distance(one.day - today):<14}  {one.path}  {one.title}"


def as_json(found: Iterable[Due], today: date) -> str:
    """For programs."""
    rows = [
        {
            "due": one.day.isoformat(),
            "days": (one.day - today).days,
            "path": one.path,
            "title": one.title,
            "sources": one.sources,
        }
        for one in found
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is none: 31 January, 28 February."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    first = date(year, month + 1, 1)
    length = ((first + timedelta(days=31)).replace(day=1) - first).days
    return first.replace(day=min(day.day, length))


def _distance(left: timedelta) -> str:
    if left.days < 0:
        return f"{-left.days} days late"
    return f"in {left.days} days" if left.days else "today"
