"""Looks at the machine: room on its disk, who else can read what is ours, and its clock."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

import aiohttp

from tutorbot.doctor.finding import Finding, Health, span
from tutorbot.store.urls import parse, path_of
from tutorbot.upkeep.place import Place
from tutorbot.upkeep.privacy import exposed

_GIGABYTE: Final = 10**9
_LITTLE, _TOO_LITTLE = _GIGABYTE, _GIGABYTE // 5  # free, in bytes
_OFF: Final = timedelta(seconds=30)  # that a clock may be off
PATIENCE: Final = aiohttp.ClientTimeout(total=5)


def disk(place: Place) -> Finding:
    """Whether there is room for what people will write."""
    folder = (path_of(parse(place.url)) or place.data / "any").absolute().parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    says = f"{free / _GIGABYTE:.1f} GB are free on the disk of {folder}."
    if free >= _LITTLE:
        return Finding("disk", Health.GOOD, says)
    todo = "Make room: delete old backups and logs. A full disk stops the tutor."
    return Finding("disk", Health.PROBLEM if free < _TOO_LITTLE else Health.NOTE, says, todo)


def rights(place: Place, more: Sequence[Path]) -> Finding:
    """Whether others on this machine can read what is ours. `more`: other files that hold secrets."""
    found = exposed(place, more)
    if not found:
        return Finding("privacy", Health.GOOD, "What is kept here is closed to other users of this machine.")
    says = f"Other users of this machine can read {', '.join(map(str, found))}."
    return Finding("privacy", Health.PROBLEM, says, f"Run: chmod go= {' '.join(map(str, found))}")


async def clock(url: str) -> list[Finding]:
    """Whether our clock agrees with Telegram's; nothing, if Telegram does not tell the time."""
    told = await _date(url)
    if told is None:
        return []
    off = abs(datetime.now(UTC) - told)
    if off <= _OFF:
        return [Finding("clock", Health.GOOD, "It agrees with Telegram's.")]
    todo = "Let the machine set its clock by the network. On Linux: sudo timedatectl set-ntp true"
    return [Finding("clock", Health.NOTE, f"It is {span(off)} off.", todo)]


async def _date(url: str) -> datetime | None:
    """What time it is there, by the head of an answer. The token is not in this call."""
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.get(url, allow_redirects=False) as answer,
        ):
            return parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, OSError, KeyError, ValueError):
        return None
