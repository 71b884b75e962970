"""The files in which settings are kept: `.env`, and the secret key in the data folder, made there if it is not."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from dotenv import dotenv_values

from tutorbot.config_checks import KEY_LENGTH
from tutorbot.errors import SettingError


def read_env_file(path: Path) -> Mapping[str, str | None]:
    """The variables of a `.env` file; none if it is not there."""
    try:
        return dotenv_values(path, interpolate=False, encoding="utf-8-sig")  # editors on Windows put a mark in front
    except (OSError, UnicodeError) as error:
        raise SettingError(f"{path} cannot be read ({error}). Save it as plain text in UTF-8.") from None


def kept_key(folder: Path) -> str:
    """The secret key kept in this folder, made if there is none."""
    path = folder / "secret_key"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_new(path, secrets.token_urlsafe(KEY_LENGTH))
        key = path.read_text("ascii").strip()
    except (OSError, ValueError) as error:
        raise SettingError(f"TUTORBOT_DATA is {str(folder)!r}, where we cannot keep a file ({error}).") from None
    if len(key) < KEY_LENGTH:
        raise SettingError(f"{path} holds no secret key. If it stays so, delete it: a new one will be made.")
    return key


def _write_new(path: Path, text: str) -> None:
    """Write a file that only we may read; if somebody else was first, theirs stays."""
    with suppress(FileExistsError), open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(text)
