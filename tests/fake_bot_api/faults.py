"""What can go wrong with the next call of a method."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Refused(Exception):
    """The call is answered with an error, as the Bot API words it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Trouble(StrEnum):
    """The kinds of fault."""

    REFUSE = "refuse"  # an error instead of carrying it out
    HANG = "hang"  # no answer for as long as the caller waits
    RESET = "reset"  # the connection breaks


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, for one call."""

    trouble: Trouble
    code: int = 0
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    after: bool = False  # the call is carried out first, only its answer is lost


def flood(seconds: int) -> Fault:
    """429: wait so many seconds."""
    description = f"Too Many Requests: retry after {seconds}"
    return Fault(Trouble.REFUSE, 429, description, {"retry_after": seconds})


def refuse(code: int, description: str) -> Fault:
    """Any other error."""
    return Fault(Trouble.REFUSE, code, description)


def hang(*, after: bool = False) -> Fault:
    """No answer; with `after`, though the call was carried out."""
    return Fault(Trouble.HANG, after=after)


def reset(*, after: bool = False) -> Fault:
    """A broken connection; with `after`, though the call was carried out."""
    return Fault(Trouble.RESET, after=after)
