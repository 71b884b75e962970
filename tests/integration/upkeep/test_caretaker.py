"""What is done before a start."""

import logging
from pathlib import Path

import pytest
from alembic import command

from tutorbot.caretaker import numbers, prepare
from tutorbot.config import load_settings
from tutorbot.errors import SettingError
from tutorbot.runtime.meters import NO_METERS
from tutorbot.store import schema
from tutorbot.store.direct import connected
from tutorbot.store.readiness import check_schema
from tutorbot.store.urls import parse

KEY = "a-key-of-a-test-that-nobody-guesses"


def test_first_start_makes_a_database_and_says_so_in_one_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = load_settings({"TUTORBOT_DATA": str(tmp_path)})
    with caplog.at_level(logging.INFO):
        prepare(settings)
    check_schema(settings.database_url)
    assert [record.message for record in caplog.records if "database" in record.message] == ["A new database was made."]


def test_start_brings_an_older_database_up_to_date_and_logs_each_step(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = load_settings({"TUTORBOT_DATA": str(tmp_path)})
    (tmp_path / "tutorbot.db").touch()
    with connected(parse(settings.database_url)) as connection:
        command.upgrade(schema._config(connection), "0001")
    with caplog.at_level(logging.INFO):
        prepare(settings)
    check_schema(settings.database_url)
    assert "A backup was made before the update" in caplog.text
    assert "The database was brought up to date: 0002 Groups, roles, timers" in caplog.text


def test_start_with_open_pages_and_no_key_ends_before_anything_is_made(tmp_path: Path) -> None:
    settings = load_settings({"HOST": "0.0.0.0", "DATABASE_URL": f"sqlite:///{tmp_path}/tutorbot.db"})
    with pytest.raises(SettingError, match="TUTORBOT_SECRET_KEY"):
        prepare(settings)
    assert not list(tmp_path.iterdir())


def test_start_with_open_pages_without_https_is_warned_of(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    prepare(load_settings({"HOST": "0.0.0.0", "TUTORBOT_SECRET_KEY": KEY, "TUTORBOT_DATA": str(tmp_path)}))
    assert "open to other machines without https" in caplog.text


def test_without_a_token_there_are_no_numbers() -> None:
    assert numbers(load_settings({}), NO_METERS, None, None) == ()  # type: ignore[arg-type]
