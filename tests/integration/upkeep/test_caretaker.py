"""What is done before a start."""

import logging
from pathlib import Path

import pytest

from tutorbot.caretaker import numbers, prepare
from tutorbot.config import load_settings
from tutorbot.errors import SettingError
from tutorbot.runtime.meters import NO_METERS
from tutorbot.store.readiness import check_schema

KEY = "a-key-of-a-test-that-nobody-guesses"


def test_start_brings_the_database_up_to_date_and_logs_each_step(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = load_settings({"TUTORBOT_DATA": str(tmp_path)})
    with caplog.at_level(logging.INFO):
        prepare(settings)
    check_schema(settings.database_url)
    assert "The database was brought up to date: 0001 The first schema." in caplog.text


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
