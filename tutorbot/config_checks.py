"""The checks of settings. Each takes what was written and gives the value, or a ValueError with what is wrong.

The words of the error stand behind the variable's name, and end with what to do. A secret is never repeated in them.
"""

import re
from collections.abc import Callable
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr, ValidationInfo

OFFICIAL_API = "https://api.telegram.org"
LEVELS = ("debug", "info", "warning", "error")
FORMS = ("text", "json")
KEY_LENGTH = 32  # characters, at the least
WORD_LENGTH = 16  # of the words by which programs know each other
_DIFFERENT = 10  # characters of a secret: fewer are a pattern
_MAKE_ONE = 'This makes a good one: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
_WELL_KNOWN = r"(?i)change.?me|replace.?me|your.?(secret|key)|my.?secret|secret.?key|password|example|insecure|123456"


def number(least: int, most: int) -> Callable[[str], int]:
    """A check for a whole number in this range."""

    def check(written: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", written) or not least <= int(written) <= most:
            raise ValueError(f"is {written!r}. Give a number from {least} to {most}.")
        return int(written)

    return check


def later(minutes: int, others: ValidationInfo) -> int:
    """More minutes than those after which a helper is reminded."""
    if minutes <= others.data.get("desk_remind", 0):
        raise ValueError(f"is {minutes}. Give more minutes than TUTORBOT_DESK_REMIND has.")
    return minutes


def level(written: str) -> str:
    """How much is logged."""
    if written.lower() not in LEVELS:
        raise ValueError(f"is {written!r}. Choose one of: {', '.join(LEVELS)}.")
    return written.lower()


def form(written: str) -> str:
    """How lines of the log are written."""
    if written.lower() not in FORMS:
        raise ValueError(f"is {written!r}. Choose one of: {', '.join(FORMS)}.")
    return written.lower()


def lessons_folder(written: str) -> Path:
    """A folder that is there."""
    folder = path(written)
    if not folder.is_dir():
        raise ValueError(f"is {written!r}, and there is no such folder. Give the folder that holds your lessons.")
    return folder


def path(written: str) -> Path:
    """A path; `~` is the home folder."""
    try:
        return Path(written).expanduser().resolve()
    except (RuntimeError, OSError):  # a home folder that is not there, or links that go round in a circle
        raise ValueError(f"is {written!r}, which leads nowhere. Give the whole path of a folder.") from None


def database_url(written: str) -> str:
    """The address of a database that the store knows and has the driver for. The rest of it is the store's matter."""
    postgres = re.fullmatch(r"(postgres|postgresql|postgresql\+psycopg)://.+", written)
    if postgres and not find_spec("psycopg"):
        raise ValueError("names a PostgreSQL database. Install its driver first: pip install 'tutorbot[postgres]'.")
    if postgres or re.fullmatch(r"sqlite:///(?!:memory:).*[^/]", written):
        return written
    raise ValueError("is not an address that we know. Give sqlite:///path/to/file or postgresql://user:word@host/name.")


def token(written: str) -> SecretStr:
    """A bot's token."""
    if not re.fullmatch(r"\d+:[\w-]+", written, re.ASCII):
        raise ValueError("is not a bot's token. Copy all of it from @BotFather; it looks like 12345:AbCd-EfGh.")
    return SecretStr(written)


def chat(written: str) -> int:
    """The number of a Telegram chat; of a group it is negative."""
    if not re.fullmatch(r"-?[0-9]{1,18}", written):
        raise ValueError(f"is {written!r}. Give the number of the group, as in -1001234567890.")
    return int(written)


def api_url(written: str) -> str:
    """The address of a Bot API, without a slash at its end. Plain http only where nobody else can read the token."""
    parts = _address(written)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"is {written!r}. Give a web address, as in {OFFICIAL_API}.")
    if parts.scheme == "http" and not _is_near(parts.hostname):
        raise ValueError(f"is {written!r}. It must start with https://, for the bot's token is in every call.")
    return written.rstrip("/")


def public_url(written: str) -> str:
    """The address of a site, without a slash at its end: https, or for trials plain http to this machine."""
    parts = _address(written)
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError(f"is {written!r}. Give only the start of the address, as in https://tutor.example.")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise ValueError(f"is {written!r}. It must start with https://, so that nobody can read along.")
    return f"{parts.scheme}://{parts.netloc}"


def _address(written: str) -> SplitResult:
    try:
        parts = urlsplit(written)
        parts.port  # noqa: B018 (reading it checks it)
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is_near(host: str) -> bool:
    """Whether it is this machine or one of its own network, as the name of another container is."""
    try:
        return is_loopback(host) or ip_address(host).is_private
    except ValueError:
        return "." not in host


def webhook_secret(written: str) -> SecretStr:
    """A word that Telegram agrees to send along."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", written):
        raise ValueError("may hold only letters A-Z, digits, _ and -, and at most 256 of them. Choose another.")
    return _hard_to_guess(written, WORD_LENGTH)


def secret_key(written: str) -> SecretStr:
    """A key too long to be guessed."""
    return _hard_to_guess(written, KEY_LENGTH)


def metrics_token(written: str) -> SecretStr:
    """The word of whoever reads our numbers; it needs the package that writes them."""
    if not find_spec("prometheus_client"):
        raise ValueError("needs one more package. Install it first: pip install 'tutorbot[ops]'.")
    return _hard_to_guess(written, WORD_LENGTH)


def _hard_to_guess(written: str, least: int) -> SecretStr:
    if len(written) < least:
        raise ValueError(f"is too short. Give at least {least} characters that nobody can guess. {_MAKE_ONE}")
    if len(set(written)) < _DIFFERENT or re.search(_WELL_KNOWN, written):
        raise ValueError(f"is easy to guess. {_MAKE_ONE}")
    return SecretStr(written)
