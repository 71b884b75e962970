"""Helpers, and the one-time links with which they sign in at the web desk."""

from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from tutorbot.desk.ticket import Helper
from tutorbot.runtime.values import Address
from tutorbot.store.query import Database, Query, add, put
from tutorbot.store.tables import HelperRow, LinkRow, table

HELPERS = table(HelperRow)
LINKS = table(LinkRow)

_AT = Query(put(HELPERS, "address", always=["name", "seen_at"]).returning(HELPERS.c.id, HELPERS.c.name))
_ABOUT = Query(select(func.count().label("count")).where(HELPERS.c.seen_at > bindparam("since")))
_ADD_LINK = Query(add(LINKS, "digest", "name", "expires_at"))
_USE_LINK = Query(
    update(LINKS)
    .where(
        LINKS.c.digest == bindparam("secret"),
        LINKS.c.used_at.is_(None),
        LINKS.c.expires_at > bindparam("now"),
    )
    .values(used_at=bindparam("now"))
    .returning(LINKS.c.name)
)


class SqlHelpers:
    """See `ports.Helpers`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def at(self, address: Address, name: str, now: datetime) -> Helper:
        """The helper of this address, made if new; name and when they were seen are brought up to date."""
        row = self._db.first(_AT, address=str(address), name=name, seen_at=now)
        return Helper(row.id, row.name)

    def about(self, since: datetime) -> int:
        """How many helpers were seen later than this."""
        return int(self._db.first(_ABOUT, since=since).count)

    def add_link(self, name: str, digest: str, expires_at: datetime) -> None:
        """Keep the digest of a one-time link that signs in the helper of this name."""
        self._db.change(_ADD_LINK, digest=digest, name=name, expires_at=expires_at)

    def use_link(self, digest: str, now: datetime) -> str | None:
        """The name in a link not used and not expired; it is used from now on."""
        row = self._db.first(_USE_LINK, secret=digest, now=now)
        return None if row is None else str(row.name)
