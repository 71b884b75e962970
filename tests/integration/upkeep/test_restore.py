"""A backup in the place of the database: whole or not at all, and no old news is sent."""

import json
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.integration.store.sample import ANN, BOB, connected, learner, rows
from tests.integration.upkeep.conftest import KEY, NOW
from tutorbot.errors import BackupError, StoreError
from tutorbot.store.database import SqlStore
from tutorbot.store.schema import migrate
from tutorbot.store.tables import EntryRow, LearnerRow
from tutorbot.upkeep.backup import make
from tutorbot.upkeep.place import Place
from tutorbot.upkeep.restore import FRESH, Key, look, present, restore

Opens = Callable[[str], SqlStore]


@pytest.fixture
def backup(place: Place, tmp_path: Path) -> Path:
    """A backup of the house."""
    return make(place, tmp_path / "backup.zip", NOW).file


def rewritten(backup: Path, **changes: Any) -> Path:
    """The same backup with another note in it."""
    file = backup.with_name("rewritten.zip")
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(file, "w") as new:
        new.writestr("backup.json", json.dumps(json.loads(old.read("backup.json")) | changes))
        new.writestr("database", old.read("database"))
    return file


def test_backup_comes_back_on_a_new_machine(backup: Path, elsewhere: Place) -> None:
    done = restore(elsewhere, backup, NOW)
    assert [row.address for row in rows(elsewhere.url, LearnerRow)] == [str(ANN), str(BOB)]
    assert (done.key, elsewhere.kept_key, done.kept) == (Key.BROUGHT, KEY, [])
    assert stat.S_IMODE(elsewhere.key_file.stat().st_mode) == 0o600


def test_what_was_there_is_kept_and_can_come_back(backup: Path, place: Place) -> None:
    with connected(place.url) as connection:
        connection.execute(text("INSERT INTO settings VALUES ('offset', 'since the backup')"))
    (kept,) = restore(place, backup, NOW).kept
    assert "offset" not in settings(place)
    if kept.suffix == ".zip":
        restore(place, kept, NOW)
    else:
        kept.replace(str(kept).partition(".before-")[0])
    assert settings(place)["offset"] == "since the backup"


def settings(place: Place) -> dict[str, str]:
    with connected(place.url) as connection:
        return {row.key: row.value for row in connection.execute(text("SELECT key, value FROM settings"))}


def test_old_news_is_set_aside_with_its_reason_and_fresh_news_is_owed(backup: Path, place: Place) -> None:
    done = restore(place, backup, NOW)
    old, fresh = rows(place.url, EntryRow)
    assert (done.old, done.fresh) == (1, 1)
    assert (old.due_at, old.given_up_at, old.error) == (None, NOW, "set aside when a backup was restored")
    assert (fresh.due_at is None, fresh.given_up_at) == (False, None)


def test_old_news_is_sent_where_somebody_wants_it(backup: Path, place: Place) -> None:
    done = restore(place, backup, NOW, send_old=True)
    assert (done.old, done.fresh) == (1, 1)
    assert all(row.due_at for row in rows(place.url, EntryRow))


def test_backup_of_long_ago_owes_nothing_any_more(backup: Path, place: Place) -> None:
    assert restore(place, backup, NOW + FRESH).old == 2
    assert not any(row.due_at for row in rows(place.url, EntryRow))


async def test_running_tutor_is_left_alone(backup: Path, place: Place, open_stores: Opens) -> None:
    await learner(open_stores(place.url))
    with pytest.raises(BackupError, match="Stop it"):
        restore(place, backup, NOW)
    assert len(rows(place.url, LearnerRow)) == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"schema": "9999", "program": "2.0"}, "Tutorbot 2.0, which is newer"),
        ({"format": 2, "program": "3.0"}, "Tutorbot 3.0, which is newer"),
        ({"database": "oracle"}, "is of a oracle database"),
        ({"rows": "many"}, "is not a backup made by"),
    ],
)
def test_backup_that_does_not_fit_is_refused(backup: Path, place: Place, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(BackupError, match=says):
        restore(place, rewritten(backup, **changes), NOW)
    assert len(rows(place.url, LearnerRow)) == 2


@pytest.mark.parametrize("content", [b"", b"a shopping list", b"PK\x03\x04"])
def test_file_that_is_no_backup_is_refused(place: Place, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "some.zip").write_bytes(content)
    with pytest.raises(BackupError, match="is not a backup made by"):
        look(place, tmp_path / "some.zip")


def test_file_that_is_not_there_is_told(place: Place, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be read"):
        look(place, tmp_path / "some.zip")


def test_damaged_backup_changes_nothing(backup: Path, place: Place) -> None:
    whole = bytearray(backup.read_bytes())
    with zipfile.ZipFile(backup) as archive:
        middle = archive.getinfo("database").header_offset + 2000
    whole[middle : middle + 8] = b"\0" * 8
    backup.write_bytes(whole)
    with pytest.raises(BackupError, match="or it is damaged"):
        restore(place, backup, NOW)
    assert len(rows(place.url, LearnerRow)) == 2


def test_backup_that_holds_other_than_it_says_is_put_away_again(backup: Path, place: Place) -> None:
    before = present(place)
    with pytest.raises(StoreError, match="All is as it was"):
        restore(place, rewritten(backup, rows={"learners": 7}), NOW)
    assert present(place) == before
    assert migrate(place.url) == []


def test_damaged_database_can_be_replaced(sqlite_url: str, tmp_path: Path) -> None:
    place = Place(sqlite_url, tmp_path)
    backup = make(place, tmp_path / "backup.zip", NOW).file
    (tmp_path / "tutorbot.db").write_bytes(b"lost to a bad disk " * 1000)
    assert present(place) is None
    (kept,) = restore(place, backup, NOW).kept
    assert kept.read_bytes().startswith(b"lost to a bad disk")
    assert migrate(sqlite_url) == []


def test_another_key_in_the_data_folder_is_kept_beside(backup: Path, place: Place) -> None:
    place.key_file.write_text("the key of a new start, made by hand")
    done = restore(place, backup, NOW)
    assert (done.key, place.kept_key) == (Key.BROUGHT, KEY)
    assert done.kept[-1].read_text() == "the key of a new start, made by hand"


def test_same_key_stays(backup: Path, place: Place) -> None:
    assert restore(place, backup, NOW).key is Key.SAME


def test_key_that_is_a_setting_is_compared(backup: Path, place: Place) -> None:
    assert restore(replace(place, given_key=KEY), backup, NOW).key is Key.SAME
    assert restore(replace(place, given_key="k" * 40), backup, NOW).key is Key.OTHER
    assert place.kept_key == KEY
