"""What can only be seen with all files at hand: ids, `needs`, courses and picture files. Reads no disk itself."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath

from tutorbot.curriculum.lesson import CourseKind
from tutorbot.curriculum.library import FALLBACK
from tutorbot.curriculum.parser import CourseFile, LessonFile
from tutorbot.curriculum.pictures import PictureFile, check_picture
from tutorbot.curriculum.problem import Problem
from tutorbot.curriculum.report import Report, guess, problem

Look = Callable[[str], PictureFile | None]  # name of a picture -> its file, if there is one


def check_library(lessons: Sequence[LessonFile], courses: Sequence[CourseFile], look: Look) -> list[Problem]:
    """All that is wrong with the lessons and courses together."""
    return [
        *_same_ids(lessons),
        *_unknown_needs(lessons),
        *_loops(lessons),
        *_without_english(lessons),
        *_without_offline(lessons, courses),
        *_courses(lessons, courses),
        *_pictures(lessons, look),
    ]


def _same_ids(lessons: Iterable[LessonFile]) -> Iterator[Problem]:
    first: dict[tuple[str, str], str] = {}
    for file in lessons:
        other = first.setdefault((file.id, file.language), file.path)
        if file.id and other != file.path:
            yield problem(file.path, file.header.line("id"), "same-id", id=file.id, other=other)


def _unknown_needs(lessons: Sequence[LessonFile]) -> Iterator[Problem]:
    known = {file.id for file in lessons if file.id}
    for file in lessons:
        for need in file.header.texts("needs"):
            if need not in known:
                line = file.header.line("needs")
                yield problem(file.path, line, "unknown-need", id=need, guess=guess(need, known))


def _loops(lessons: Sequence[LessonFile]) -> Iterator[Problem]:
    """One problem for each lesson of each circle: whichever of them is mended, the circle is gone."""
    needs = {file.id: set(file.header.texts("needs")) for file in lessons if file.id}
    while loop := _loop(needs):
        for file in lessons:
            if file.id in loop:
                line = file.header.line("needs")
                yield problem(file.path, line, "need-loop", loop=" needs ".join(loop))
        for lesson_id in loop:
            needs[lesson_id] = set()


def _loop(needs: dict[str, set[str]]) -> list[str]:
    """The ids along one circle, the first once more at the end; empty if there is none."""
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))  # told from the needed one to the one that needs it
    return []


def _without_english(lessons: Sequence[LessonFile]) -> Iterator[Problem]:
    english = {file.id for file in lessons if file.language == FALLBACK}
    for file in lessons:
        if file.id and file.id not in english:
            yield problem(file.path, file.header.line("id"), "no-english", id=file.id)


def _without_offline(lessons: Iterable[LessonFile], courses: Iterable[CourseFile]) -> Iterator[Problem]:
    services = {file.folder for file in _english(courses) if file.header.text("kind") == CourseKind.SERVICE}
    for file in lessons:
        if file.course in services and file.header.entries and not file.header.text("offline"):
            yield problem(file.path, file.header.line("offline"), "no-offline")


def _courses(lessons: Iterable[LessonFile], courses: Sequence[CourseFile]) -> Iterator[Problem]:
    """Every course has lessons, every lesson a course, in English at least."""
    used = {file.course: str(PurePosixPath(file.path).parent) for file in lessons}
    known = {file.folder for file in _english(courses)}
    for folder, path in used.items():
        if folder not in known:
            yield problem(f"{path}/course.md", 1, "no-course")
    for file in courses:
        if file.folder not in used:
            yield problem(file.path, 1, "empty-course")


def _english(courses: Iterable[CourseFile]) -> Iterator[CourseFile]:
    return (file for file in courses if file.language == FALLBACK)


def _pictures(lessons: Iterable[LessonFile], look: Look) -> Iterator[Problem]:
    for file in lessons:
        report = Report(file.path)
        for placed in file.pictures:
            check_picture(placed, look(placed.picture.name), report)
        yield from report.problems
