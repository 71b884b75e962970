"""Tells the browser what our pages may do: no foreign scripts, no frames, nothing kept in a cache."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
_HEADERS = {
    "Content-Security-Policy": "; ".join(_POLICY),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # browsers older than `frame-ancestors`
    "Referrer-Policy": "same-origin",  # with less, a form of ours could not say where it comes from
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-store",  # pages hold private words; whoever serves public files says otherwise
}
_ONLY_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}  # this name alone: the ones below it are not ours


def safe_headers(public_url: str = "") -> Mapping[str, str]:
    """The headers of every answer."""
    return _HEADERS | _ONLY_HTTPS if public_url.startswith("https:") else _HEADERS


class SafeHeaders:
    """Adds the headers that every answer carries, unless the answer has its own."""

    def __init__(self, app: ASGIApp, public_url: str = "") -> None:
        self.app = app
        self._headers = safe_headers(public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve as any ASGI app."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
