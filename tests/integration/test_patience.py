"""Slow and endless requests, over a real connection; and who is believed about visitors."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from tutorbot import patience
from tutorbot.channels.web.limits import where_from
from tutorbot.listening import listen
from tutorbot.patience import PatientProtocol
from tutorbot.serving import make_server

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]
LONG = b"x" * (patience.LARGEST_REST * 2)


async def _echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _at_once(_request: Request) -> Response:
    return PlainTextResponse("no", 413)


APP = Starlette(routes=[Route("/", _echo, methods=["GET", "POST"]), Route("/no", _at_once, methods=["POST"])])


@pytest.fixture
async def port() -> AsyncIterator[int]:
    server = uvicorn.Server(uvicorn.Config(APP, http=PatientProtocol, lifespan="off", log_config=None))
    with listen("127.0.0.1", 0, "") as listener:
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        yield listener.getsockname()[1]
        server.should_exit = True
        await serving


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """No patience at all."""
    monkeypatch.setattr(patience, "PATIENCE", 0.05)


async def ends(port: int) -> Ends:
    return await asyncio.open_connection("127.0.0.1", port)


async def rest_of(reader: asyncio.StreamReader) -> bytes:
    """All that comes until the other side ends the connection, however it does."""
    said = bytearray()
    async with asyncio.timeout(20):
        with suppress(ConnectionError):
            while more := await reader.read(4096):
                said += more
    return bytes(said)


@pytest.mark.parametrize("said", [b"", b"\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "])
async def test_who_does_not_say_what_they_want_is_not_waited_for(port: int, hurry: None, said: bytes) -> None:
    reader, writer = await ends(port)
    writer.write(said)
    assert await rest_of(reader) == b""
    writer.close()


async def test_who_is_slow_with_the_next_request_is_not_waited_for(port: int, hurry: None) -> None:
    reader, writer = await ends(port)
    writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n0")
    writer.write(b"GET / HT")
    assert await rest_of(reader) == b""
    writer.close()


async def test_head_without_end_is_refused_before_it_is_kept(port: int) -> None:
    reader, writer = await ends(port)
    writer.write(b"GET / HTTP/1.1\r\nX-Long: " + b"x" * patience.LARGEST_HEAD)
    with suppress(ConnectionError):
        await writer.drain()
        writer.write(LONG)
    assert (await rest_of(reader)).startswith(b"HTTP/1.1 400")
    writer.close()


async def test_body_that_is_waited_for_may_take_its_time(port: int, hurry: None) -> None:
    reader, writer = await ends(port)
    writer.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\na")
    for _ in range(3):
        await asyncio.sleep(patience.PATIENCE)  # longer than anybody may take for a head
    writer.write(b"b")
    assert (await rest_of(reader)).endswith(b"2")
    writer.close()


async def test_rest_of_what_was_refused_is_taken_in_only_so_far(port: int) -> None:
    reader, writer = await ends(port)
    writer.write(b"POST /no HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 413")
    with suppress(ConnectionError):
        writer.write(b"%x\r\n" % len(LONG) + LONG)
        await writer.drain()
    await rest_of(reader)
    writer.close()


async def test_rest_of_what_was_refused_is_not_waited_for(port: int, hurry: None) -> None:
    reader, writer = await ends(port)
    writer.write(b"POST /no HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx")
    assert (await rest_of(reader)).startswith(b"HTTP/1.1 413")
    writer.close()


async def test_browser_reads_why_its_form_was_too_long(port: int) -> None:
    reader, writer = await ends(port)
    body = b"x" * (patience.LARGEST_REST // 2)
    writer.write(b"POST /no HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    await writer.drain()
    assert (await reader.readuntil(b"no")).startswith(b"HTTP/1.1 413")
    writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert (await rest_of(reader)).startswith(b"HTTP/1.1 200")
    writer.close()


def test_our_server_reads_with_patience() -> None:
    assert make_server(APP).config.http is PatientProtocol


@pytest.mark.parametrize(
    ("peer", "claims", "visitor"),
    [
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.1.2.3", "203.0.113.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
    ],
)
async def test_only_a_proxy_near_us_says_who_the_visitors_are(peer: str, claims: str, visitor: str) -> None:
    seen: list[str] = []

    async def who(request: Request) -> Response:
        seen.append(where_from(request))
        return PlainTextResponse("ok")

    config = make_server(Starlette(routes=[Route("/", who)]), behind_proxy=True).config
    config.load()
    TestClient(config.loaded_app, client=(peer, 5000)).get("/", headers={"x-forwarded-for": claims})
    assert seen == [visitor]
