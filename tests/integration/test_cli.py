"""The commands, as they are typed: what they print, and their exit codes."""

import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest

from tutorbot import __version__, caretaker, cli, processes
from tutorbot.commands import check
from tutorbot.commands.help.parser import SUMMARIES
from tutorbot.config import SETTINGS
from tutorbot.curriculum.rules import RULES
from tutorbot.errors import StoreUnavailable

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of this machine, and a data folder of our own."""
    monkeypatch.setattr("tutorbot.config.CHECKOUT", tmp_path)
    monkeypatch.setattr("tutorbot.log.set_up", lambda level, secrets=(), form="text": None)
    for setting in SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    monkeypatch.setenv("TUTORBOT_LESSONS", str(ROOT / "lessons"))
    monkeypatch.setattr("tutorbot.workshop.spelling.HARPER", None)  # which takes its time, and has tests of its own


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """A copy of our lessons, to be spoiled."""
    return Path(shutil.copytree(ROOT / "lessons", tmp_path / "lessons"))


@pytest.mark.parametrize("command", SUMMARIES)
def test_every_command_has_a_file_of_its_name(command: str) -> None:
    assert callable(import_module(f"tutorbot.commands.{command}").carry_out)


@pytest.mark.parametrize("command", ["", *SUMMARIES])
def test_help_tells_the_exit_codes(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([*command.split(), "--help"])
    assert left.value.code == 0
    assert "exit codes:" in capsys.readouterr().out


def test_help_of_run_names_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["run", "--help"])
    out = capsys.readouterr().out
    assert all(setting.name in out for setting in SETTINGS)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"tutorbot {__version__}\n"


@pytest.mark.parametrize(
    "words", [[], ["fly"], ["desk"], ["desk", "link"], ["check", "--loud"], ["due", "--within", "soon"], ["new", "a"]]
)
def test_wrong_use_is_code_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(words)
    assert left.value.code == cli.WRONG_USE
    assert "usage: tutorbot" in capsys.readouterr().err


def test_a_wrong_setting_is_code_2(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PORT", "eighty")
    assert cli.main(["migrate"]) == cli.WRONG_USE
    assert capsys.readouterr().err == "PORT is 'eighty'. Give a number from 1 to 65535.\n"


def test_work_that_cannot_be_done_is_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: object) -> list[str]:
        raise StoreUnavailable

    monkeypatch.setattr(caretaker, "migrate", refuse)
    assert cli.main(["migrate"]) == cli.PROBLEMS
    assert "Nothing was saved; try again." in capsys.readouterr().err


def test_ctrl_c_ends_well(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(processes, "run_all", stop)
    assert cli.main(["run"]) == cli.WELL


@pytest.mark.parametrize("command", ["web", "worker"])
@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"TUTORBOT_SECRET_KEY": "kJ4vT9qLw2Zx8Rb6Ym3Nc7Hd5Fs1Gp0a"}, "Use `tutorbot run`"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}, "TUTORBOT_SECRET_KEY is not set."),
    ],
)
def test_one_of_several_processes_needs_postgresql_and_a_key_that_all_share(
    command: str,
    settings: dict[str, str],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert cli.main([command]) == cli.WRONG_USE
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (
            {"TUTORBOT_PUBLIC_URL": "http://tutor.example"},
            "TUTORBOT_PUBLIC_URL is 'http://tutor.example'. It must start",
        ),
        ({"TUTORBOT_SECRET_KEY": "change-me-change-me-change-me-change-me"}, "TUTORBOT_SECRET_KEY is easy to guess."),
        ({"TUTORBOT_SECRET_KEY": "short"}, "TUTORBOT_SECRET_KEY is too short."),
        ({"TUTORBOT_TELEGRAM_WEBHOOK_SECRET": "secret-key-secret-key"}, "TUTORBOT_TELEGRAM_WEBHOOK_SECRET is easy"),
        ({"TUTORBOT_TELEGRAM_API_URL": "http://bot-api.example"}, "TUTORBOT_TELEGRAM_API_URL is"),
        ({"HOST": "0.0.0.0"}, "TUTORBOT_SECRET_KEY"),
    ],
)
@pytest.mark.parametrize("command", ["run", "web", "worker"])
def test_dangerous_settings_stop_the_start_with_one_plain_line(
    command: str,
    settings: dict[str, str],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("TUTORBOT_DATA", raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    assert cli.main([command]) == cli.WRONG_USE
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line


# check


def test_a_reader_who_has_seen_enough_ends_it_quietly() -> None:
    command = [sys.executable, "-m", "tutorbot", "check", "--rules"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as printing:
        assert printing.stdout
        assert printing.stderr
        printing.stdout.close()
        assert printing.stderr.read() == b""
    assert printing.returncode == cli.WELL


def test_our_own_lessons_have_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == cli.WELL
    assert " 0 errors, " in capsys.readouterr().out


def test_an_error_is_shown_with_its_place(lessons: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (lessons / "first-steps" / "04-web-address.md").write_text("# No header\n")
    assert cli.main(["check", str(lessons)]) == cli.PROBLEMS
    assert "lessons/first-steps/04-web-address.md:1: " in capsys.readouterr().out


def test_a_warning_counts_only_when_strict(lessons: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (lessons / "stray.md").write_text("# A file in no course\n")
    assert cli.main(["check", str(lessons)]) == cli.WELL
    assert cli.main(["check", str(lessons), "--strict"]) == cli.PROBLEMS
    assert "warning: " in capsys.readouterr().out


def test_programs_can_read_the_problems(lessons: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (lessons / "stray.md").write_text("# A file in no course\n")
    cli.main(["check", str(lessons), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["lessons"] > 0
    assert {"path", "line", "code", "level", "text"} == set(found["problems"][0])


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("nowhere", "There is no lesson or course"),
        ("tests", "Give the folder above the courses"),
        ("README.md", "Put it beside its course.md"),
    ],
)
def test_what_holds_no_lesson_is_wrong_use(path: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(ROOT / path)]) == cli.WRONG_USE
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("path", ["gov-uk", "lessons/gov-uk", "phone", "lessons/first-steps/01-phone.md"])
def test_a_course_or_a_lesson_can_be_checked_alone(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    word = str(ROOT / path) if "/" in path else path
    assert cli.main(["check", word]) == cli.WELL
    assert "in 1 course. 0 errors, " in capsys.readouterr().out


def test_a_warning_is_an_annotation_for_github(
    lessons: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lessons.parent.parent)
    page = lessons / "first-steps" / "01-phone.md"
    page.write_text(page.read_text().replace("You work it with", "Simply work it with"))
    cli.main(["check", str(page), "--github"])
    file = f"{lessons.parent.name}/lessons/first-steps/01-phone.md"
    assert f"::warning file={file},line=16,title=blame::'Simply' can make people feel small." in capsys.readouterr().out


def test_every_rule_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--rules"]) == cli.WELL
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if not line.startswith(" ")] == list(RULES)


def test_programs_can_read_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--rules", "--json"]) == cli.WELL
    rules = json.loads(capsys.readouterr().out)
    assert {rule["code"] for rule in rules} == set(RULES)
    assert set(rules[0]) == {"code", "level", "what", "fix", "why", "before", "after"}


def test_the_table_has_a_row_for_each_course(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--table"]) == cli.WELL
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3 + len(list((ROOT / "lessons").glob("*/course.md")))
    assert lines[-1].startswith("| All |")


def test_translations_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--translations"]) == cli.WELL
    out = capsys.readouterr().out
    assert "first-steps/phone  lessons/first-steps/01-phone.cy.md" in out
    assert out.splitlines()[-1].startswith("cy: ")
    cli.main(["check", "--translations", "--json"])
    assert {"language", "course", "lesson", "state", "path"} == set(json.loads(capsys.readouterr().out)[0])


def test_a_missing_spelling_check_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "HARPER", None)
    cli.main(["check", "phone"])
    assert capsys.readouterr().err.splitlines() == [
        "Spelling was not looked at. To have it looked at: pip install 'tutorbot[dev]'"
    ]


class Terminal(io.StringIO):
    """Somebody's screen."""

    def isatty(self) -> bool:
        return True


