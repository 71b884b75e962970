"""The bots that are compared: what each is called, and with which programs it is started. Starts nothing itself."""

import os
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.lessons import write_lessons
from benchmarks.server import TOKEN

CHECKOUT = Path(__file__).resolve().parent.parent
LESSONS = 20
SECRET = "the same for all processes of one bot, and long enough"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bot is to run."""

    api: str  # URL of its Bot API
    folder: Path
    database: str = ""  # URL of a PostgreSQL; "": SQLite in the folder


@dataclass(frozen=True, slots=True)
class Program:
    """One process of a bot."""

    arguments: Sequence[str]  # of Python
    variables: Mapping[str, str]  # of the environment
    port: int = 0  # where it takes Telegram's calls; 0: nowhere


@dataclass(frozen=True, slots=True)
class Kind:
    """A bot to compare."""

    name: str
    programs: Callable[[Place], Sequence[Program]]
    on_postgres: bool = False


def _ours(
    place: Place,
    commands: Sequence[str] = ("run",),
    *,
    webhook: bool = False,
    lessons: int = LESSONS,
    real: bool = False,
) -> Sequence[Program]:
    folder = CHECKOUT / "lessons" if real else place.folder / "lessons"
    if not folder.exists():
        write_lessons(folder, lessons)
    ports = [0 if command == "worker" else _free_port() for command in commands]
    settings = _environment() | {
        "DATABASE_URL": place.database,
        "TUTORBOT_DATA": str(place.folder),
        "TUTORBOT_LESSONS": str(folder),
        "TUTORBOT_TELEGRAM_TOKEN": TOKEN,
        "TUTORBOT_TELEGRAM_API_URL": place.api,
        "TUTORBOT_TELEGRAM_PACE": "1000",
        "TUTORBOT_LEARNER_PACE": "1000000",  # ours press faster than anybody reads
        "TUTORBOT_SECRET_KEY": SECRET,
        "TUTORBOT_PUBLIC_URL": f"http://127.0.0.1:{ports[0]}" if webhook else "",
        "HOST": "127.0.0.1",
    }
    return [
        Program(("-m", "tutorbot", command), settings | {"PORT": str(port or "")}, port)
        for command, port in zip(commands, ports, strict=True)
    ]


def _bare(place: Place, transport: str, order: str) -> Sequence[Program]:
    return [Program(("-m", "benchmarks.bare_bot", place.api, TOKEN, transport, order), _environment())]


def _environment() -> dict[str, str]:
    """Ours, without any setting of Tutorbot's. Python keeps what it compiles, as it does for whoever installs us."""
    left = ("TUTORBOT_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left)}
    return {**kept, "DATABASE_URL": "", "PORT": "", "TUTORBOT_TELEGRAM_HELPERS_CHAT": ""}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


_by_webhook = partial(_ours, webhook=True)

POLLING = Kind("Tutorbot, SQLite, polling", _ours)
WEBHOOK = Kind("Tutorbot, SQLite, webhook", _by_webhook)
PG_POLLING = Kind("Tutorbot, PostgreSQL, polling", _ours, on_postgres=True)
PG_WEBHOOK = Kind("Tutorbot, PostgreSQL, webhook", _by_webhook, on_postgres=True)
PG_TWO = Kind(
    "Tutorbot, PostgreSQL, webhook, two webs and a worker",
    partial(_by_webhook, commands=("web", "web", "worker")),
    on_postgres=True,
)
BARE = Kind("bare, as pip installs it", partial(_bare, transport="httpx", order="sequential"))
BARE_CONCURRENT = Kind("bare, as pip installs it, concurrent", partial(_bare, transport="httpx", order="concurrent"))
BARE_AIOHTTP = Kind("bare, on aiohttp, concurrent", partial(_bare, transport="aiohttp", order="concurrent"))

SINGLE = (POLLING, WEBHOOK, PG_POLLING, PG_WEBHOOK)  # ours, in one process each
BARES = (BARE, BARE_CONCURRENT, BARE_AIOHTTP)
ALL = (*SINGLE, PG_TWO, *BARES)


def with_lessons(count: int) -> Kind:
    """Ours with so many lessons; 0: the real ones."""
    name = f"{count:,} made lessons" if count else "the lessons of the project"
    return Kind(name, partial(_ours, lessons=count, real=count == 0))
