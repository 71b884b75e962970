"""The commands `desk` and `group`, as they are typed."""

import shlex
from pathlib import Path

import pytest

from tutorbot import cli
from tutorbot.config import SETTINGS

LESSONS = Path(__file__).resolve().parents[2] / "lessons"


@pytest.fixture(autouse=True)
def house(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database of its own, and no settings from outside."""
    monkeypatch.setattr("tutorbot.config.CHECKOUT", tmp_path)
    monkeypatch.setattr("tutorbot.log.set_up", lambda level, secrets=(), **more: None)
    for setting in SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    monkeypatch.setenv("TUTORBOT_LESSONS", str(LESSONS))
    monkeypatch.setenv("TUTORBOT_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", sqlite_url)


def typed(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command that goes well prints."""
    assert cli.main(shlex.split(line)) == cli.WELL
    return capsys.readouterr().out


def test_helpers_are_let_in_listed_changed_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nobody has joined" in typed("desk list", capsys)
    assert "/desk/enter?token=" in typed("desk link --name Amir --coordinator", capsys)
    assert "Amir  (first group; coordinator; away)" in typed("desk list", capsys)
    assert typed("desk set --name amir --no-coordinator --lead", capsys) == "Amir is changed.\n"
    assert "Amir  (first group; lead; away)" in typed("desk list", capsys)
    assert "not at the desk any more" in typed("desk remove --name Amir", capsys)
    assert "Nobody has joined" in typed("desk list", capsys)


def test_groups_are_added_changed_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert "/?start=group-" in typed("group add York --hours 'mon 09:00-17:00'", capsys)
    typed("group set 2 --chat -1007 --rename Yorkshire", capsys)
    first, second = typed("group list", capsys).splitlines()
    assert first.split(maxsplit=1) == ["1", "first group  (web desk only)"]
    assert second.split(maxsplit=1) == ["2", "Yorkshire  (chat -1007; mon 09:00-17:00)"]


def test_helper_is_let_in_to_a_group(capsys: pytest.CaptureFixture[str]) -> None:
    typed("group add York", capsys)
    typed("desk link --name Dana --group York", capsys)
    assert "Dana  (York; away)" in typed("desk list", capsys)
    typed("desk set --name Dana --group 1", capsys)
    assert "Dana  (first group; away)" in typed("desk list", capsys)


def test_invite_stays_the_same_each_time_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    first = typed("group invite 1", capsys)
    assert first.startswith("http://127.0.0.1:8000/?start=group-")
    assert typed("group invite 1", capsys) == first


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("desk remove --name Zed", "There is no helper Zed"),
        ("desk set --name Zed --group 1", "There is no helper Zed"),
        ("desk link --name Amir --group Hull", "There is no group Hull"),
        ("group set Hull --place here", "There is no group Hull"),
        ("group add York --languages qqq", "'qqq' is not the code"),
    ],
)
def test_what_is_not_right_is_code_2(line: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(line.split()) == cli.WRONG_USE
    assert words in capsys.readouterr().err
    assert "Nobody has joined" in typed("desk list", capsys)