def test_a_person_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    cli.main(["check"])
    assert "█" in screen.getvalue()
    assert screen.getvalue().count("\r") > 1
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("sys.stderr", Terminal())
    cli.main(["check"])
    assert "█" not in sys.stderr.getvalue()  # type: ignore[attr-defined]


def test_checking_a_folder_needs_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    assert cli.main(["check", str(ROOT / "lessons")]) == cli.WELL


# new, due


def test_a_new_course_and_its_lesson_wait_for_words(
    lessons: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUTORBOT_LESSONS", str(lessons))
    assert cli.main(["new", "course", "bus-travel", "--kind", "service"]) == cli.WELL
    assert cli.main(["new", "lesson", "bus-travel/bus-pass", "--title", "Get a bus pass"]) == cli.WELL
    assert "tutorbot check" in capsys.readouterr().out
    assert "# Get a bus pass" in (lessons / "bus-travel" / "01-bus-pass.md").read_text()
    assert "## The scam that looks like this" in (lessons / "bus-travel" / "01-bus-pass.md").read_text()
    assert cli.main(["check", "bus-travel"]) == cli.PROBLEMS
    errors = [line for line in capsys.readouterr().out.splitlines() if "/bus-travel/" in line]
    assert errors
    assert all("This still waits for your words." in line for line in errors)


def test_a_new_translation_stands_beside_its_lesson(lessons: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["new", "translation", "pay-fine", "cy", "--folder", str(lessons)]) == cli.WELL
    page = lessons / "justice-business" / "01-pay-fine.cy.md"
    assert "translation: unreviewed" in page.read_text()
    assert str(page) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["course", "Bus Travel"], "'Bus Travel' is not a good id."),
        (["course", "gov-uk"], "course.md is there already."),
        (["lesson", "fake-email"], "There is no course ''"),
        (["lesson", "gov-u/fake-email"], "Did you mean 'gov-uk'?"),
        (["lesson", "gov-uk/Fake"], "'Fake' is not a good id."),
        (["translation", "phone", "cy"], "01-phone.cy.md is there already."),
        (["translation", "phone"], "'' is not the code of another language."),
        (["translation", "phone", "en"], "'en' is not the code of another language."),
        (["translation", "phon", "cy"], "Did you mean 'phone'?"),
    ],
)
def test_what_cannot_be_made_is_told(
    words: list[str], says: str, lessons: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(lessons.rglob("*"))
    assert cli.main(["new", *words, "--folder", str(lessons)]) == cli.WRONG_USE
    assert says in capsys.readouterr().err
    assert sorted(lessons.rglob("*")) == before


def test_nothing_is_due_soon_after_a_review(lessons: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for page in lessons.glob("*/*.md"):
        page.write_text(re.sub("(?m)^reviewed: .*", f"reviewed: {datetime.now(UTC).date()}", page.read_text()))
    assert cli.main(["due", str(lessons), "--within", "90d"]) == cli.WELL
    assert capsys.readouterr().out == "Nothing is due.\n"


def test_what_is_late_is_told_first(lessons: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = lessons / "gov-uk" / "01-real-gov-uk.md"
    page.write_text(re.sub("(?m)^reviewed: .*", "reviewed: 2020-01-31", page.read_text()))
    assert cli.main(["due", str(lessons), "--json"]) == cli.PROBLEMS
    first = json.loads(capsys.readouterr().out)[0]
    assert (first["due"], first["path"]) == ("2021-01-31", "lessons/gov-uk/01-real-gov-uk.md")


# words


def test_words_are_told_with_the_cards_that_use_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["words", str(ROOT / "lessons"), "--json"]) == cli.WELL
    cards = {row["word"]: row["cards"] for row in json.loads(capsys.readouterr().out)}
    assert cards["app"] > 20
    assert 0 in cards.values()


def test_a_word_that_learners_asked_for_twice_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["words", "--asked"]) == cli.WELL
    assert capsys.readouterr().out == "Nobody has asked twice for a word that is not there.\n"
    with sqlite3.connect(tmp_path / "data" / "tutorbot.db") as database:
        rows = [
            (word, "en", times, "2026-03-02 12:00:00") for word, times in (("modem", 2), ("ann", 1), ("browser", 9))
        ]
        database.executemany("INSERT INTO asked_words VALUES (?, ?, ?, ?)", rows)
    assert cli.main(["words", "--asked"]) == cli.WELL
    assert capsys.readouterr().out == "    2  2026-03-02  en  modem\n"


# gift


def test_the_quizzes_of_a_lesson_are_printed_by_its_id_or_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    printed = []
    for lesson in ("web-links", str(ROOT / "lessons" / "first-steps" / "03-web-links.md")):
        assert cli.main(["gift", "export", lesson]) == cli.WELL
        printed.append(capsys.readouterr())
    assert printed[0].out == printed[1].out
    assert printed[0].out.count("::[markdown]") == 2
    assert "03-web-links.md:" in printed[0].err, "what GIFT cannot hold is told"


def test_gift_becomes_cards(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quiz = tmp_path / "quiz.gift"
    quiz.write_text("Which one?{=this ~that}\n")
    assert cli.main(["gift", "import", str(quiz)]) == cli.WELL
    assert capsys.readouterr().out == "## Quiz: Which one?\n\n- [x] this\n- [ ] that\n"


def test_cards_are_added_at_the_end_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quiz, lesson = tmp_path / "quiz.gift", tmp_path / "01-new.md"
    quiz.write_text("Pin?{=pin}\n")
    lesson.write_text("## Read this\nWords.\n")
    assert cli.main(["gift", "import", str(quiz), "--to", str(lesson)]) == cli.WELL
    assert capsys.readouterr().out == f"1 card added to {lesson}.\n"
    assert lesson.read_text() == "## Read this\nWords.\n\n## Quiz: Pin? (type it)\n\n- [x] `pin`\n"


def test_a_question_without_a_card_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quiz = tmp_path / "quiz.gift"
    quiz.write_text("Tell us all.{}\n")
    assert cli.main(["gift", "import", str(quiz)]) == cli.PROBLEMS
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{quiz}:1: warning: ")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["export", "web-lincs"], "Did you mean 'web-links'?"),
        (["export", str(ROOT / "README.md")], "Put it beside its course.md."),
        (["export", str(ROOT / "lessons")], "is not a lesson without errors"),
        (["import", "nowhere.gift"], "nowhere.gift cannot be used"),
        (["import", str(ROOT / "lessons/first-steps/images/link.png")], "Save it again as UTF-8."),
    ],
)
def test_gift_of_nothing_is_wrong_use(words: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["gift", *words]) == cli.WRONG_USE
    assert says in capsys.readouterr().err


