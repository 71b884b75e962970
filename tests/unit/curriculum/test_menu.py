"""What learners choose from, and what comes next."""

from dataclasses import replace

from tests.sample import COURSES, FAKE, LINKS
from tutorbot.curriculum.lesson import CourseKind
from tutorbot.curriculum.library import Curriculum

STAFF = replace(COURSES[1], kind=CourseKind.STAFF)
MORE = replace(FAKE, id="more")


def test_courses_for_helpers_are_not_in_the_learners_menu() -> None:
    curriculum = Curriculum.of((COURSES[0], STAFF), (LINKS, FAKE))
    assert [course.id for course in curriculum.menu("en")] == ["basics"]
    assert curriculum.course("scams") == STAFF


def test_nobody_is_led_from_a_learners_lesson_to_one_for_helpers() -> None:
    curriculum = Curriculum.of((COURSES[0], STAFF), (LINKS, FAKE))
    assert curriculum.next_lesson("links", done=()) is None


def test_a_helper_is_led_on_among_lessons_for_helpers() -> None:
    staff = replace(STAFF, lessons=("fake-email", "more"))
    curriculum = Curriculum.of((COURSES[0], staff), (LINKS, FAKE, MORE))
    assert curriculum.next_lesson("fake-email", done=()) == MORE
