"""The log: one line a record, and no secret in any of them."""

import asyncio
import gc
import io
import json
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tutorbot import log
from tutorbot.runtime.trail import following

TOKEN = "12345:AbCd-EfGh_1"


@pytest.fixture(autouse=True)
def _log_as_it_was() -> Iterator[None]:
    """Give the root its handlers and level back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)


def lines_of(level: str = "info", form: str = "text") -> tuple[logging.Logger, io.StringIO]:
    """A logger, and where its lines go."""
    stream = io.StringIO()
    log.set_up(level, [TOKEN, ""], stream, form)
    return logging.getLogger("tutorbot.test"), stream


def test_a_record_is_a_sentence_with_its_action() -> None:
    logger, stream = lines_of()
    logger.info("Sent %d messages.", 2, extra={"action": "messages_sent", "chat": 7})
    assert stream.getvalue().endswith("INFO tutorbot.test: Sent 2 messages. action=messages_sent chat=7\n")


def test_a_record_of_many_lines_is_one_line() -> None:
    logger, stream = lines_of()
    logger.info("one\ntwo\r\nthree")
    assert stream.getvalue().count("\n") == 1
    assert "one | two | three" in stream.getvalue()


def test_an_error_keeps_its_trace_in_one_line() -> None:
    logger, stream = lines_of()
    try:
        raise KeyError("gone")
    except KeyError:
        logger.exception("It broke.", extra={"action": "broke"})
    assert stream.getvalue().count("\n") == 1
    assert "It broke. action=broke | Traceback" in stream.getvalue()
    assert stream.getvalue().endswith("| KeyError\n")


def test_what_an_error_says_is_left_out_for_it_may_be_a_learners_words() -> None:
    logger, stream = lines_of()
    words = "my pin is " + "1234"
    try:
        try:
            int(words)
        except ValueError as error:
            raise RuntimeError(words) from error
    except RuntimeError:
        logger.exception("It broke.")
    assert words not in stream.getvalue()
    assert stream.getvalue().index("ValueError") < stream.getvalue().index("RuntimeError")


def test_a_secret_is_hidden_wherever_it_stands() -> None:
    logger, stream = lines_of()
    logger.info("With %s.", f"https://api.telegram.org/bot{TOKEN}/getMe", extra={"action": TOKEN})
    assert TOKEN not in stream.getvalue()
    assert stream.getvalue().count("[hidden]") == 2


def test_the_token_of_any_bot_is_hidden() -> None:
    logger, stream = lines_of()
    logger.info("POST /bot987654321:%s/getMe", "a" * 35)
    assert "aaaa" not in stream.getvalue()


@pytest.mark.parametrize("name", ["httpx", "aiohttp.access", "uvicorn.access"])
def test_libraries_do_not_tell_of_every_request(name: str) -> None:
    _, stream = lines_of("debug")
    logging.getLogger(name).info("GET /")
    assert stream.getvalue() == ""


def test_what_is_below_the_level_is_not_logged() -> None:
    logger, stream = lines_of("error")
    logger.warning("A small thing.")
    assert stream.getvalue() == ""


def test_lines_about_one_turn_have_one_word() -> None:
    logger, stream = lines_of()
    for key in ("telegram:1", "telegram:2", "telegram:1"):
        with following(key):
            logger.info("A turn.")
    logger.info("No turn.")
    first, second, again, none = stream.getvalue().splitlines()
    assert first.partition(" turn=")[2] == again.partition(" turn=")[2] != second.partition(" turn=")[2]
    assert "turn=" not in none


async def test_what_asyncio_tells_of_an_error_is_left_out() -> None:
    _, stream = lines_of()

    words = "my pin is " + "1234"

    async def broken() -> None:
        raise ValueError(words)

    with following("telegram:1"):
        work = asyncio.create_task(broken())
    await asyncio.wait([work])
    del work
    gc.collect()
    assert "Task exception was never retrieved" in stream.getvalue()
    assert words not in stream.getvalue()


# For programs


def test_a_record_is_a_line_of_json() -> None:
    logger, stream = lines_of(form="json")
    with following("telegram:1"):
        logger.info(
            "Sent %d\nmessages.", 2, extra={"action": "messages_sent", "entry": 7, "chance": 0.5, "path": Path("a")}
        )
    line = json.loads(stream.getvalue())
    assert stream.getvalue().count("\n") == 1
    assert datetime.fromisoformat(line.pop("time")).tzinfo
    assert line == {
        "level": "info",
        "logger": "tutorbot.test",
        "message": "Sent 2\nmessages.",
        "action": "messages_sent",
        "entry": 7,
        "chance": 0.5,
        "path": "a",
        "turn": line["turn"],
    }


def test_a_secret_is_hidden_from_programs_too() -> None:
    logger, stream = lines_of(form="json")
    logger.info("With %s.", TOKEN, extra={"action": TOKEN, "more": (TOKEN, 1)})
    assert TOKEN not in stream.getvalue()
    assert stream.getvalue().count("[hidden]") == 3


def test_programs_get_the_trace_without_what_the_error_says() -> None:
    logger, stream = lines_of(form="json")
    words = "my pin is " + "1234"
    try:
        int(words)
    except ValueError:
        logger.exception("It broke.")
    line = json.loads(stream.getvalue())
    assert line["trace"].endswith("ValueError")
    assert words not in stream.getvalue()
