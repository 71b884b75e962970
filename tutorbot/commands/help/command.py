"""How a family of commands adds one to the parser."""

import argparse
from typing import Protocol


class Command(Protocol):
    """Begins a command: its name, what it is about, and what stands below, such as examples."""

    def __call__(self, name: str, about: str, more: str = "", /) -> argparse.ArgumentParser: ...