# migrate, desk, doctor


def test_migrating_twice_does_no_harm(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["migrate"]) == cli.WELL
    assert cli.main(["migrate"]) == cli.WELL
    assert capsys.readouterr().out.endswith("The database is up to date.\n")


def test_a_helper_gets_a_link(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TUTORBOT_PUBLIC_URL", "https://tutor.example")
    cli.main(["migrate"])
    assert cli.main(["desk", "link", "--name", "Amir"]) == cli.WELL
    assert "https://tutor.example/" in capsys.readouterr().out


# backup, restore


def test_a_backup_is_told_of_and_can_be_restored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["desk", "link", "--name", "Amir"])
    file = tmp_path / "mine.zip"
    assert cli.main(["backup", str(file)]) == cli.WELL
    assert f"Written: {file}" in capsys.readouterr().out
    assert cli.main(["restore", str(file), "--yes"]) == cli.WELL
    out = capsys.readouterr().out
    assert "links                   1" in out
    assert f"{tmp_path / 'data' / 'tutorbot.db'}.before-" in out


@pytest.fixture
def used(tmp_path: Path) -> Path:
    """A backup, and a database that somebody has used since."""
    cli.main(["migrate"])
    cli.main(["backup", str(tmp_path / "mine.zip")])
    with sqlite3.connect(tmp_path / "data" / "tutorbot.db") as connection:
        connection.execute("INSERT INTO helpers (address, name, seen_at) VALUES ('desk:amir', 'Amir', '2026-11-22')")
    connection.close()
    return tmp_path / "mine.zip"


