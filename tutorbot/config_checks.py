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
KEY_LENGTH = 32  # characters, at the least


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
    """The address of a Bot API, without a slash at its end."""
    parts = _address(written)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"is {written!r}. Give a web address, as in {OFFICIAL_API}.")
    return written.rstrip("/")


def public_url(written: str) -> str:
    """The address of a site, without a slash at its end: https, or for trials plain http to this machine."""
    parts = _address(written)
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError(f"is {written!r}. Give only the start of the address, as in https://tutor.example.")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(parts.hostname)):
        raise ValueError(f"is {written!r}. It must start with https://, so that nobody can read along.")
    return f"{parts.scheme}://{parts.netloc}"


def _address(written: str) -> SplitResult:
    try:
        parts = urlsplit(written)
        parts.port  # noqa: B018 (reading it checks it)
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def webhook_secret(written: str) -> SecretStr:
    """A word that Telegram agrees to send along."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", written):
        raise ValueError("may hold only letters A-Z, digits, _ and -, and at most 256 of them. Choose another.")
    return SecretStr(written)


def secret_key(written: str) -> SecretStr:
    """A key too long to be guessed."""
    if len(written) < KEY_LENGTH:
        raise ValueError(f"is too short. Give at least {KEY_LENGTH} characters that nobody can guess.")
    return SecretStr(written)
