"""The schema comes about by its migrations alone, and they say the same as the tables."""

import asyncio
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from tests.integration.store.sample import claim, connected, learner, owed, rows, write
from tutorbot import __version__
from tutorbot.errors import SchemaMismatch, StoreUnavailable
from tutorbot.messages import message
from tutorbot.messages.message import Message
from tutorbot.store import versions
from tutorbot.store.database import SqlStore, open_store
from tutorbot.store.readiness import check_schema
from tutorbot.store.schema import draft, migrate
from tutorbot.store.tables import Row, SettingRow
from tutorbot.tutor import state
from tutorbot.tutor.state import LearnerState

SLOW = """
import sys
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999", "{before}"


def upgrade():
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("learners") as learners:
        learners.drop_column("seen_at")
    print("half", flush=True)
    sys.stdin.read()
"""
MIGRATE_FROM = """
import sys
from pathlib import Path
from tutorbot.store import schema, versions
versions.MIGRATIONS = Path(sys.argv[2])
schema.migrate(sys.argv[1])
"""


def test_versions_told_from_the_names_of_files_are_those_of_alembic() -> None:
    scripts = ScriptDirectory(str(versions.MIGRATIONS))
    assert scripts.get_heads() == [versions.head()]
    assert all(versions.is_known(version.revision) for version in scripts.walk_revisions())


def test_migrating_applies_what_is_missing_once(empty_url: str) -> None:
    assert migrate(empty_url)[0] == "0001 The first schema"
    assert migrate(empty_url) == []
    check_schema(empty_url)


def test_migrations_and_tables_say_the_same(database_url: str) -> None:
    with connected(database_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Row.metadata) == []


async def test_two_who_migrate_at_once_do_it_once(empty_url: str) -> None:
    applied = await asyncio.gather(*(asyncio.to_thread(migrate, empty_url) for _ in range(3)))
    assert sorted(map(len, applied)) == [0, 0, max(map(len, applied))]
    check_schema(empty_url)


async def test_migrating_under_a_running_store_leaves_it_running(store: SqlStore, database_url: str) -> None:
    before = await learner(store)
    assert await asyncio.to_thread(migrate, database_url) == []
    assert await learner(store) == before


def test_store_without_a_schema_is_not_opened(empty_url: str) -> None:
    with pytest.raises(SchemaMismatch, match="tutorbot migrate"):
        open_store(empty_url)


def test_database_of_a_newer_program_is_refused_with_what_to_do(database_url: str) -> None:
    with connected(database_url) as connection:
        known = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    try:
        for act in (open_store, migrate, check_schema):
            with pytest.raises(SchemaMismatch, match="a newer program used it"):
                act(database_url)
    finally:
        with connected(database_url) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :known"), {"known": known})


def test_what_was_applied_is_kept_with_when_and_by_whom(empty_url: str) -> None:
    applied = migrate(empty_url)
    kept = {row.key: row.value for row in rows(empty_url, SettingRow)}
    assert [f"migrated:{line.split()[0]}" for line in applied] == list(kept)
    assert kept["migrated:0001"].endswith(f" by {__version__}: The first schema")


@pytest.fixture
def slow_migrations(tmp_path: Path) -> Path:
    """The migrations with one more, which waits in its middle."""
    folder = Path(shutil.copytree(versions.MIGRATIONS, tmp_path / "migrations"))
    (folder / "versions" / "9999_slow.py").write_text(SLOW.format(before=versions.head()))
    return folder


async def test_migration_killed_in_its_middle_leaves_the_database_as_it_was(
    database_url: str, slow_migrations: Path, open_stores: Callable[[str], SqlStore]
) -> None:
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", MIGRATE_FROM, database_url, str(slow_migrations)),
        stdout=asyncio.subprocess.PIPE,
        stdin=asyncio.subprocess.PIPE,
    )
    assert program.stdout
    assert await program.stdout.readline() == b"half\n"
    program.kill()
    await program.wait()
    assert migrate(database_url) == []
    with connected(database_url) as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Row.metadata) == []
    assert (await learner(open_stores(database_url))).id


