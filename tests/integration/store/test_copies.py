"""Databases copied into files and put back, whatever happens meanwhile."""

import asyncio
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.integration.store.sample import ANN, BOB, learner, owed, write
from tutorbot.errors import StoreError
from tutorbot.store import sqlite_copies
from tutorbot.store.copies import untold
from tutorbot.store.database import SqlStore, open_copies
from tutorbot.store.schema import migrate
from tutorbot.store.versions import head

Opens = Callable[[str], SqlStore]
pytestmark = pytest.mark.usefixtures("tools")


async def test_copy_of_a_database_in_use_holds_what_is_in_it(
    store: SqlStore, database_url: str, tmp_path: Path
) -> None:
    await learner(store)
    contents = open_copies(database_url).copy_to(tmp_path / "copy", untold)
    assert (contents.version, contents.rows["learners"], contents.people) == (head(), 1, 1)
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600


async def test_copy_is_of_one_moment_however_much_is_written_meanwhile(
    sqlite_url: str, open_stores: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_copies, "PAGES", 1)
    store, loop = open_stores(sqlite_url), asyncio.get_running_loop()
    steps: list[int] = []

    def told(done: int, of: int) -> None:
        steps.append(done)
        asyncio.run_coroutine_threadsafe(write(store, owed("meanwhile")), loop).result()

    await write(store, owed("before"))
    copied = await asyncio.to_thread(open_copies(sqlite_url).copy_to, tmp_path / "copy", told)
    assert copied.rows["entries"] == 1
    assert steps == sorted(steps), "it never began anew"
    assert open_copies(sqlite_url).contents().rows["entries"] == 1 + len(steps)


async def test_database_is_in_use_as_long_as_a_store_is_open(database_url: str, open_stores: Opens) -> None:
    copies = open_copies(database_url)
    assert not copies.in_use()
    store = open_stores(database_url)
    await learner(store)
    assert copies.in_use()
    await store.close()
    for _ in range(100):  # a server learns a moment later that a connection has ended
        if not copies.in_use():
            return
        await asyncio.sleep(0.05)
    pytest.fail("still in use")


def test_damaged_copy_is_found_out(database_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    open_copies(database_url).copy_to(copy, untold)
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError):
        open_copies(database_url).examine(copy)


async def test_put_back_copy_is_the_database_as_it_was(database_url: str, open_stores: Opens, tmp_path: Path) -> None:
    copies, store = open_copies(database_url), open_stores(database_url)
    ann = await learner(store, ANN)
    copied = copies.copy_to(tmp_path / "copy", untold)
    await learner(store, BOB)
    await store.close()
    with copies.replaced_by(tmp_path / "copy", "2026-11-22-120500"):
        assert copies.contents() == copied
    assert migrate(database_url) == []
    again = open_stores(database_url)
    assert await learner(again, ANN) == ann
    assert (await learner(again, BOB)).id > ann.id, "numbers go on"


async def test_database_is_as_before_when_something_goes_wrong_after(
    database_url: str, open_stores: Opens, tmp_path: Path
) -> None:
    copies, store = open_copies(database_url), open_stores(database_url)
    copies.copy_to(tmp_path / "copy", untold)
    await learner(store)
    await store.close()
    before = copies.contents()
    with suppress(RuntimeError), copies.replaced_by(tmp_path / "copy", "2026-11-22-120500"):
        assert not copies.contents().people
        raise RuntimeError
    assert copies.contents() == before


def test_copy_that_cannot_be_put_back_changes_nothing(database_url: str, tmp_path: Path) -> None:
    copies, copy = open_copies(database_url), tmp_path / "copy"
    before = copies.contents()
    with pytest.raises((StoreError, OSError)), copies.replaced_by(copy, "2026-11-22-120500"):
        pytest.fail("there is no such file")
    assert copies.contents() == before


@pytest.mark.postgres
def test_a_password_is_never_on_a_command_line(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "pg_dump"
    tool.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/typed\nprintf "%s" "$PGPASSWORD" > {tmp_path}/told\nexit 3\n'
    )
    tool.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin:/bin")
    url = make_url(postgres_url).set(password="hush hush").render_as_string(hide_password=False)
    with pytest.raises(StoreError, match="pg_dump stopped"):
        open_copies(url).copy_to(tmp_path / "copy", untold)
    assert (tmp_path / "told").read_text() == "hush hush"
    assert "hush" not in (tmp_path / "typed").read_text()


@pytest.mark.postgres
def test_missing_tool_is_told_with_its_remedy(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match="pg_dump was not found"):
        open_copies(postgres_url).copy_to(tmp_path / "copy", untold)
