"""An app in a hand-made world or in a real house, and browsers to visit it."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests.integration.web.fakes import World
from tests.integration.web.town import Town
from tutorbot.channels.web.app import make_app
from tutorbot.store.database import SqlStore


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def browser(world: World) -> TestClient:
    """A browser without scripts."""
    return TestClient(make_app(world.parts()), follow_redirects=True)


@pytest.fixture
def town(sqlite_url: str, open_stores: Callable[[str], SqlStore]) -> Town:
    """Every real part behind the pages."""
    return Town(open_stores(sqlite_url))
