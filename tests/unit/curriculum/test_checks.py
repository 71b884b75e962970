"""What is wrong with lessons together, and where it is told."""

from collections.abc import Sequence

import pytest

from tests.unit.curriculum.samples import COURSE, LESSON, PNG, a_lesson, course, lesson, line_of, with_body
from tutorbot.curriculum.checks import Look, check_library
from tutorbot.curriculum.parser import CourseFile, LessonFile
from tutorbot.curriculum.pictures import PictureFile
from tutorbot.curriculum.problem import Problem


def nothing(_: str) -> PictureFile | None:
    return None


def check(*lessons: LessonFile, courses: Sequence[CourseFile] = (course(),), look: Look = nothing) -> list[Problem]:
    return check_library(lessons, courses, look)


def where(problems: Sequence[Problem]) -> list[str]:
    return [f"{problem.path}:{problem.line} {problem.code}" for problem in problems]


def test_good_library_has_no_problems() -> None:
    assert check(a_lesson("a"), a_lesson("b", needs="a")) == []


def test_same_id_is_told_at_the_second_lesson() -> None:
    [found] = check(a_lesson("a"), a_lesson("a", path="lessons/scams/02-b.md"))
    assert where([found]) == ["lessons/scams/02-b.md:2 same-id"]
    assert "lessons/scams/01-a.md" in found.text


def test_translation_has_the_same_id() -> None:
    assert check(a_lesson("a"), a_lesson("a", language=".cy")) == []


def test_translation_of_nothing_is_told() -> None:
    assert where(check(a_lesson("a", language=".cy"))) == ["lessons/scams/01-a.cy.md:2 no-english"]


def test_unknown_need_is_told_with_a_guess() -> None:
    [found] = check(a_lesson("web-links"), a_lesson("b", needs="web-link"))
    assert where([found]) == ["lessons/scams/01-b.md:3 unknown-need"]
    assert found.text.endswith("Did you mean 'web-links'?")


def test_need_of_a_broken_lesson_is_known() -> None:
    broken = lesson(LESSON.replace("minutes: 5\n", ""))
    assert broken.lesson is None
    assert check(broken, a_lesson("b", needs="fake-email")) == []


def test_loop_is_told_at_each_of_its_lessons() -> None:
    found = check(a_lesson("a", needs="b"), a_lesson("b", needs="c"), a_lesson("c", needs="b"))
    assert where(found) == ["lessons/scams/01-b.md:3 need-loop", "lessons/scams/01-c.md:3 need-loop"]
    assert "b needs c needs b" in found[0].text


def test_every_loop_is_told() -> None:
    found = check(a_lesson("a", needs="a"), a_lesson("b", needs="c"), a_lesson("c", needs="b"))
    assert [problem.code for problem in found] == ["need-loop"] * 3


def test_service_lesson_without_the_way_offline_is_told() -> None:
    service = course(COURSE.replace("kind: skill", "kind: service"))
    assert where(check(lesson(), courses=[service])) == ["lessons/scams/01-fake-email.md:1 no-offline"]
    there = lesson(LESSON.replace("minutes: 5", "minutes: 5\noffline: Ask at your library."))
    assert check(there, courses=[service]) == []


def test_lesson_without_a_course_is_told() -> None:
    assert where(check(lesson(), courses=[])) == ["lessons/scams/course.md:1 no-course"]


def test_course_without_lessons_is_told() -> None:
    assert where(check()) == ["lessons/scams/course.md:1 empty-course"]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (None, "picture-missing"),
        (PictureFile(0, b"", inside=False), "picture-outside"),
        (PictureFile(100, b"<svg"), "picture-kind"),
        (PictureFile(100, b"\xff\xd8\xff\xe0"), "picture-kind"),  # the name says PNG
        (PictureFile(100_001, PNG[:8]), "picture-big"),
    ],
)
def test_bad_picture_is_told_on_its_line(file: PictureFile | None, code: str) -> None:
    text = with_body("## Look\n\n![A sign](images/a.png)\n")
    line = line_of(text, "![A")
    assert where(check(lesson(text), look=lambda _: file)) == [f"lessons/scams/01-fake-email.md:{line} {code}"]


@pytest.mark.parametrize(
    ("name", "head"), [("a.png", PNG[:8]), ("a.JPG", b"\xff\xd8\xff\xe0"), ("a.jpeg", b"\xff\xd8\xff")]
)
def test_good_picture_is_taken(name: str, head: bytes) -> None:
    look = {f"scams/images/{name}": PictureFile(100_000, head)}.get
    assert check(lesson(with_body(f"## Look\n![A sign](images/{name})\n")), look=look) == []
