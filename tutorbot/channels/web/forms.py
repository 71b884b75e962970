"""The one door for what a page sends back: only from our own pages, not too much and not too slow, as plain fields.

Against forged forms there are two walls. Here only what a browser says was sent by a page of ours is taken; and the
cookies are `SameSite`, so that a browser does not send them along with a form of another site at all.
"""

import asyncio
import hmac
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit

from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

LIMIT = 128 * 1024  # bytes; 4,000 letters of any script, as a browser writes them, are less than half of it
PATIENCE = 60.0  # seconds for all of it: the slowest of phones needs a few
_FIELDS = 20
_DIGITS = 9  # of a number that may mean anything


class Number(IntegerConvertor):
    """A number in an address. A longer one is no address of ours: it would be too long to be read, or to be kept."""

    regex = f"[0-9]{{1,{_DIGITS}}}"


register_url_convertor("number", Number())


async def read(request: Request, public_url: str, patience: float = PATIENCE) -> Mapping[str, str]:
    """The fields of the form. 403 if another site sent it, 413 if too long, 408 if too slow, 400 if it is no form.

    They stay in `request.state.form`, so that a page about a fault can offer to send the same once more.
    """
    if not is_ours(request.headers, public_url):
        raise HTTPException(403)
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit():
        raise HTTPException(400)
    if len(length) > _DIGITS or int(length) > LIMIT:
        raise HTTPException(413)  # at once, before any of it is read
    try:
        async with asyncio.timeout(patience):
            body = await _body(request)
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_FIELDS)
    except TimeoutError:
        raise HTTPException(408) from None
    except (ValueError, ClientDisconnect):
        raise HTTPException(400) from None
    form = {name: value.replace("\r\n", "\n") for name, value in pairs}
    request.state.form = form
    return form


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LIMIT:
            raise HTTPException(413)
    return bytes(body)


def is_ours(headers: Headers, public_url: str) -> bool:
    """Whether the browser says that a page of ours sent this. Where it says nothing, it is not taken.

    Old browsers name the origin only, older ones the page. The `Host` header counts only where nobody has told us what
    our address is: a browser writes it itself, so a page of another site cannot choose it.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    try:
        came_from = urlsplit(headers.get("origin") or headers.get("referer", ""))
    except ValueError:  # no address at all
        return False
    if public_url:
        ours = urlsplit(public_url)
        return (came_from.scheme, came_from.netloc.lower()) == (ours.scheme, ours.netloc.lower())
    return bool(came_from.netloc) and came_from.netloc == headers.get("host")


def number(text: str) -> int:
    """A number from a form; -1, which never means anything, if it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else -1


def same(given: str, ours: str) -> bool:
    """Whether it is what we made; how long that takes to see tells nothing."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), ours.encode())


def key(secret: str, channel: str, *parts: str, words: str = "") -> str:
    """The key of an event: the same form sent twice is one event, unless the words in it were changed.

    It does not tell who sent it, for it outlives those who are forgotten. Nobody who reads keys finds the words by
    trying: `secret` is not kept with them.
    """
    return f"{channel}:{sealed(secret, *parts, words)}"


def sealed(secret: str, *parts: str) -> str:
    """A word that only we can make of these."""
    return hmac.new(secret.encode(), "\n".join(parts).encode("utf-8", "replace"), sha256).hexdigest()[:32]
