"""Lessons on a disk: what is loaded, what is refused, and what learners keep while an author works."""

import asyncio
import logging
import os
from pathlib import Path

import pytest

from tests.unit.curriculum.samples import COURSE, LESSON, PNG, QUIZ, save, told, write_library
from tutorbot.curriculum.loader import Library, load

WELSH_COURSE = "---\nid: scams\ntitle: Cadw’n ddiogel\nsummary: Adnabod tric.\n---\nMae tric yn dal pobl ofalus.\n"
LOOK = "\n## Look\n![A sign](images/a.png)\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_library(tmp_path)


@pytest.fixture
def lesson_file(folder: Path) -> Path:
    return folder / "scams" / "01-fake-email.md"


def add_lesson(folder: Path, name: str, lesson_id: str) -> Path:
    file = folder / "scams" / name
    file.write_text(LESSON.replace("id: fake-email", f"id: {lesson_id}"))
    return file


def test_lessons_are_loaded_in_the_order_of_their_files(folder: Path) -> None:
    add_lesson(folder, "00-b.md", "b")
    add_lesson(folder, "10-c.md", "c")
    add_lesson(folder, "00-b.cy.md", "b")
    loaded = load(folder)
    assert loaded.problems == ()
    assert [course.lessons for course in loaded.curriculum.courses] == [("b", "fake-email", "c")]
    assert set(loaded.curriculum.lessons) == {("b", "en"), ("b", "cy"), ("fake-email", "en"), ("c", "en")}


def test_course_is_known_in_every_language_it_is_written_in(folder: Path) -> None:
    (folder / "scams" / "course.cy.md").write_text(WELSH_COURSE)
    loaded = load(folder)
    assert loaded.problems == ()
    found = [loaded.curriculum.course("scams", language) for language in ("en", "cy", "pl")]
    assert [course and course.title for course in found] == ["Stay safe", "Cadw’n ddiogel", "Stay safe"]
    assert {(course.order, course.lessons) for course in found if course} == {(5, ("fake-email",))}


def test_course_that_is_only_in_another_language_is_told(folder: Path) -> None:
    (folder / "scams" / "course.md").unlink()
    (folder / "scams" / "course.cy.md").write_text(WELSH_COURSE)
    loaded = load(folder)
    assert [str(problem)[:24] for problem in loaded.problems] == ["lessons/scams/course.md:"]
    assert loaded.curriculum.courses == ()


def test_problem_names_the_file_from_the_lessons_folder_on(folder: Path, lesson_file: Path) -> None:
    lesson_file.write_text(LESSON.replace("minutes: 5", "minutes: five"))
    assert str(load(folder).problems[0]).startswith("lessons/scams/01-fake-email.md:5: 'five' is not")


def test_lesson_with_an_error_is_left_out(folder: Path, lesson_file: Path) -> None:
    add_lesson(folder, "02-b.md", "b")
    lesson_file.write_text(LESSON.replace("[x]", "[ ]"))
    assert set(load(folder).curriculum.lessons) == {("b", "en")}


def test_course_with_an_error_is_left_out_with_its_lessons(folder: Path) -> None:
    (folder / "scams" / "course.md").write_text(COURSE.replace("order: 5\n", ""))
    curriculum = load(folder).curriculum
    assert (curriculum.courses, dict(curriculum.lessons)) == ((), {})


def test_course_whose_lessons_are_all_broken_is_not_offered(folder: Path, lesson_file: Path) -> None:
    lesson_file.write_text("")
    assert load(folder).curriculum.courses == ()


def test_duplicate_id_leaves_the_first_lesson(folder: Path) -> None:
    add_lesson(folder, "02-copy.md", "fake-email")
    loaded = load(folder)
    assert told(loaded.problems) == ["2 same-id"]
    assert loaded.curriculum.lessons["fake-email", "en"].path == "lessons/scams/01-fake-email.md"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"---\nid: caf\xe9\n---\n", "2 not-utf8"),
        (LESSON.encode("utf-16"), "1 not-utf8"),
        (b"---\n" + b"a" * 100_000, "1 too-big"),
    ],
)
def test_file_that_is_no_text_is_told_once(folder: Path, lesson_file: Path, data: bytes, problem: str) -> None:
    lesson_file.write_bytes(data)
    assert told(load(folder).problems) == [problem]


def test_mark_before_the_text_is_no_problem(folder: Path, lesson_file: Path) -> None:
    lesson_file.write_bytes(b"\xef\xbb\xbf" + LESSON.encode())
    assert load(folder).problems == ()


def test_alias_bomb_is_refused_at_once(folder: Path, lesson_file: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    lesson_file.write_text(LESSON.replace("minutes: 5\n", bomb))
    assert told(load(folder).problems) == ["5 header-alias"]


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "a: ["])
def test_deep_header_is_refused_at_once(folder: Path, lesson_file: Path, opening: str) -> None:
    lesson_file.write_text(LESSON.replace("minutes: 5", f"minutes: {opening * 10_000}"))
    assert {problem.code for problem in load(folder).problems} <= {"header-shape", "bad-header"}


def test_missing_folder_is_a_problem(tmp_path: Path) -> None:
    [found] = load(tmp_path / "lessons").problems
    assert str(found).startswith("lessons:1: This cannot be read: No such file or directory.")


def test_file_instead_of_a_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "lessons").write_text("x")
    assert told(load(tmp_path / "lessons").problems) == ["1 unreadable"]


