"""Python's garbage collector, kept from work that finds nothing. Knows nothing of what is in memory."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """While modules are imported or lessons are read there is no garbage; to look for it takes a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # else all of it would be looked through as soon as we look again
        gc.enable()


def spare() -> None:
    """Leave what is there now alone, for it stays: to walk through it again and again takes a tenth of all CPU."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