def test_what_somebody_uses_is_replaced_only_if_that_is_meant(used: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["restore", str(used)]) == cli.PROBLEMS
    assert "add --yes" in capsys.readouterr().err
    assert cli.main(["restore", str(used), "--yes"]) == cli.WELL
    assert "helpers" not in capsys.readouterr().out.partition("Restored.")[0]


@pytest.mark.parametrize(("answer", "code"), [("yes", cli.WELL), ("no", cli.PROBLEMS)])
def test_a_person_is_asked_before_anything_is_replaced(
    used: Path, answer: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", lambda _: answer)
    assert cli.main(["restore", str(used)]) == code
    assert ("Nothing was changed." in capsys.readouterr().out) is (answer == "no")


def test_a_person_sees_how_far_a_backup_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    cli.main(["migrate"])
    monkeypatch.setattr("sys.stderr", Terminal())
    cli.main(["backup"])
    assert sys.stderr.getvalue().endswith("Copying: 100%\n")  # type: ignore[attr-defined]


def test_what_is_no_backup_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["restore", str(tmp_path / "no.zip")]) == cli.PROBLEMS
    assert capsys.readouterr().err.endswith("cannot be read (No such file or directory). Give another.\n")


def test_the_doctor_finds_a_new_house_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor"]) == cli.WELL
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines] == ["disk:", "privacy:", "database:", "lessons:", "telegram:"]
    assert not any(line.startswith("problem") for line in lines)


def test_the_doctor_tells_of_a_problem(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann@127.0.0.1:1/tutor")
    assert cli.main(["doctor", "--json"]) == cli.PROBLEMS
    found = {one["about"]: one["health"] for one in json.loads(capsys.readouterr().out)}
    assert found["database"] == "problem"