@pytest.mark.parametrize("target", ["nowhere.md", "01-fake-email.md"])
def test_link_to_nothing_is_a_problem(folder: Path, lesson_file: Path, target: str) -> None:
    lesson_file.unlink()
    lesson_file.symlink_to(target)  # the second one leads to itself
    assert [problem.code for problem in load(folder).problems] in (["unreadable"], ["outside"])


def test_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "scams" / "02-pipe.md")
    assert told(load(folder).problems) == ["1 unreadable"]


def test_lesson_outside_the_folder_is_not_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(LESSON)
    (folder / "scams" / "02-secret.md").symlink_to(tmp_path / "secret.md")
    assert told(load(folder).problems) == ["1 outside"]


def test_page_that_nobody_would_see_is_told(folder: Path) -> None:
    (folder / "scams" / "old").mkdir()
    for name in ("lost.md", "scams/old/lost.md", "README.md", "scams/.hidden.md"):
        (folder / name).write_text(LESSON)
    assert told(load(folder).problems) == ["1 misplaced", "1 misplaced"]


def test_picture_is_found(folder: Path, lesson_file: Path) -> None:
    lesson_file.write_text(LESSON + LOOK)
    assert [problem.code for problem in load(folder).problems] == ["picture-missing"]
    (folder / "scams" / "images").mkdir()
    (folder / "scams" / "images" / "a.png").write_bytes(PNG)
    assert load(folder).problems == ()
    assert Library(folder).picture("scams/images/a.png") == folder / "scams" / "images" / "a.png"


def test_picture_outside_the_folder_is_not_shown(folder: Path, lesson_file: Path, tmp_path: Path) -> None:
    lesson_file.write_text(LESSON + LOOK)
    (tmp_path / "a.png").write_bytes(PNG)
    (folder / "scams" / "images").symlink_to(tmp_path)
    assert [problem.code for problem in load(folder).problems] == ["picture-outside"]
    assert Library(folder).picture("scams/images/a.png") is None


@pytest.mark.parametrize(
    "name", ["scams/course.md", "../a.png", "/etc/a.png", "scams/no.png", "a\0.png", "", ".", "x" * 5000 + ".png"]
)
def test_only_pictures_of_the_folder_are_found(folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    assert Library(folder).picture(name) is None


def test_broken_edit_keeps_the_last_good_edition(folder: Path, lesson_file: Path) -> None:
    library = Library(folder)
    assert library.reload() == []
    good = library.curriculum.lessons["fake-email", "en"]
    lesson_file.write_text(LESSON.replace("[x]", "[ ]"))
    assert [problem.code for problem in library.reload()] == ["no-right-answer"]
    assert library.curriculum.lessons["fake-email", "en"] is good
    assert [problem.code for problem in library.reload()] == ["no-right-answer"]
    assert library.curriculum.lessons["fake-email", "en"] is good


def test_mended_edit_is_taught(folder: Path, lesson_file: Path) -> None:
    library = Library(folder)
    library.reload()
    lesson_file.write_text("broken")
    library.reload()
    lesson_file.write_text(LESSON.replace("hurry", "rush"))
    assert library.reload() == []
    assert "rush" in library.curriculum.lessons["fake-email", "en"].cards[0].body


def test_broken_course_keeps_its_last_good_edition(folder: Path) -> None:
    library = Library(folder)
    library.reload()
    (folder / "scams" / "course.md").write_text("broken")
    library.reload()
    assert [course.title for course in library.curriculum.courses] == ["Stay safe"]


def test_removed_lesson_is_dropped(folder: Path) -> None:
    library = Library(folder)
    extra = add_lesson(folder, "02-b.md", "b")
    library.reload()
    extra.unlink()
    assert library.reload() == []
    assert set(library.curriculum.lessons) == {("fake-email", "en")}


def test_lost_folder_keeps_everything(folder: Path) -> None:
    library = Library(folder)
    library.reload()
    folder.rename(folder.with_name("elsewhere"))
    assert told(library.reload()) == ["1 unreadable"]
    assert set(library.curriculum.lessons) == {("fake-email", "en")}


def test_snapshot_does_not_change(folder: Path, lesson_file: Path) -> None:
    library = Library(folder)
    library.reload()
    before = library.curriculum
    lesson_file.write_text(LESSON.replace("hurry", "rush"))
    library.reload()
    assert "hurry" in before.lessons["fake-email", "en"].cards[0].body


async def until_read(library: Library, file: Path, text: str, caplog: pytest.LogCaptureFixture) -> None:
    """Write the file until the watcher, which may only be starting, has seen it."""
    async with asyncio.timeout(60):
        while "were read again" not in caplog.text:
            await asyncio.to_thread(save, file, text)
            await asyncio.sleep(0.3)  # longer than the watcher's wish for quiet


async def test_watcher_teaches_what_was_saved(
    folder: Path, lesson_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "tutorbot.curriculum.loader")
    library, stop = Library(folder), asyncio.Event()
    library.reload()
    watching = asyncio.create_task(library.watch(stop))
    await until_read(library, lesson_file, LESSON.replace(QUIZ, QUIZ.replace("[x]", "[ ]")), caplog)
    stop.set()
    await watching
    assert "lessons/scams/01-fake-email.md:22: No answer is marked as right." in caplog.text
    assert set(library.curriculum.lessons) == {("fake-email", "en")}


async def test_watcher_of_no_folder_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    await Library(tmp_path / "nowhere").watch(asyncio.Event())
    assert "not watched" in caplog.text
