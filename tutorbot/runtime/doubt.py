"""An answer of a helper that may or may not have arrived: we ask the helpers, and repeat nothing. Knows no channel."""

from dataclasses import dataclass
from datetime import datetime

from tutorbot.runtime.entries import Entries
from tutorbot.runtime.ports import Transaction
from tutorbot.runtime.values import Owed


@dataclass(frozen=True, slots=True)
class Doubt:
    """Writes what the helpers are asked. Nobody leases it, so that it goes out like anything else that is owed."""

    entries: Entries

    def ask(self, tx: Transaction, answer: Owed, now: datetime) -> None:
        """Say under the ticket which answer it is, and that we do not know."""
        ticket = tx.tickets.get(answer.ticket) if answer.ticket else None
        if ticket:
            line = self.entries.line(ticket, "unsure", now, answer.message.said, media=answer.message.media)
            tx.record.write([line], None)
