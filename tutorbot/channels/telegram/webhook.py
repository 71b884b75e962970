"""Telegram calls us. It takes 200 to mean "you may forget this update", so that is said only after the commit.

With our 200 we may ask one thing of Telegram, of which we do not hear what came of it: so a press is answered.
"""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.updates import WANTED
from tutorbot.errors import SettingError, StoreUnavailable

log = logging.getLogger(__name__)

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name, not the secret
LARGEST = 2**20  # bytes
RETRY_SECONDS = 5

Take = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]
"""Returns when an update is committed, with the call that Telegram is asked for, if any: see `Inbox.take`."""


class Webhook:
    """An ASGI app in front of the pages: what Telegram posts meets nothing that is meant for browsers."""

    def __init__(self, pages: ASGIApp, take: Take, secret: str) -> None:
        if not secret:
            raise SettingError("The webhook needs a secret, or anybody could speak for Telegram.")
        self._pages, self._take, self._secret = pages, take, secret.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as any ASGI app."""
        ours = scope["type"] == "http" and scope["path"] == PATH
        app = await self._answer(Request(scope, receive)) if ours else self._pages
        await app(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method != "POST":
            return Response(status_code=405, headers={"Allow": "POST"})
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret):
            return Response(status_code=403)
        body = await _read(request)
        if body is None:
            return Response(status_code=413)
        update = _parse(body)
        if update is None:
            return Response(status_code=400)
        try:
            asked = await self._take(update)
        except StoreUnavailable:
            log.warning("The database does not answer. Updates wait at Telegram.", extra={"action": "webhook_waits"})
            return Response(status_code=503, headers={"Retry-After": str(RETRY_SECONDS)})
        return Response(json.dumps(asked), media_type="application/json") if asked else Response()


async def register(api: Api, public_url: str, secret: str) -> None:
    """Ask Telegram to call us. SettingError if the address is not https: updates are people's words."""
    address = urlsplit(public_url)
    if address.scheme != "https" and not _is_loopback(address.hostname or ""):
        raise SettingError(f"TUTORBOT_PUBLIC_URL is {public_url!r}; Telegram only calls addresses with https://.")
    url = public_url.rstrip("/") + PATH
    await api.call("setWebhook", url=url, secret_token=secret, allowed_updates=WANTED)


async def _read(request: Request) -> bytes | None:
    """The body; None if it is too large. Who hung up in its middle has said nothing."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)


def _parse(body: bytes) -> Mapping[str, Any] | None:
    """The update; None if it is none."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return update if isinstance(update, dict) and isinstance(update.get("update_id"), int) else None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