LATER = (
    "ALTER TABLE learners ADD COLUMN nickname TEXT",
    "ALTER TABLE entries ADD COLUMN colour TEXT DEFAULT 'blue' NOT NULL",
    "UPDATE alembic_version SET version_num = '9999'",
)


async def test_program_goes_on_while_a_later_one_changes_the_schema(empty_url: str) -> None:
    migrate(empty_url)
    store = open_store(empty_url)
    ann = await learner(store)
    with connected(empty_url) as connection:
        for statement in LATER:
            connection.execute(text(statement))
    await write(store, owed("1"), owed("2"))
    assert await claim(store) == ["1", "2"]
    assert await learner(store) == ann
    await store.transact(lambda tx: tx.upkeep.check())
    await store.close()


def test_program_reads_what_a_later_one_has_written() -> None:
    assert message.from_json('{"text": "hello", "colour": "blue"}') == Message("hello")
    assert state.from_json('{"version": 1, "state": {"name": "Ann", "mood": "good"}}') == LearnerState(name="Ann")


def test_what_migrations_add_may_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the program from before goes on writing meanwhile."""
    url, folder = f"sqlite:///{tmp_path}/tutorbot.db", shutil.copytree(versions.MIGRATIONS, tmp_path / "migrations")
    kept, all_of_them = set[tuple[str, str]](), sorted((folder / "versions").glob("[0-9]*.py"))
    monkeypatch.setattr(versions, "MIGRATIONS", folder)
    for later in all_of_them[1:]:
        later.rename(later.with_suffix(".later"))
    for version in all_of_them:
        if not version.exists():
            version.with_suffix(".later").rename(version)
        migrate(url)
        columns = columns_of(url)
        assert kept <= columns.keys(), f"{version.name} drops what the program from before may use"
        needed = {place for place, may_be_left_out in columns.items() if not may_be_left_out} - kept
        tables = {table for table, _ in kept}
        assert not [place for place in needed if place[0] in tables], f"{version.name}: give a default"
        kept = set(columns)


def columns_of(url: str) -> dict[tuple[str, str], bool]:
    """Every column, and whether a row can be written without it."""
    with connected(url) as connection:
        found = inspect(connection)
        return {
            (table, column["name"]): column["nullable"] or column["default"] is not None
            for table in found.get_table_names()
            for column in found.get_columns(table)
        }


def test_asking_for_a_missing_file_does_not_make_it(tmp_path: Path) -> None:
    with pytest.raises(SchemaMismatch, match="There is no database at"):
        open_store(f"sqlite:///{tmp_path}/tutorbot.db")
    assert not (tmp_path / "tutorbot.db").exists()


def test_sqlite_file_and_folder_are_for_their_owner_alone(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path}/data/deep/tutorbot.db")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").rglob("*")}
    assert modes == {"deep": 0o700, "tutorbot.db": 0o600}


def test_file_that_is_no_database_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "tutorbot.db"
    path.write_text("a shopping list, and a long one, for it has to fill the first page of a database " * 20)
    with pytest.raises(StoreUnavailable, match="not a database"):
        migrate(f"sqlite:///{path}")


def test_folder_that_cannot_be_made_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in its place")
    with pytest.raises(StoreUnavailable, match="cannot be made"):
        migrate(f"sqlite:///{tmp_path}/data/tutorbot.db")


@pytest.mark.postgres
@pytest.mark.parametrize("act", [migrate, check_schema, open_store])
def test_server_that_does_not_answer_is_unavailable(act: Callable[[str], object], tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        act(f"postgresql://nobody:secret@/none?host={tmp_path}")


def test_draft_of_a_version_holds_what_has_changed(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connected(sqlite_url) as connection:
        connection.execute(text("DROP TABLE skills"))
    monkeypatch.setattr(versions, "MIGRATIONS", shutil.copytree(versions.MIGRATIONS, tmp_path / "migrations"))
    draft(sqlite_url, "Bring the skills back")
    (version,) = (tmp_path / "migrations" / "versions").glob("*_bring_the_skills_back.py")
    assert "op.create_table('skills'" in version.read_text()
    assert "tutorbot" not in version.read_text()
