"""The command `tutorbot`: calls the part that does what was typed, and prints what came of it.

Exit codes: 0 all is well; 1 problems were found, or the work could not be done; 2 a command or setting is not right.
"""

import io
import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from pydantic import SecretStr

from tutorbot import bootstrap, caretaker, cli_desk, cli_rights, cli_upkeep, cli_workshop, log, processes
from tutorbot.cli_words import read_words
from tutorbot.config import Settings, env_file, load_settings, wants_colour
from tutorbot.curriculum.gift import from_gift, to_gift
from tutorbot.curriculum.named import Named, find
from tutorbot.curriculum.problem import Level, Problem
from tutorbot.curriculum.writer import to_markdown
from tutorbot.doctor.examine import House, examine
from tutorbot.doctor.finding import Finding, Health
from tutorbot.errors import SettingError, TutorbotError

WELL, PROBLEMS, WRONG_USE = 0, 1, 2
_COLOURS = {
    Level.ERROR: "31",
    Level.WARNING: "33",
    Health.PROBLEM: "31",
    Health.NOTE: "33",
    Health.GOOD: "32",
}


def main(words: Sequence[str] | None = None) -> int:
    """Carry out one command; its exit code. `words`: what was typed after `tutorbot`, unless it is the real thing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # not every terminal knows every letter
    typed = read_words(words)
    try:
        code = COMMANDS[typed.command](typed)
        sys.stdout.flush()
        return code
    except TutorbotError as error:
        print(error, file=sys.stderr)
        return WRONG_USE if isinstance(error, SettingError) else PROBLEMS
    except KeyboardInterrupt:
        return WELL
    except BrokenPipeError:  # whoever read what we print, as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it ends
        return WELL


def _run(_typed: Namespace) -> int:
    return _serve(processes.run_all)


def _web(_typed: Namespace) -> int:
    return _serve(processes.run_web)


def _worker(_typed: Namespace) -> int:
    return _serve(processes.run_worker)


def _serve(how: Callable[[Settings], None]) -> int:
    settings = load_settings()
    _ = settings.secret_key  # made now, so that the log knows what to hide
    log.set_up(settings.log, settings.secrets, form=settings.log_form)
    how(settings)
    return WELL


def _chat(typed: Namespace) -> int:
    bootstrap.chat(_settings(), repro=typed.repro)
    return WELL


def _check(typed: Namespace) -> int:
    return WELL if cli_workshop.check(typed, _painted) else PROBLEMS


def _new(typed: Namespace) -> int:
    return WELL if cli_workshop.new(typed) else PROBLEMS


def _due(typed: Namespace) -> int:
    return WELL if cli_workshop.due(typed) else PROBLEMS


def _words(typed: Namespace) -> int:
    return WELL if cli_workshop.words(typed, bootstrap.asked_words(_settings()) if typed.asked else None) else PROBLEMS


def _preview(typed: Namespace) -> int:
    log.set_up("error", [])  # what is wrong with a lesson stands on the page
    named = _named(typed.lesson)
    lesson = named.path if named.path.endswith(".md") else ""  # a course is shown in the list of all
    bootstrap.preview(named.folder, lesson, typed.port)
    return WELL


def _gift(typed: Namespace) -> int:
    return _export_gift(typed) if typed.what == "export" else _import_gift(typed)


def _export_gift(typed: Namespace) -> int:
    named = _named(typed.which)
    lesson = named.loaded.lessons.get(named.path)
    if lesson is None:
        raise SettingError(f"{typed.which} is not a lesson without errors. Look at: tutorbot check {named.folder}")
    written = to_gift(lesson.cards, lesson.path)
    print(written.text, end="")
    return _told(written.problems, PROBLEMS if not written.text else WELL)


def _import_gift(typed: Namespace) -> int:
    try:
        read = from_gift(Path(typed.which).read_text("utf-8-sig"), typed.which)
        cards = to_markdown(read.cards)
        if typed.to and cards:
            with typed.to.open("a", encoding="utf-8") as file:
                file.write(f"\n{cards}" if file.tell() else cards)
    except OSError as error:
        raise SettingError(f"{error.filename} cannot be used ({error.strerror}). Give another.") from None
    except UnicodeError:
        raise SettingError(f"{typed.which} is not UTF-8 text. Save it again as UTF-8.") from None
    print(f"{_count(len(read.cards), 'card')} added to {typed.to}.\n" if typed.to else cards, end="")
    return _told(read.problems, PROBLEMS if read.problems else WELL)


def _told(problems: Iterable[Problem], code: int) -> int:
    """Tell the problems, apart from what was asked for."""
    for problem in problems:
        print(problem, file=sys.stderr)
    return code


def _named(word: str) -> Named:
    """The lesson that was named. Settings are only read to find it by its id."""
    return find(word, Path() if word and Path(word).exists() else load_settings().lessons)


def _migrate(_: Namespace) -> int:
    print("\n".join(caretaker.migrate(_settings())) or "The database is up to date.")
    return WELL


def _backup(typed: Namespace) -> int:
    cli_upkeep.backup(_settings(), typed)
    return WELL


def _restore(typed: Namespace) -> int:
    return WELL if cli_upkeep.restore(_settings(), typed) else PROBLEMS


def _desk(typed: Namespace) -> int:
    print(cli_desk.run(_settings(), typed))
    return WELL


def _forget(typed: Namespace) -> int:
    return WELL if cli_rights.forget(_settings(), typed) else PROBLEMS


def _prune(typed: Namespace) -> int:
    cli_rights.prune(_settings(), typed)
    return WELL


def _audit(typed: Namespace) -> int:
    cli_rights.audit(_settings(), typed)
    return WELL


def _doctor(typed: Namespace) -> int:
    found = examine(_house(_settings()))
    print(json.dumps([asdict(one) for one in found], indent=2) if typed.json else "\n".join(map(_finding, found)))
    return PROBLEMS if any(one.health is Health.PROBLEM for one in found) else WELL


def _house(settings: Settings) -> House:
    return House(
        caretaker.place_of(settings),
        settings.lessons,
        _word(settings.telegram_token),
        settings.telegram_api_url,
        settings.telegram_helpers_chat,
        settings.public_url,
        [env_file()],
    )


COMMANDS = {
    "run": _run,
    "web": _web,
    "worker": _worker,
    "chat": _chat,
    "check": _check,
    "new": _new,
    "due": _due,
    "words": _words,
    "preview": _preview,
    "gift": _gift,
    "migrate": _migrate,
    "backup": _backup,
    "restore": _restore,
    "desk": _desk,
    "group": _desk,
    "forget": _forget,
    "prune": _prune,
    "audit": _audit,
    "doctor": _doctor,
}


def _settings() -> Settings:
    """The settings of a command that talks to a person: only warnings are logged."""
    settings = load_settings()
    log.set_up("warning", settings.secrets, form=settings.log_form)
    return settings


def _word(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def _finding(found: Finding) -> str:
    words = " ".join(filter(None, (found.says, found.todo)))
    return f"{_painted(f'{found.health:<8}', found.health)} {found.about}: {words}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _painted(text: str, level: Level | Health) -> str:
    return f"\033[{_COLOURS[level]}m{text}\033[0m" if wants_colour(sys.stdout) else text
