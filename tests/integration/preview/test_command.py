"""`tutorbot preview`, as it is typed."""

import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.unit.curriculum.samples import write_library
from tutorbot import cli
from tutorbot.commands import preview

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutorbot.log.set_up", lambda level, secrets=(), form="text": None)
    monkeypatch.setenv("TUTORBOT_LESSONS", str(ROOT / "lessons"))


@pytest.mark.parametrize("lesson", ["", "web-links", str(ROOT / "lessons/first-steps"), str(ROOT / "lessons")])
def test_a_preview_is_of_what_was_named(lesson: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[object] = []
    monkeypatch.setattr(preview, "show", lambda *what: shown.extend(what))
    assert cli.main(["preview", *filter(None, [lesson])]) == cli.WELL
    named = "lessons/first-steps/03-web-links.md" if lesson == "web-links" else ""
    assert shown == [ROOT / "lessons", named, 8100]


def test_a_preview_tells_when_its_port_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert cli.main(["preview", "--port", port]) == cli.WRONG_USE
    assert "Give another, as in --port 8200." in capsys.readouterr().err


def test_a_preview_serves_this_machine_until_it_is_stopped(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "tutorbot", "preview", str(write_library(tmp_path)), "--port", port]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as program:
        assert program.stdout
        address = next(line.strip() for line in program.stdout if line.startswith("http"))
        with urlopen(address, timeout=20) as page:
            assert "Spot a fake email" in page.read().decode()
        program.send_signal(signal.SIGINT)
        assert program.wait(20) == cli.WELL
