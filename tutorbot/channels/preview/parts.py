"""What the preview is made of: handed in by `bootstrap`, or hand-made by a test."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_urlsafe

from tutorbot.channels.preview.shelf import Shelf
from tutorbot.messages.renderer import Renderer
from tutorbot.runtime.live import Live


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything the pages need."""

    shelf: Shelf
    renderer: Renderer = field(default_factory=Renderer)
    live: Live = field(default_factory=Live)
    clock: Callable[[], datetime] = _now
    chance: Callable[[], str] = token_urlsafe  # a new word for each open page
