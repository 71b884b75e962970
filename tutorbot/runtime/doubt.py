"""An answer of a helper that may or may not have arrived: we ask the helpers, and repeat nothing by ourselves.

Such an answer is marked before it is sent, so that one whose sender died in that moment counts as doubtful too. Only
what one person says to another is marked: a card that comes twice does no harm, and every other message is spared the
mark. A learner's words to the helpers are not marked either: they are repeated until we know that they are there, for
helpers who read them twice lose nothing, and who is not read waits in vain. Knows no channel.
"""

from dataclasses import dataclass
from datetime import datetime

from tutorbot.errors import TransportError
from tutorbot.runtime.entries import Entries
from tutorbot.runtime.live import Live
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.values import Author, Kind, Owed
from tutorbot.tutor.actions import join
from tutorbot.tutor.replies import Choice

SEND_AGAIN, ARRIVED = "sendagain", "arrived"
"""What the buttons below the question do; the number is that of the answer."""


def is_answer(owed: Owed) -> bool:
    """Whether these are a helper's words, which nobody should get twice."""
    return owed.author is Author.HELPER and owed.kind is Kind.SAY


def never_heard() -> TransportError:
    """Somebody was sending it, and died."""
    return TransportError("whoever sent it ended before it was known whether it arrived", unsure=True)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Writes what the helpers are asked. Nobody leases it, so that it goes out like anything else that is owed."""

    entries: Entries
    live: Live

    def ask(self, tx: Transaction, answer: Owed, now: datetime) -> None:
        """Say under the ticket which answer it is, and that we do not know."""
        ticket = tx.tickets.get(answer.ticket) if answer.ticket else None
        if ticket:
            choices = tuple(Choice(join(verb, answer.id)) for verb in (SEND_AGAIN, ARRIVED))
            media = answer.message.media
            album = bool(media and media.album)  # which takes no buttons
            said = answer.message.said
            copy = None if album else media
            line = self.entries.line(ticket, "unsure", now, said, copy, choices, album=album)
            tx.record.write([line], None)

    def asked(self, answer: Owed) -> None:
        """The question is written: open pages show it."""
        self.live.publish("desk", f"ticket:{answer.ticket}")
