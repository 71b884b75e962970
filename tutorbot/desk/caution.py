"""What in a helper's message asks for care before it is sent. Pure.

It finds and says what; who holds the message back, and who is told, is the business of the desk.
"""

import re
from enum import StrEnum

from tutorbot.desk.folding import fold
from tutorbot.desk.links import strange_link
from tutorbot.desk.secret_rules import Kind, find


class Concern(StrEnum):
    """Why a message should be looked at once more."""

    SECRET = "secret"  # noqa: S105 - asks for a password, a PIN or a code
    BANK = "bank"  # asks for bank details
    MONEY = "money"  # asks for money
    PHONE = "phone"  # holds a phone number that is no known help line
    EMAIL = "email"  # holds an email address
    LINK = "link"  # holds a link that leads outside the official hosts


_NOT = r"(?<!never )(?<!not )(?<!dont )(?<!never ever )(?<!not ever )"
_ASK = (
    rf"{_NOT}\b(?:tell|send|give|text|share|what s|what is|whats|let me|can i|i need|type|write|read)\b[^.!?\n]{{0,40}}"
)
_ASKED = {
    Concern.SECRET: re.compile(rf"{_ASK}\b(?:your|the|that|me a)\b[^.!?\n]{{0,20}}\b(?:password|pin|code|passcode)\b"),
    Concern.BANK: re.compile(rf"{_ASK}\b(?:sort code|account number|card number|bank details|card details)\b"),
    Concern.MONEY: re.compile(r"\b(?:send|pay|lend|transfer|give)\b[^.!?\n]{0,20}(?:£|\bmoney\b|\bcash\b|\bgift card)"),
}


def concerns(text: str) -> tuple[Concern, ...]:
    """What to look at in a helper's message, each once; () if nothing."""
    folded = fold(text).text.replace("'", " ").replace("’", " ")
    kinds = {kind for kind, _, _ in find(folded)}
    found = {
        **{concern: bool(pattern.search(folded)) for concern, pattern in _ASKED.items()},
        Concern.PHONE: Kind.PHONE in kinds,
        Concern.EMAIL: Kind.EMAIL in kinds,
        Concern.LINK: strange_link(text),
    }
    return tuple(concern for concern, is_so in found.items() if is_so)
