"""What stands in a text where something was hidden from it: `⟦card⟧`, the kind between two rare brackets.

It is the same in every language, so that it can be kept and counted; the words are made when it is shown, by
`tutorbot.messages.hidden`. What the kinds are, `tutorbot.desk.redaction` says.
"""

import re

OPEN, SHUT = "⟦", "⟧"
MARK = re.compile(f"{OPEN}([a-z]+){SHUT}")


def mark(kind: str) -> str:
    """What stands in the place of something of this kind."""
    return f"{OPEN}{kind}{SHUT}"


def kinds_in(text: str) -> tuple[str, ...]:
    """The kinds of what was hidden from the text, in order, each once."""
    return tuple(dict.fromkeys(MARK.findall(text)))


def unmarked(text: str) -> str:
    """The text without its marks."""
    return MARK.sub(" ", text)


def cut(text: str, limit: int) -> str:
    """The first letters of a text, at most `limit`, and never half a mark."""
    kept = text[:limit]
    opened = kept.rfind(OPEN)
    return kept[:opened] if opened > kept.rfind(SHUT) and MARK.match(text, opened) else kept
