"""A folder of lessons to be spoiled, the preview of it, and a browser without scripts."""

from itertools import count
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.unit.curriculum.samples import write_library
from tutorbot.channels.preview.app import make_app
from tutorbot.channels.preview.parts import Parts
from tutorbot.channels.preview.shelf import Shelf


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """One course with one lesson."""
    return write_library(tmp_path)


@pytest.fixture
def shelf(lessons: Path) -> Shelf:
    shelf = Shelf(lessons)
    shelf.reload()
    return shelf


HERE = "http://127.0.0.1:8100"


def author_of(shelf: Shelf) -> TestClient:
    """The browser of whoever writes these lessons."""
    words = count(1)
    parts = Parts(shelf, chance=lambda: f"chance-{next(words)}")
    return TestClient(make_app(parts), base_url=HERE, headers={"referer": HERE})


@pytest.fixture
def author(shelf: Shelf) -> TestClient:
    """The author's browser."""
    return author_of(shelf)
