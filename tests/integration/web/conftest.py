"""An app in a hand-made world, and browsers to visit it."""

import pytest
from starlette.testclient import TestClient

from tests.integration.web.fakes import World
from tutorbot.channels.web.app import make_app


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def browser(world: World) -> TestClient:
    """A browser without scripts."""
    return TestClient(make_app(world.parts()), follow_redirects=True)
