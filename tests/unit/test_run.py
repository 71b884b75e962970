"""`run.py`, the first thing anybody starts: what it says where something is missing, and how it sums up."""

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """`run.py`, as if its folder were empty."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path)
    monkeypatch.setattr(module, "PYTHON", tmp_path / "python")
    return module


def answering(code: int, seen: list[object]) -> Callable[..., object]:
    """Stands for `subprocess.run`: every command ends with this code."""

    def answer(command: list[object], **_: object) -> object:
        seen.append(command)
        return subprocess.CompletedProcess("", code)

    return answer


def test_an_old_python_is_told(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9))
    with pytest.raises(SystemExit, match="or newer"):
        run.set_up("")


def test_a_missing_part_of_debian_is_told(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        run.set_up("")


def test_an_installation_is_made_once(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[object] = []
    monkeypatch.setattr(subprocess, "run", answering(0, commands))
    run.PYTHON.touch()
    run.set_up("[test,dev]")
    run.set_up("[test,dev]")
    assert len(commands) == 2  # it is installed, and compiled


def test_an_installation_that_stopped_is_tried_again(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[object] = []
    monkeypatch.setattr(subprocess, "run", answering(1, commands))
    run.PYTHON.touch()
    for _ in range(2):
        with pytest.raises(SystemExit, match="The installation stopped"):
            run.set_up("")
    assert len(commands) == 2


def test_every_check_runs_though_one_has_failed(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands: list[object] = []
    monkeypatch.setattr(subprocess, "run", answering(3, commands))
    assert run.test() == 3
    assert len(commands) == len(run.CHECKS)
    assert capsys.readouterr().out.count("FAILED") == len(run.CHECKS)
