"""Whether we are well, as programs ask."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from tests.integration.store.sample import connected
from tests.integration.store.test_schema import LATER
from tests.integration.web.fakes import World
from tutorbot.channels.web.health import Health
from tutorbot.errors import SchemaMismatch
from tutorbot.runtime.pulse import Pulse
from tutorbot.store.database import SqlStore
from tutorbot.store.schema import migrate


async def _broken() -> None:
    raise ValueError("what a learner wrote")


def asked(store: Any, pulse: Pulse | None = None, patience: float = 3) -> TestClient:
    return TestClient(Starlette(routes=Health(store, pulse or Pulse(), patience).routes()))


def test_program_with_a_store_that_answers_is_well_and_ready(browser: TestClient) -> None:
    assert browser.get("/healthz").json() == {"status": "ok"}
    assert browser.get("/readyz").json() == {"status": "ready"}
    assert browser.get("/readyz").headers["cache-control"] == "no-store"


def test_program_without_its_store_is_well_and_not_ready(browser: TestClient, world: World) -> None:
    world.store.down = True
    answer = browser.get("/readyz")
    assert (answer.status_code, answer.json()["why"]) == (503, "the database does not answer")
    assert browser.get("/healthz").status_code == 200


async def test_part_that_a_bug_has_ended_is_told_without_words() -> None:
    pulse, work = Pulse(), asyncio.create_task(_broken())
    pulse.watch([work])
    await asyncio.wait([work])
    answer = await asyncio.to_thread(asked(World().store, pulse).get, "/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "broken", "ended": ["_broken"]})


@contextmanager
def being_migrated(url: str) -> Iterator[None]:
    """A later version of the program is just changing the tables, and has not come to its end."""
    with connected(url) as connection:
        if url.startswith("sqlite"):
            connection.execute(text("BEGIN IMMEDIATE"))
        for statement in LATER:
            connection.execute(text(statement))
        yield


async def test_program_is_not_ready_while_the_schema_changes_and_is_again_afterwards(
    empty_url: str, open_stores: Callable[[str], SqlStore]
) -> None:
    migrate(empty_url)
    routes = Health(open_stores(empty_url), Pulse(), patience=0.5)
    with being_migrated(empty_url):
        assert (await routes.readyz(Request({"type": "http"}))).status_code == 503
        assert (await routes.healthz(Request({"type": "http"}))).status_code == 200
    async with asyncio.timeout(60):
        while (await routes.readyz(Request({"type": "http"}))).status_code != 200:
            await asyncio.sleep(0.05)


def test_old_schema_is_not_ready() -> None:
    class Old:
        async def transact(self, _work: Any) -> None:
            raise SchemaMismatch

    assert asked(Old()).get("/readyz").json() == {"status": "waiting", "why": "the database is not up to date"}


def test_slow_store_is_not_ready() -> None:
    class Slow:
        async def transact(self, _work: Any) -> None:
            await asyncio.Event().wait()

    assert asked(Slow(), patience=0.01).get("/readyz").json()["why"] == "the database is slow"


async def test_real_store_is_ready(store: Any) -> None:
    answer = await Health(store, Pulse()).readyz(None)  # type: ignore[arg-type]
    assert answer.status_code == 200


@pytest.mark.parametrize("how", ["finished", "stopped"])
async def test_part_that_has_finished_or_was_stopped_is_well(how: str) -> None:
    pulse, work = Pulse(), asyncio.create_task(asyncio.sleep(0 if how == "finished" else 3600))
    pulse.watch([work])
    if how == "stopped":
        work.cancel()
    await asyncio.wait([work])
    assert pulse.ended == []
