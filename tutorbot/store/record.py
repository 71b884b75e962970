"""What was said, and by whom: the transcript, and with what is owed the outbox."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, literal, literal_column, or_, select

from tutorbot.runtime.live import bells
from tutorbot.runtime.values import Address, Author, Entry, Kind, Lease, NewEntry, Owed, settled
from tutorbot.store.query import Database, Query
from tutorbot.store.tables import EntryRow, table

ENTRIES = table(EntryRow)
AT_ONCE = 50  # entries in one statement

_COLUMNS = (
    *("address", "author", "name", "message", "at", "learner", "ticket", "kind", "ref"),
    *("due_at", "worker", "leased_until", "tries", "error", "unsure", "source"),
)
_ABOUT = "entry:"  # how an entry that edits or deletes another says which


@cache
def _add(count: int) -> Query:
    """Adds so many rows; the values of the first are named `address_0` and so on."""
    rows: list[dict[str, Any]] = [
        {name: bindparam(f"{name}_{place}", type_=ENTRIES.c[name].type) for name in _COLUMNS} for place in range(count)
    ]
    return Query(insert(ENTRIES).values(rows).returning(ENTRIES.c.id))


# Older, still owed, and not in the hands of this worker: what is new has to wait behind it. The hint: SQLite holds the
# index of all that was ever said in a chat to be as good as that of what is owed to it, and takes whichever is younger.
_BEFORE = Query(
    select(literal_column("1").label("one"))
    .with_hint(ENTRIES, "INDEXED BY ix_entries_owed", "sqlite")
    .where(
        ENTRIES.c.address == bindparam("address"),
        ENTRIES.c.due_at.is_not(None),
        or_(
            ENTRIES.c.leased_until.is_(None),
            ENTRIES.c.leased_until <= bindparam("now"),
            ENTRIES.c.worker != bindparam("worker"),
        ),
    )
    .limit(literal_column("1"))
)
SHOWN = ("id", "author", "message", "at", "name", "ticket", "kind", "source")
_READ = select(*(ENTRIES.c[name] for name in SHOWN)).where(ENTRIES.c.id > bindparam("after"))
_OF_CHAT = Query(
    _READ.where(ENTRIES.c.address == bindparam("address"), ENTRIES.c.author != Author.NOTE.value)
    .order_by(ENTRIES.c.id.desc())
    .limit(bindparam("limit"))
)
_OF_TICKET = Query(
    _READ.where(
        ENTRIES.c.ticket == bindparam("ticket"),
        or_(*(ENTRIES.c.author == author.value for author in (Author.LEARNER, Author.HELPER, Author.NOTE))),
    ).order_by(ENTRIES.c.id)
)
_TICKET = (
    select(ENTRIES.c.ticket)
    .where(ENTRIES.c.address == bindparam("address"), ENTRIES.c.ticket.is_not(None))
    .order_by(ENTRIES.c.id.desc())
    .limit(literal_column("1"))
)
_OF_REF = Query(_TICKET.where(ENTRIES.c.ref == bindparam("ref")))
_OF_PART = Query(  # of a message in several parts: rare, and so without an index of its own
    _TICKET.where(literal(" ").concat(ENTRIES.c.ref).concat(" ").contains(bindparam("word")))
)
_OF_SOURCE = Query(
    _READ.where(
        ENTRIES.c.source == bindparam("source"),
        ENTRIES.c.source != literal_column("''"),  # as in the index, which else would not be used
        ENTRIES.c.author == bindparam("author"),
    )
    .order_by(ENTRIES.c.id.desc())
    .limit(literal_column("1"))
)
_SAID_AT = Query(
    _READ.where(
        ENTRIES.c.address == bindparam("address"),
        ENTRIES.c.ref == bindparam("ref"),
        ENTRIES.c.author == Author.LEARNER.value,
    ).order_by(ENTRIES.c.id)
)
_TOLD = ENTRIES.alias("told")
_SENT_WITH = Query(
    _READ.where(
        ENTRIES.c.ref != "",
        *(
            ENTRIES.c[name] == select(_TOLD.c[name]).where(_TOLD.c.id == bindparam("id")).scalar_subquery()
            for name in ("address", "ref", "ticket")
        ),
    ).order_by(ENTRIES.c.id)
)
_REF = Query(  # where an edit could not stand in the old message, it is in a newer one
    select(ENTRIES.c.ref)
    .where(
        or_(ENTRIES.c.id == bindparam("id"), ENTRIES.c.source == bindparam("edits")),
        ENTRIES.c.address == bindparam("address"),
        ENTRIES.c.ref != "",
    )
    .order_by(ENTRIES.c.id.desc())
    .limit(literal_column("1"))
)


class SqlRecord:
    """See `ports.Record`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def write(self, entries: Sequence[NewEntry], lease: Lease | None = None) -> Sequence[Owed]:
        """Write entries, in this order. Returns those owed that the lease-holder may send at once."""
        free = self._free_chats(entries, lease) if lease else set()
        held = [lease if entry.owed and entry.to in free else None for entry in entries]
        rows = [_values(entry, by) for entry, by in zip(entries, held, strict=True)]
        ids = [id_ for start in range(0, len(rows), AT_ONCE) for id_ in self._add(rows[start : start + AT_ONCE])]
        self._db.tell(bells(entries, taken=lease is not None))
        return [_owed(id_, entry, by) for id_, entry, by in zip(ids, entries, held, strict=True) if by]

    def _add(self, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Their ids, in order: they grow as the rows are added."""
        values = {f"{name}_{place}": value for place, row in enumerate(rows) for name, value in row.items()}
        return sorted(row.id for row in self._db.all(_add(len(rows)), **values))

    def _free_chats(self, entries: Iterable[NewEntry], lease: Lease) -> set[Address]:
        """The chats of these entries where nothing older must go first."""
        oldest = {entry.to: entry.at for entry in reversed([*entries]) if entry.owed}
        return {
            chat
            for chat, now in oldest.items()
            if not self._db.all(_BEFORE, address=str(chat), worker=lease.worker, now=now)
        }

    def of_chat(self, address: Address, after: int = 0, limit: int = 200) -> Sequence[Entry]:
        """One chat without notes: the newest `limit` entries with an id above `after`, oldest first."""
        rows = self._db.all(_OF_CHAT, address=str(address), after=after, limit=limit)
        return [entry_of(row) for row in reversed(rows)]

    def of_ticket(self, ticket_id: int, after: int = 0) -> Sequence[Entry]:
        """What learner and helpers wrote under a ticket, notes included, oldest first."""
        return [entry_of(row) for row in self._db.all(_OF_TICKET, ticket=ticket_id, after=after)]

    def ticket_of_ref(self, address: Address, ref: str) -> int | None:
        """The ticket of the entry with this channel's own id in this chat, or with a part that has it."""
        row = self._db.first(_OF_REF, address=str(address), ref=ref)
        row = row or self._db.first(_OF_PART, address=str(address), word=f" {ref} ")
        return None if row is None else int(row.ticket)

    def of_source(self, source: str, author: Author = Author.HELPER) -> Entry | None:
        """The entry that passes this message on: a helper's answer, a learner's words, or our line to the helpers."""
        row = self._db.first(_OF_SOURCE, source=source, author=author.value, after=0) if source else None
        return None if row is None else entry_of(row)

    def said_at(self, address: Address, ref: str) -> Sequence[str]:
        """What a learner said in this message of theirs, as it reads now: its words, or those below a picture."""
        rows = self._db.all(_SAID_AT, address=str(address), ref=ref, after=0)
        return [entry.message.said for entry in settled([entry_of(row) for row in rows])]

    def sent_with(self, entry_id: int) -> Sequence[Entry]:
        """All that stands in the message in which an entry was delivered, as it reads now; nothing if it was not."""
        return settled([entry_of(row) for row in self._db.all(_SENT_WITH, id=entry_id, after=0)])

    def ref_of(self, entry_id: int, address: Address) -> str:
        """The channel's own ids of an entry in this chat, as it reads now; "" if it was not delivered there."""
        row = self._db.first(_REF, id=entry_id, edits=f"{_ABOUT}{entry_id}", address=str(address))
        return "" if row is None else str(row.ref)


def _values(entry: NewEntry, lease: Lease | None) -> dict[str, Any]:
    return {
        "address": str(entry.to),
        "author": entry.author.value,
        "name": entry.name,
        "message": entry.message,
        "at": entry.at,
        "learner": entry.learner,
        "ticket": entry.ticket,
        "kind": entry.kind.value,
        "ref": entry.ref,
        "due_at": entry.at if entry.owed else None,
        "worker": lease.worker if lease else None,
        "leased_until": lease.until if lease else None,
        "tries": 0,
        "error": "",
        "unsure": False,
        "source": f"{_ABOUT}{entry.of}" if entry.of else entry.source,
    }


def _owed(id_: int, entry: NewEntry, lease: Lease) -> Owed:
    owed = Owed(id_, entry.to, entry.kind, entry.message, lease.until, entry.author, entry.ref, entry.ticket)
    return replace(owed, of=entry.of)


def entry_of(row: Any) -> Entry:
    """The entry of a row."""
    about = about_of(row.source)
    return Entry(row.id, Author(row.author), row.message, row.at, row.name, row.ticket, Kind(row.kind), about)


def about_of(source: str) -> int:
    """The entry that an entry with this source edits or deletes; 0 if it stands for itself."""
    return int(source.removeprefix(_ABOUT)) if source.startswith(_ABOUT) else 0
