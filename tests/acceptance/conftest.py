"""The real program as a process of its own, and a Bot API on loopback to talk to it through."""

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.fake_bot_api import FakeBotApi
from tests.leaks import leaks, names_in, said_in
from tutorbot.config import load_settings

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds; a start takes about one


@dataclass
class Program:
    """`tutorbot run` (or another command that serves), to be started, ended and started again on the same data."""

    environment: dict[str, str]
    serves: str = "run"
    said: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)  # the same, and never emptied
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Returns when it serves."""
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tutorbot", self.serves),
            cwd=ROOT,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self.reader = asyncio.create_task(self._read())
        async with asyncio.timeout(PATIENCE):
            while not any("Press Ctrl-C" in line for line in self.said):
                assert self.process.returncode is None, "\n".join(self.said)
                await asyncio.sleep(0.02)

    @property
    def leads(self) -> bool:
        """Whether it said so."""
        return any("This process leads now" in line for line in self.said)

    async def end(self, how: signal.Signals) -> int:
        """Its exit code."""
        assert self.process
        self.process.send_signal(how)
        async with asyncio.timeout(PATIENCE):
            code = await self.process.wait()
            await self.reader
        self.said.append(f"--- ended with {code}")
        return code

    async def command(self, *words: str) -> str:
        """What another command of the program says, on the same data."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tutorbot", *words),
            cwd=ROOT,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        self.written.append(said.decode())
        assert process.returncode == 0, said.decode()
        return said.decode()

    @property
    def secrets(self) -> list[str]:
        """Every word that it may tell nobody."""
        settings = load_settings(self.environment)
        return [settings.secret_key.get_secret_value(), *settings.secrets]

    def address(self, who: str) -> str:
        """Where learners or helpers go, as it said last."""
        found = [line.split()[-1] for line in self.said if re.match(rf"{who}\s", line)]
        return found[-1]

    async def _read(self) -> None:
        assert self.process
        assert self.process.stdout
        async for line in self.process.stdout:
            self.said.append(line.decode().rstrip())
            self.written.append(self.said[-1])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture
async def fake() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as server:
        yield server


def environment(fake: FakeBotApi, folder: Path, database_url: str) -> dict[str, str]:
    """The settings of a process, beside what it needs of this machine."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("TUTORBOT_")}
    return ours | {
        "TUTORBOT_DATA": str(folder / "data"),
        "DATABASE_URL": database_url,
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
        "TUTORBOT_TELEGRAM_TOKEN": fake.token,
        "TUTORBOT_TELEGRAM_API_URL": fake.url,
        "TUTORBOT_TELEGRAM_HELPERS_CHAT": str(fake.group.id),
    }


@pytest.fixture
async def program(fake: FakeBotApi, tmp_path: Path, database_url: str) -> AsyncIterator[Program]:
    more = {"TUTORBOT_METRICS_TOKEN": "a-word-of-a-test-27", "TUTORBOT_LOG": "debug"}
    one = Program(environment(fake, tmp_path, database_url) | more)
    await one.start()
    yield one
    if one.process and one.process.returncode is None:
        await one.end(signal.SIGKILL)
    assert leaks("\n".join(one.written), one.secrets, said_in(fake), names_in(fake)) == []
