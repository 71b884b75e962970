"""The commands about people's rights, as they are typed, over a real database."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.integration.rights.conftest import AMIR, ANN, Town
from tests.integration.store.sample import rows
from tutorbot import cli
from tutorbot.config import SETTINGS
from tutorbot.store.database import open_store
from tutorbot.store.tables import LearnerRow, TicketRow


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_url: str) -> str:
    """The database that the commands use: Ann learns in it, and Amir has helped her with #1."""
    monkeypatch.setattr("tutorbot.config.CHECKOUT", tmp_path)
    monkeypatch.setattr("tutorbot.log.set_up", lambda level, secrets=(), form="text": None)
    for setting in SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("TUTORBOT_LESSONS", str(Path(__file__).parents[3] / "lessons"))
    asyncio.run(_ann_was_helped(sqlite_url))
    return sqlite_url


async def _ann_was_helped(url: str) -> None:
    store = open_store(url)
    town = Town(store)
    await town.open_group()
    await town.learn()
    ticket = await town.be_helped()
    await town.desk.close(town.key(), AMIR, ticket)
    await store.close()


@pytest.mark.parametrize("which", [["--ticket", "1"], ["--learner", "1"]])
def test_forgetting_removes_the_learner_and_says_how_much(
    url: str, which: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["forget", *which, "--yes"]) == cli.WELL
    told = capsys.readouterr().out
    assert "2 answers, 1 lesson, 1 ticket." in told
    assert "Backups" in told
    assert rows(url, LearnerRow) == []


def test_forgetting_is_asked_first(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "no")
    assert cli.main(["forget", "--ticket", "1"]) == cli.PROBLEMS
    assert "Nothing was removed." in capsys.readouterr().out
    assert len(rows(url, LearnerRow)) == 1


def test_where_nobody_can_be_asked_the_yes_must_be_typed(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forget", "--ticket", "1"]) == cli.WRONG_USE
    assert "add --yes" in capsys.readouterr().err
    assert len(rows(url, LearnerRow)) == 1


@pytest.mark.parametrize("which", [["--ticket", "404"], ["--learner", "404"], ["--learner", "0"]])
def test_forgetting_nobody_is_told(url: str, which: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["forget", *which, "--yes"]) == cli.WRONG_USE
    assert "There is no such ticket or learner." in capsys.readouterr().err


def test_pruning_dry_tells_and_removes_nothing(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TUTORBOT_KEEP_TICKETS", "1")
    assert cli.main(["prune", "--dry-run"]) == cli.WELL
    assert "Would be removed: " in capsys.readouterr().out
    assert len(rows(url, TicketRow)) == 1
    assert cli.main(["prune"]) == cli.WELL
    assert "1 ticket, " in capsys.readouterr().out
    assert rows(url, TicketRow) == []


def test_audit_tells_who_did_what_and_nothing_of_what_was_written(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit"]) == cli.WELL
    told = capsys.readouterr().out
    assert "Amir  claimed  #1" in told
    assert "Amir  closed  #1  solved" in told
    assert "old phone" not in told


def test_audit_is_read_by_programs_and_spreadsheets(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", "--json"]) == cli.WELL
    acts = json.loads(capsys.readouterr().out)
    assert {"at", "act", "name", "helper", "ticket", "detail"} == set(acts[0])
    assert cli.main(["audit", "--csv"]) == cli.WELL
    head, *lines = capsys.readouterr().out.splitlines()
    assert head == "at,act,name,helper,ticket,detail"
    assert len(lines) == len(acts)


def test_audit_begins_where_it_is_told(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", "--since", "2026-03-03"]) == cli.WELL
    assert capsys.readouterr().out == ""


def test_name_that_looks_like_a_formula_is_none_in_a_spreadsheet(
    url: str, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(_helper_with_a_formula(sqlite_url))
    cli.main(["audit", "--csv"])
    assert ",'=1+1," in capsys.readouterr().out


async def _helper_with_a_formula(url: str) -> None:
    store = open_store(url)
    town = Town(store)
    await town.desk.join("formula", type(AMIR)(ANN, "=1+1"))
    await store.close()


@pytest.mark.parametrize(
    "words", [["forget"], ["forget", "--ticket", "1", "--learner", "1"], ["audit", "--since", "monday"]]
)
def test_wrong_use_is_code_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(words)
    assert left.value.code == cli.WRONG_USE
    assert "usage: tutorbot" in capsys.readouterr().err
