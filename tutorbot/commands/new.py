"""The command `tutorbot new`: begins a course, a lesson or a translation."""

from argparse import Namespace
from pathlib import Path

from tutorbot.commands.codes import WELL
from tutorbot.commands.in_lessons import today
from tutorbot.config import load_settings
from tutorbot.curriculum.folder import Folder
from tutorbot.curriculum.lesson import CourseKind
from tutorbot.curriculum.library import FALLBACK
from tutorbot.curriculum.loader import load
from tutorbot.curriculum.named import find
from tutorbot.curriculum.parser import parse_course
from tutorbot.curriculum.report import guess
from tutorbot.curriculum.rules import DRAFT
from tutorbot.curriculum.schema import COURSE_KEYS
from tutorbot.errors import SettingError
from tutorbot.workshop import scaffold


def carry_out(typed: Namespace) -> int:
    """Make the file of a course, a lesson or a translation, to be filled in."""
    folder: Path = typed.folder or load_settings().lessons
    make = {"course": _new_course, "lesson": _new_lesson, "translation": _new_translation}[typed.what]
    file, text = make(typed, folder)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except FileExistsError:
        raise SettingError(f"{file} is there already. Choose another name, or edit it.") from None
    except OSError as error:
        raise SettingError(f"{file} cannot be written ({error.strerror}). Choose another folder.") from None
    print(f"{file} is ready. Write your words where it says {DRAFT}, then run: tutorbot check {file}")
    return WELL


def _new_course(typed: Namespace, folder: Path) -> tuple[Path, str]:
    text = scaffold.new_course(_id(typed.name), typed.title, CourseKind(typed.kind), load(folder).curriculum)
    return folder / typed.name / "course.md", text


def _new_lesson(typed: Namespace, folder: Path) -> tuple[Path, str]:
    course, _, lesson = typed.name.rpartition("/")
    page = folder / course / "course.md"
    if not course or not page.is_file():
        known = (path.parent.name for path in folder.glob("*/course.md"))
        raise SettingError(
            f"There is no course '{course}' in {folder}. Give course and lesson, as in: "
            f"tutorbot new lesson stay-safe/fake-email.{guess(course, known)}"
        )
    header = parse_course(page.as_posix(), Folder(folder).text(f"{course}/course.md")[0]).header
    text = scaffold.new_lesson(_id(lesson), typed.title, header.text("kind") == CourseKind.SERVICE, today())
    return page.with_name(scaffold.lesson_file(lesson, (path.name for path in page.parent.iterdir()))), text


def _new_translation(typed: Namespace, folder: Path) -> tuple[Path, str]:
    language = typed.language or ""
    if not (language.isascii() and language.isalpha() and language.islower()) or language == FALLBACK:
        raise SettingError(f"'{language}' is not the code of another language. Give one at the end, as in: cy")
    named = find(typed.name, folder)
    lesson = named.loaded.lessons.get(named.path)
    if lesson is None or lesson.language != FALLBACK:
        raise SettingError(f"{typed.name} is not an English lesson without errors. Look at: tutorbot check {folder}")
    original = named.folder.joinpath(*Path(named.path).parts[1:])
    text = scaffold.new_translation(original.read_text("utf-8-sig"), lesson)
    return original.with_name(scaffold.translation_file(lesson.path, language)), text


def _id(word: str) -> str:
    key = next(key for key in COURSE_KEYS if key.name == "id")
    if not key.fits(word):
        raise SettingError(f"'{word}' is not a good id. Use small letters, digits and hyphens, as in: fake-email")
    return word
