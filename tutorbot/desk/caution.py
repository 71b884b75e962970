"""What in a helper's message asks for care before it is sent. Pure.

It finds and says what; who holds the message back, and who is told, is the business of the desk.
"""

import re
from enum import StrEnum

from tutorbot.desk import caution_words as words
from tutorbot.desk.folding import fold
from tutorbot.desk.links import has_strange_link
from tutorbot.desk.secret_rules import Kind, find


class Concern(StrEnum):
    """Why a message should be looked at once more."""

    SECRET = "secret"  # noqa: S105 - asks for a password, a PIN or a code
    BANK = "bank"  # asks for bank details
    PERSONAL = "personal"  # asks for a phone number, an address, a date of birth or a National Insurance number
    MONEY = "money"  # asks for money
    PHONE = "phone"  # holds a phone number that is no known help line
    EMAIL = "email"  # holds an email address
    LINK = "link"  # holds a link that leads outside the official hosts


_ASKS = {
    Concern.SECRET: re.compile(words.SECRET),
    Concern.BANK: re.compile(words.BANK),
    Concern.PERSONAL: re.compile(words.PERSONAL),
    Concern.MONEY: re.compile(words.MONEY),
}
_WARNED, _ELSEWHERE, _HERE, _CLAUSE = map(re.compile, (words.WARNED, words.ELSEWHERE, words.HERE, words.CLAUSE))


def concerns(text: str) -> tuple[Concern, ...]:
    """What to look at in a helper's message, each once; () if nothing."""
    folded = fold(text).text
    kinds = {kind for kind, _, _ in find(folded)}
    clauses = _CLAUSE.split(folded.replace("'", "").replace("’", ""))
    held = {concern: any(_asks(pattern, clause) for clause in clauses) for concern, pattern in _ASKS.items()}
    held |= {
        Concern.PHONE: Kind.PHONE in kinds,
        Concern.EMAIL: Kind.EMAIL in kinds,
        Concern.LINK: has_strange_link(text),
    }
    return tuple(concern for concern, is_so in held.items() if is_so)


def _asks(pattern: re.Pattern[str], clause: str) -> bool:
    """Whether the clause asks for it, here and for oneself."""
    found = pattern.search(clause)
    if found is None or _WARNED.search(clause[max(0, found.start() - 60) : found.start()]):
        return False
    rest = clause[found.start() :]
    return bool(_HERE.search(rest)) or not _ELSEWHERE.search(rest)
