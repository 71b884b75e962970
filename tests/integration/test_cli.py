"""The commands, as they are typed: what they print, and their exit codes."""

import json
import shutil
from pathlib import Path

import pytest

from tutorbot import __version__, bootstrap, cli
from tutorbot.cli_words import SUMMARIES
from tutorbot.config import SETTINGS
from tutorbot.errors import StoreUnavailable

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of this machine, and a data folder of our own."""
    monkeypatch.setattr("tutorbot.config.CHECKOUT", tmp_path)
    monkeypatch.setattr("tutorbot.log.set_up", lambda level, secrets=(): None)
    for setting in SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    monkeypatch.setenv("TUTORBOT_LESSONS", str(ROOT / "lessons"))


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """A copy of our lessons, to be spoiled."""
    return Path(shutil.copytree(ROOT / "lessons", tmp_path / "lessons"))


def test_every_command_has_help() -> None:
    assert set(cli.COMMANDS) == set(SUMMARIES)


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


@pytest.mark.parametrize("words", [[], ["fly"], ["desk"], ["desk", "link"], ["check", "--loud"]])
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

    monkeypatch.setattr(bootstrap, "migrate", refuse)
    assert cli.main(["migrate"]) == cli.PROBLEMS
    assert "Nothing was saved; try again." in capsys.readouterr().err


def test_ctrl_c_ends_well(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "serve", stop)
    assert cli.main(["run"]) == cli.WELL


# check


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


@pytest.mark.parametrize("folder", ["nowhere", "lessons/gov-uk"])
def test_a_folder_that_holds_no_courses_is_wrong_use(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(ROOT / folder)]) == cli.WRONG_USE
    assert "Give the folder above the courses" in capsys.readouterr().err


def test_checking_a_folder_needs_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    assert cli.main(["check", str(ROOT / "lessons")]) == cli.WELL


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


def test_the_doctor_finds_a_new_house_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor"]) == cli.WELL
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [["note", "database:"], ["good", "lessons:"], ["note", "telegram:"]]


def test_the_doctor_tells_of_a_problem(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann@127.0.0.1:1/tutor")
    assert cli.main(["doctor", "--json"]) == cli.PROBLEMS
    assert json.loads(capsys.readouterr().out)[0]["health"] == "problem"
