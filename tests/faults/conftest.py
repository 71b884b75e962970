"""A town for each test: the real program on a small folder of lessons, with each database in turn."""

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acceptance.conftest import Program, fake
from tests.fake_bot_api import FakeBotApi
from tests.faults.town import Town, settings
from tests.leaks import leaks, names_in, said_in

__all__ = ["fake"]


async def opened(fake: FakeBotApi, folder: Path, database_url: str, *, called: bool = False) -> AsyncIterator[Town]:
    """A town whose program runs; in the end it is ended, and what it wrote is read for secrets and people's words.

    `called`: by Telegram, instead of asking it.
    """
    told = settings(fake, folder, database_url)
    if called:
        told["TUTORBOT_PUBLIC_URL"] = f"http://127.0.0.1:{told['PORT']}"
    program = Program(told)
    await program.start()
    yield Town(fake, program, database_url, folder / "lessons")
    if program.process and program.process.returncode is None:
        await program.end(signal.SIGKILL)
    written = "\n".join(program.written)
    assert leaks(written, program.secrets, said_in(fake), names_in(fake)) == []
    assert "Traceback" not in written, next(line for line in program.written if "Traceback" in line)[-1500:]


@pytest.fixture
async def town(fake: FakeBotApi, tmp_path: Path, database_url: str) -> AsyncIterator[Town]:
    """A town on each database in turn."""
    async for one in opened(fake, tmp_path, database_url):
        yield one
