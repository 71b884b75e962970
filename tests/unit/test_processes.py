"""How the parts of the program are kept running."""

import asyncio

import pytest

from tutorbot.processes import start


async def _broken() -> None:
    raise ValueError("what a learner wrote")


async def test_part_that_a_bug_ends_is_told_of_without_words(caplog: pytest.LogCaptureFixture) -> None:
    await asyncio.wait([start(_broken())])
    await asyncio.sleep(0)
    assert "has ended (ValueError at test_processes.py" in caplog.text
    assert "learner wrote" not in caplog.text


async def test_part_that_is_stopped_is_not_worth_a_word(caplog: pytest.LogCaptureFixture) -> None:
    work = start(asyncio.sleep(3600))
    work.cancel()
    await asyncio.wait([work])
    await asyncio.sleep(0)
    assert caplog.text == ""
