"""What the web is made of: handed in by `bootstrap`, or hand-made by a test."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe
from typing import Protocol

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from tutorbot.curriculum.library import Curriculum
from tutorbot.runtime.conversation import Conversation
from tutorbot.runtime.desk import Desk
from tutorbot.runtime.live import Live
from tutorbot.runtime.ports import Store
from tutorbot.runtime.pulse import Pulse
from tutorbot.tutor.keep import Keep


class Library(Protocol):
    """The lessons as they are on disk at this moment."""

    @property
    def curriculum(self) -> Curriculum:
        """All that can be taught."""
        ...

    def picture(self, name: str) -> Path | None:
        """The file of a picture by its name on a card; None if no lesson has such a picture."""
        ...


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything the pages need."""

    store: Store
    conversation: Conversation
    desk: Desk
    live: Live
    library: Library
    docs: Path  # the folder with privacy.md, help.md and helpers.md
    secret_key: str  # signs cookies
    public_url: str = ""  # as people type it; with https, cookies are sent over https only
    clock: Callable[[], datetime] = _now
    chance: Callable[[], str] = token_urlsafe  # a new word that nobody can guess
    keep: Keep = field(default_factory=Keep)  # the times that people are told
    extra: Sequence[BaseRoute] = ()  # routes of others, as the numbers for Prometheus
    pulse: Pulse = field(default_factory=Pulse)  # of the parts that run beside the pages
    lifespan: Callable[[Starlette], AbstractAsyncContextManager[None]] | None = None
