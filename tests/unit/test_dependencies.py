"""What we bring along: nothing that may change its ways under us, and a check that would notice a withdrawn release."""

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.dependencies import brought, withdrawn

PROJECT = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
USED = [*PROJECT["dependencies"], *(line for name, lines in EXTRAS.items() if name != "test" for line in lines)]
DATA = {"tzdata"}  # changes when the world does


@pytest.mark.parametrize("line", USED)
def test_every_package_we_run_on_has_a_lowest_and_a_highest_version(line: str) -> None:
    requirement = Requirement(line)
    signs = {bound.operator for bound in requirement.specifier}
    assert requirement.name in DATA or signs >= {">=", "<"}, "give it as in name>=1.2,<2"


def test_what_is_brought_along_is_found_with_its_version() -> None:
    found = dict(line.split("==") for line in brought(["starlette>=1", "no-such-package"], set()))
    assert {"starlette", "anyio", "idna"} <= set(found)
    assert "no-such-package" not in found


def test_withdrawn_release_is_noticed() -> None:
    said = (
        "WARNING: The candidate selected for download or install is a yanked version: 'attrs' candidate (version 21.1.0"
        " at https://packages.example/attrs-21.1.0-py2.py3-none-any.whl)\nReason for being yanked: not importable"
    )
    assert withdrawn(said) == ["attrs 21.1.0"]
    assert withdrawn("WARNING: something else") == []
