"""Which database a setting means."""

from pathlib import Path

import pytest

from tutorbot.errors import SettingError
from tutorbot.store.urls import parse, path_of


@pytest.mark.parametrize(
    ("url", "path"),
    [("sqlite:///data/a.db", "data/a.db"), ("sqlite:////var/a.db", "/var/a.db")],
)
def test_sqlite_url_names_a_file(url: str, path: str) -> None:
    assert path_of(parse(url)) == Path(path)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_postgres_means_the_same(scheme: str) -> None:
    url = parse(f"{scheme}://ann:p%40ss@db.example:5433/tutor?sslmode=require")
    assert path_of(url) is None
    assert url.render_as_string(hide_password=False) == (
        "postgresql+psycopg://ann:p%40ss@db.example:5433/tutor?sslmode=require"
    )


@pytest.mark.parametrize(
    "url",
    ["", "tutorbot.db", "mysql://ann:secret@db.example/tutor", "sqlite://", "sqlite:///:memory:", "x://y:z:secret"],
)
def test_any_other_url_is_told_what_to_write_without_the_password(url: str) -> None:
    with pytest.raises(SettingError, match="Write sqlite:///") as told:
        parse(url)
    assert "secret" not in str(told.value)


def test_postgres_without_its_driver_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutorbot.store.urls.find_spec", lambda name: None)
    with pytest.raises(SettingError, match="pip install"):
        parse("postgresql://db.example/tutor")
