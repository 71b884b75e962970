"""Samples for the tests of the curriculum: a lesson and a course without faults, and ways to spoil them."""

from pathlib import Path
from textwrap import dedent

from tutorbot.curriculum.parser import CourseFile, LessonFile, parse_course, parse_lesson
from tutorbot.curriculum.problem import Problem

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100
PATH = "lessons/scams/01-fake-email.md"
COURSE_PATH = "lessons/scams/course.md"

HEADER = dedent(
    """\
    ---
    id: fake-email
    title: Spot a fake email
    summary: Signs that a message is a trick.
    minutes: 5
    skills: [S5]
    asks: [is this email real, strange message, fake email]
    sources: [https://www.gov.uk/report-suspicious-emails-websites-phishing]
    reviewed: 2026-11-22
    can_do: You can tell a fake sender from a real one.
    ---
    # Spot a fake email

    """
)
QUIZ = dedent(
    """\
    ## Quiz: Which sender looks real?
    Look at both.
    > Hint: Look behind the @ sign.
    > Hint: Read letter by letter.

    - [ ] help@paypa1.example
      > Look again. The last letter is the number 1.
    - [x] help@paypal.example
      > Yes. The name is spelled right.
    """
)
PRACTICE = dedent(
    """\
    ## Try it: Find the sender
    1. Open any email.
    2. Tap the name at the top.
    > Stuck? Hold your finger on the name.
    """
)
LESSON = f"{HEADER}## Why it matters\nA **fake** email makes you hurry.\n\n{QUIZ}\n{PRACTICE}"
COURSE = dedent(
    """\
    ---
    id: scams
    title: Stay safe
    summary: Spot a trick.
    order: 5
    kind: skill
    ---
    Tricks catch careful people too.
    """
)


def with_body(body: str) -> str:
    """A lesson without faults, but for these cards at its end."""
    return f"{LESSON}\n{dedent(body)}"


def with_header(old: str, new: str) -> str:
    """A lesson without faults, but for this change of its header."""
    assert old in HEADER
    return LESSON.replace(old, new, 1)


def lesson(text: str = LESSON, path: str = PATH) -> LessonFile:
    """A lesson, read."""
    return parse_lesson(path, text)


def course(text: str = COURSE, path: str = COURSE_PATH) -> CourseFile:
    """A course, read."""
    return parse_course(path, text)


def a_lesson(lesson_id: str, needs: str = "", path: str = "", language: str = "") -> LessonFile:
    """A lesson of this id, without faults of its own."""
    text = LESSON.replace("id: fake-email", f"id: {lesson_id}\nneeds: [{needs}]")
    return parse_lesson(path or f"lessons/scams/01-{lesson_id}{language}.md", text)


def told(problems: tuple[Problem, ...] | list[Problem]) -> list[str]:
    """Where and what, in short: "12 two-lists"."""
    return [f"{problem.line} {problem.code}" for problem in problems]


def line_of(text: str, words: str) -> int:
    """The line, from 1, on which the words stand for the first time."""
    return text[: text.index(words)].count("\n") + 1


def write_library(folder: Path) -> Path:
    """A folder with one course and one lesson, without faults."""
    place = folder / "lessons" / "scams"
    place.mkdir(parents=True)
    (place / "course.md").write_text(COURSE)
    (place / "01-fake-email.md").write_text(LESSON)
    return folder / "lessons"


def save(file: Path, text: str) -> None:
    """Write a file as editors do, so that nobody reads half of it."""
    beside = file.with_suffix(".saving")
    beside.write_text(text)
    beside.replace(file)
