"""A short word that joins the lines of the log about one turn. Knows nothing of the log, which asks for it.

It is made from the key of what came in, so the lines about a repetition of it have the same word. Nobody can tell from
it who did what.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import blake2s

_TRAIL: ContextVar[str] = ContextVar("trail", default="")


def trail() -> str:
    """The word of the turn that is under way here; "" where there is none."""
    return _TRAIL.get()


@contextmanager
def following(key: str) -> Iterator[None]:
    """What happens inside belongs to the event of this key, unless it belongs to another already."""
    if _TRAIL.get():
        yield
        return
    token = _TRAIL.set(blake2s(key.encode(errors="replace"), digest_size=4).hexdigest())
    try:
        yield
    finally:
        _TRAIL.reset(token)
