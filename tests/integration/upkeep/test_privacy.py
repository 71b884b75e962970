"""What others on the machine could read is found, and mended."""

import stat
from pathlib import Path

import pytest

from tutorbot import caretaker
from tutorbot.upkeep import privacy
from tutorbot.upkeep.place import Place


@pytest.fixture
def house(tmp_path: Path) -> Place:
    """A data folder that was copied by somebody careless."""
    data = tmp_path / "data"
    (data / "backups").mkdir(parents=True)
    for name in ("tutorbot.db", "tutorbot.db-wal", "secret_key", "backups/old.zip", ".gitignore"):
        (data / name).touch(0o644)
    for folder in (data, data / "backups"):
        folder.chmod(0o755)
    return Place(f"sqlite:///{data}/tutorbot.db", data)


def rights(place: Place) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in (place.data, *place.data.rglob("*"))}


def test_all_that_is_ours_is_closed_to_others(house: Place, caplog: pytest.LogCaptureFixture) -> None:
    caretaker.close_to_others(house)
    found = rights(house)
    assert found.pop(".gitignore") == 0o644
    assert set(found.values()) == {0o600, 0o700}
    assert caplog.text.count("now only you can") == 6
    assert privacy.exposed(house) == []


def test_folder_that_holds_other_things_too_stays_open(house: Place) -> None:
    (house.data / "holiday.jpg").touch()
    caretaker.close_to_others(house)
    assert rights(house)["data"] == 0o755
    assert rights(house)["secret_key"] == 0o600


def test_what_may_not_be_changed_is_told_with_what_to_do(
    house: Place, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)
    caretaker.close_to_others(house)
    assert f"Run: chmod go= {house.key_file}" in caplog.text


def test_house_that_is_not_there_yet_is_closed(tmp_path: Path) -> None:
    assert privacy.exposed(Place(f"sqlite:///{tmp_path}/no/tutorbot.db", tmp_path / "no")) == []


def test_system_without_such_rights_has_nothing_to_mend(house: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy.os, "name", "nt")
    assert privacy.exposed(house) == []
