"""Backups: made while the tutor runs, whole, for their owner alone, and remembered."""

import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from alembic import command
from sqlalchemy import text

from tests.integration.store.sample import connected, rows
from tests.integration.upkeep.conftest import KEY, NOW
from tutorbot.errors import BackupError
from tutorbot.store import direct, schema
from tutorbot.store.database import SqlStore, open_copies
from tutorbot.store.schema import migrate
from tutorbot.store.tables import SettingRow
from tutorbot.store.urls import parse
from tutorbot.store.versions import head
from tutorbot.upkeep.archive import read_note
from tutorbot.upkeep.backup import Made, back_up, make
from tutorbot.upkeep.place import Place
from tutorbot.upkeep.update import before_update

STEPS: list[tuple[int, int]] = []


def made(place: Place, to: Path | None = None) -> Made:
    return back_up(place, to, NOW, lambda done, of: STEPS.append((done, of)))


async def test_backup_of_a_running_tutor_tells_what_is_in_it(
    place: Place, open_stores: Callable[[str], SqlStore]
) -> None:
    store = open_stores(place.url)
    await store.transact(lambda tx: tx.remember("offset", "1"))
    note = read_note(made(place).file)
    assert (note.made, note.schema) == (NOW, head())
    assert (note.rows["learners"], note.rows["entries"]) == (2, 2)
    assert STEPS[-1][0] == STEPS[-1][1]


def test_backup_goes_into_the_data_folder_named_by_its_moment(place: Place) -> None:
    file = made(place).file
    assert file == place.data / "backups" / "tutorbot-2026-11-22-120500.zip"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)] == [0o600, 0o700]
    assert list(file.parent.iterdir()) == [file], "nothing is left beside it"


def test_backup_goes_where_it_is_told(place: Place, tmp_path: Path) -> None:
    assert made(place, tmp_path).file == tmp_path / "tutorbot-2026-11-22-120500.zip"
    assert made(place, tmp_path / "mine.zip").file == tmp_path / "mine.zip"


def test_backup_never_takes_the_place_of_a_file(place: Place, tmp_path: Path) -> None:
    (tmp_path / "mine.zip").write_text("dear to somebody")
    with pytest.raises(BackupError, match="is there already"):
        made(place, tmp_path / "mine.zip")
    assert (tmp_path / "mine.zip").read_text() == "dear to somebody"


def test_folder_that_is_not_there_is_told(place: Place, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be written"):
        made(place, tmp_path / "no" / "mine.zip")


def test_key_of_the_data_folder_is_in_the_backup(place: Place) -> None:
    done = made(place)
    with ZipFile(done.file) as archive:
        assert archive.read("secret_key").decode() == KEY
    assert done.has_key
    assert KEY not in repr(done.note)


def test_key_that_is_a_setting_is_not_in_the_backup(place: Place) -> None:
    done = made(replace(place, given_key="another-key-of-a-test-27-letters"))
    with ZipFile(done.file) as archive:
        assert sorted(archive.namelist()) == ["backup.json", "database"]
    assert not done.has_key


def test_last_backup_is_remembered(place: Place) -> None:
    made(place)
    assert [row.value for row in rows(place.url, SettingRow) if row.key == "backup"] == [NOW.isoformat()]


def test_of_an_empty_database_there_is_nothing_to_back_up(empty_place: Place, tmp_path: Path) -> None:
    if open_copies(empty_place.url).kind == "sqlite":
        Path(parse(empty_place.url).database or "").parent.mkdir()
        with connected(empty_place.url) as connection:
            connection.execute(text("SELECT 1"))
    with pytest.raises(BackupError, match="the database is empty"):
        make(empty_place, tmp_path / "mine.zip", NOW)


def test_before_an_update_of_sqlite_a_backup_is_made(tmp_path: Path) -> None:
    place = Place(f"sqlite:///{tmp_path}/tutorbot.db", tmp_path)
    assert before_update(place, NOW) is None, "nothing is there yet"
    with direct.connected(parse(_touched(place))) as connection:
        command.upgrade(schema._config(connection), "0001")
    done = before_update(place, NOW)
    assert done
    assert done.file.name == f"before-{head()}-2026-11-22-120500.zip"
    assert read_note(done.file).schema == "0001"
    migrate(place.url)
    assert before_update(place, NOW) is None, "nothing changes"


def _touched(place: Place) -> str:
    (place.data / "tutorbot.db").touch()
    return place.url
