"""The one door for what a page sends back: only from our own pages, with a cap on its size, as plain fields."""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request

LIMIT = 128 * 1024  # bytes; 4,000 letters of any script, as a browser writes them, are less than half of it
_FIELDS = 20


async def read(request: Request, public_url: str) -> Mapping[str, str]:
    """The fields of the form. 403 if another site sent it, 413 if it is too long, 400 if it is no form.

    They stay in `request.state.form`, so that a page about a fault can offer to send the same once more.
    """
    if not is_ours(request.headers, public_url):
        raise HTTPException(403)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LIMIT:
            raise HTTPException(413)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        raise HTTPException(400) from None
    form = {name: value.replace("\r\n", "\n") for name, value in pairs}
    request.state.form = form
    return form


def is_ours(headers: Headers, public_url: str) -> bool:
    """Whether a form was sent by a page of ours. What names no origin is no browser, and carries no cookie."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    hosts = {headers.get("host", ""), urlsplit(public_url).netloc} - {""}
    return origin is None or origin.partition("://")[2] in hosts


def number(text: str) -> int:
    """A number from a form; -1, which never means anything, if it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def key(secret: str, channel: str, *parts: str, words: str = "") -> str:
    """The key of an event: the same form sent twice is one event, unless the words in it were changed.

    It does not tell who sent it, for it outlives those who are forgotten. Nobody who reads keys finds the words by
    trying: `secret` is not kept with them.
    """
    sent = "\n".join((*parts, words)).encode("utf-8", "replace")
    return f"{channel}:{hmac.new(secret.encode(), sent, sha256).hexdigest()[:32]}"
