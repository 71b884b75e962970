"""Answers of helpers that are held until they press a second time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from tutorbot.messages.message import Message
from tutorbot.runtime.values import Held
from tutorbot.store.query import Database, Query, add
from tutorbot.store.tables import HeldRow, table

HELD = table(HeldRow)

_ADD = Query(add(HELD, "ticket", "helper", "message", "source", "at").returning(HELD.c.id))
_GET = Query(select(HELD).where(HELD.c.id == bindparam("id")))
_OF_TICKET = Query(select(HELD).where(HELD.c.ticket == bindparam("ticket")).order_by(HELD.c.id))
_DROP = Query(delete(HELD).where(HELD.c.id == bindparam("id")))


class SqlHeld:
    """See `ports.HeldAnswers`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, ticket_id: int, helper_id: int, message: Message, source: str, now: datetime) -> int:
        """Hold an answer; its number."""
        row = self._db.first(_ADD, ticket=ticket_id, helper=helper_id, message=message, source=source, at=now)
        return int(row.id)

    def get(self, held_id: int) -> Held | None:
        """The answer of this number, if it is still held."""
        row = self._db.first(_GET, id=held_id)
        return None if row is None else _made(row)

    def of_ticket(self, ticket_id: int) -> Sequence[Held]:
        """What is held of a ticket, oldest first."""
        return [_made(row) for row in self._db.all(_OF_TICKET, ticket=ticket_id)]

    def drop(self, held_id: int) -> bool:
        """It is held no more. False if it was not: somebody pressed twice."""
        return self._db.change(_DROP, id=held_id) == 1


def _made(row: Any) -> Held:
    return Held(row.id, row.ticket, row.helper, row.message, row.source)
