"""Telegram calls us. It takes 200 to mean "you may forget this update", so that is said only after the commit."""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tutorbot.channels.telegram.api import Api
from tutorbot.channels.telegram.updates import WANTED
from tutorbot.errors import SettingError, StoreUnavailable

log = logging.getLogger(__name__)

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name, not the secret
LARGEST = 2**20  # bytes
RETRY_SECONDS = 5


def webhook(handle: Callable[[Mapping[str, Any]], Awaitable[None]], secret: str) -> Route:
    """The route Telegram calls. `handle` returns when an update is committed, or raises StoreUnavailable."""
    if not secret:
        raise SettingError("The webhook needs a secret, or anybody could speak for Telegram.")

    async def endpoint(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return Response(status_code=403)
        body = await _read(request)
        if body is None:
            return Response(status_code=413)
        update = _parse(body)
        if update is None:
            return Response(status_code=400)
        try:
            await handle(update)
        except StoreUnavailable:
            log.warning("The database does not answer. Updates wait at Telegram.", extra={"action": "webhook_waits"})
            return Response(status_code=503, headers={"Retry-After": str(RETRY_SECONDS)})
        return Response(status_code=200)

    return Route(PATH, endpoint, methods=["POST"])


async def register(api: Api, public_url: str, secret: str) -> None:
    """Ask Telegram to call us. SettingError if the address is not https: updates are people's words."""
    address = urlsplit(public_url)
    if address.scheme != "https" and not _is_loopback(address.hostname or ""):
        raise SettingError(f"TUTORBOT_PUBLIC_URL is {public_url!r}; Telegram only calls addresses with https://.")
    url = public_url.rstrip("/") + PATH
    await api.call("setWebhook", url=url, secret_token=secret, allowed_updates=WANTED)


async def _read(request: Request) -> bytes | None:
    """The body; None if it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
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
