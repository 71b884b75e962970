"""The commands of the author's workshop: check, new, due, words. Prints what came of each; True means all is well."""

import gc
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from json import dumps
from pathlib import Path

from tutorbot.config import load_settings, wants_colour
from tutorbot.curriculum.folder import Folder
from tutorbot.curriculum.lesson import CourseKind
from tutorbot.curriculum.library import FALLBACK
from tutorbot.curriculum.loader import load
from tutorbot.curriculum.named import Named, find
from tutorbot.curriculum.parser import parse_course
from tutorbot.curriculum.problem import Level
from tutorbot.curriculum.report import guess
from tutorbot.curriculum.rules import DRAFT
from tutorbot.curriculum.schema import COURSE_KEYS
from tutorbot.errors import SettingError
from tutorbot.runtime.values import AskedWord
from tutorbot.workshop import due as reviews
from tutorbot.workshop import formats, scaffold, wordbook
from tutorbot.workshop.check import Checked
from tutorbot.workshop.check import check as checked
from tutorbot.workshop.spelling import HARPER
from tutorbot.workshop.table import table
from tutorbot.workshop.translations import State, summary, translations

Paint = Callable[[str, Level], str]

_BAR = 30  # letters
_WORTH_A_BAR = 50  # files
_NO_SPELLING = "Spelling was not looked at. To have it looked at: pip install 'tutorbot[dev]'"


def check(typed: Namespace, paint: Paint) -> bool:
    """Look for mistakes in lessons, or tell of them in another way."""
    if typed.rules:
        print(formats.rules_as_json() if typed.json else "\n".join(formats.rules_as_lines()))
        return True
    with _nothing_thrown_away():
        named = _named(typed.path)
        if typed.translations:
            return _translations(named, typed.json)
        found = checked(named.folder, named.loaded, named.path, _progress)
    if typed.table:
        print("\n".join(table(found.loaded.curriculum, found.scripts)))
        return True
    _tell(found, typed, named.folder, paint)
    levels = {problem.level for problem in found.problems}
    return not levels if typed.strict else Level.ERROR not in levels


def _tell(found: Checked, typed: Namespace, folder: Path, paint: Paint) -> None:
    if typed.json:
        print(formats.as_json(found))
        return
    if typed.github:
        print("\n".join(formats.as_annotations(found.problems, lambda path: _from_here(folder, path))))
    else:
        print("\n".join(formats.as_lines(found, paint)))
    if HARPER is None:
        print(_NO_SPELLING, file=sys.stderr)


def _translations(named: Named, as_json: bool) -> bool:
    rows = [row for row in translations(named.loaded.curriculum) if row.path.startswith(named.path)]
    if as_json:
        print(dumps([asdict(row) for row in rows], indent=2))
    else:
        for row in rows:
            print(f"{row.language}  {row.state:<22}  {row.course}/{row.lesson}  {row.path}")
        print("\n".join(summary(rows)) or "There are no translations.")
    return all(row.state is not State.OLD for row in rows)


def new(typed: Namespace) -> bool:
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
    return True


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
    text = scaffold.new_lesson(_id(lesson), typed.title, header.text("kind") == CourseKind.SERVICE, _today())
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


def due(typed: Namespace) -> bool:
    """Tell what must be reviewed by when."""
    today = _today()
    found = reviews.due(_named(typed.path).loaded.curriculum)
    if typed.within is not None:
        found = reviews.until(found, today + timedelta(days=typed.within))
    lines = reviews.as_lines(found, today)
    print(reviews.as_json(found, today) if typed.json else "\n".join(lines) or "Nothing is due.")
    return not reviews.until(found, today - timedelta(days=1))


def words(typed: Namespace, asked: Sequence[AskedWord] | None) -> bool:
    """Tell of the words that are explained; or of those that learners asked for, if these are given."""
    curriculum = _named(typed.path).loaded.curriculum
    if asked is None:
        found = wordbook.used(curriculum)
        print(wordbook.as_json(found) if typed.json else "\n".join(wordbook.as_lines(found)) or "There is no words.md.")
        return True
    wanted = [wordbook.Wanted(one.language, one.word, one.times, one.last.date()) for one in asked]
    wanted = wordbook.still_wanted(wanted, curriculum)
    lines = "\n".join(wordbook.wanted_as_lines(wanted))
    print(wordbook.as_json(wanted) if typed.json else lines or "Nobody has asked twice for a word that is not there.")
    return True


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """To look for garbage while a thousand lessons are read takes a fifth of the time, and there is none."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _today() -> date:
    return datetime.now(UTC).date()


def _named(word: str) -> Named:
    """What was named. Settings are only read where they are needed: for an id, or if nothing was named."""
    return find(word, Path() if word and Path(word).exists() else load_settings().lessons)


def _id(word: str) -> str:
    key = next(key for key in COURSE_KEYS if key.name == "id")
    if not key.fits(word):
        raise SettingError(f"'{word}' is not a good id. Use small letters, digits and hyphens, as in: fake-email")
    return word


def _from_here(folder: Path, path: str) -> str:
    """The path of a problem as seen from where we stand, as a repository has it."""
    whole = folder.resolve().parent / path
    return whole.relative_to(Path.cwd()).as_posix() if whole.is_relative_to(Path.cwd()) else path


def _progress(done: int, of: int) -> None:
    """Draw a bar on a person's screen, and take it away at the end."""
    if of < _WORTH_A_BAR or not wants_colour(sys.stderr):
        return
    full = _BAR * done // of
    bar = f"\r{'█' * full}{'░' * (_BAR - full)} {done} of {of}"
    print(bar if done < of else f"\r{' ' * len(bar)}\r", end="", file=sys.stderr, flush=True)
