"""All checks, in the order in which things are needed."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tutorbot.doctor.database import database
from tutorbot.doctor.finding import Finding, Health
from tutorbot.doctor.lessons import lessons
from tutorbot.doctor.machine import clock, disk, rights
from tutorbot.doctor.telegram import telegram
from tutorbot.upkeep.place import Place


@dataclass(frozen=True, slots=True)
class House:
    """What is examined."""

    place: Place
    lessons: Path
    token: str  # "" where there is no Telegram
    api_url: str
    group: int | None  # the helpers' chat
    public_url: str  # "" where we ask Telegram
    secrets: Sequence[Path] = ()  # other files that hold secrets


def examine(house: House) -> list[Finding]:
    """Everything."""
    place = house.place
    found = [disk(place), rights(place, house.secrets), *database(place.url), lessons(house.lessons)]
    if house.token:
        return [*found, *asyncio.run(_outside(house))]
    todo = "To use Telegram, set TUTORBOT_TELEGRAM_TOKEN."
    return [*found, Finding("telegram", Health.NOTE, "It is off; learners use the web chat.", todo)]


async def _outside(house: House) -> list[Finding]:
    return [
        *await clock(house.api_url),
        *await telegram(house.token, house.api_url, house.group, house.public_url),
    ]
