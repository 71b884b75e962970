"""In which language somebody reads a page: that of their chat, where this browser has one; else what it asks for."""

import json
from base64 import b64decode
from binascii import Error
from datetime import timedelta

from itsdangerous import BadSignature, TimestampSigner
from starlette.requests import Request

from tutorbot.messages.locale import FALLBACK, languages

_KEY = "language"  # in the learner's cookie


def remember(request: Request, language: str) -> None:
    """Keep the language of the chat in the cookie, for pages that know nothing of the chat."""
    if request.session.get(_KEY) != language:
        request.session[_KEY] = language


def remembered(request: Request) -> str:
    """The language of their chat; of somebody without one, the one asked for."""
    return _spoken(request.session.get(_KEY)) or asked_for(request)


def asked_for(request: Request) -> str:
    """The first language the browser asks for that we speak: a guess, for somebody new."""
    asked = request.headers.get("accept-language", "").split(",")
    codes = [part.partition(";")[0].strip().partition("-")[0].lower() for part in asked]
    return next((code for code in codes if code in languages()), FALLBACK)


class Reader:
    """Finds it out where a page is made outside of any session, as when there is no such page."""

    def __init__(self, cookie: str, key: str, lifetime: timedelta) -> None:
        """What the learner's cookie is called; it is signed as Starlette's `SessionMiddleware` does."""
        self._cookie, self._signer, self._max_age = cookie, TimestampSigner(key), int(lifetime.total_seconds())

    def language(self, request: Request) -> str:
        """The language of their chat, or the one asked for."""
        try:
            signed = self._signer.unsign(request.cookies.get(self._cookie, ""), max_age=self._max_age)
            return _spoken(json.loads(b64decode(signed)).get(_KEY)) or asked_for(request)
        except (BadSignature, Error, ValueError, AttributeError):
            return asked_for(request)


def _spoken(language: object) -> str:
    return language if isinstance(language, str) and language in languages() else ""
