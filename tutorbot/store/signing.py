"""How helpers sign in to the web desk: one-time links, and the sessions that they open. Only digests are kept."""

from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select, update

from tutorbot.store.query import Database, Query, add
from tutorbot.store.tables import LinkRow, SessionRow, table

LINKS = table(LinkRow)
SESSIONS = table(SessionRow)

_ADD_LINK = Query(add(LINKS, "digest", "name", "helper", "expires_at"))
_USE_LINK = Query(
    update(LINKS)
    .where(
        LINKS.c.digest == bindparam("secret"),
        LINKS.c.used_at.is_(None),
        LINKS.c.expires_at > bindparam("now"),
        LINKS.c.helper.is_not(None),
    )
    .values(used_at=bindparam("now"))
    .returning(LINKS.c.helper)
)
_OPEN = Query(add(SESSIONS, "digest", "helper", "expires_at"))
_HELPER_OF = Query(
    select(SESSIONS.c.helper).where(SESSIONS.c.digest == bindparam("secret"), SESSIONS.c.expires_at > bindparam("now"))
)
_CLOSE = Query(delete(SESSIONS).where(SESSIONS.c.digest == bindparam("secret")))
_REVOKE = Query(delete(SESSIONS).where(SESSIONS.c.helper == bindparam("helper")))
_REVOKE_LINKS = Query(delete(LINKS).where(LINKS.c.helper == bindparam("helper")))
_FORGET = Query(delete(SESSIONS).where(SESSIONS.c.expires_at <= bindparam("now")))
_FORGET_LINKS = Query(delete(LINKS).where(or_(LINKS.c.expires_at <= bindparam("now"), LINKS.c.used_at.is_not(None))))


class SqlSigning:
    """See `ports.Signing`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add_link(self, helper_id: int, digest: str, expires_at: datetime) -> None:
        """Keep the digest of a one-time link that signs in this helper."""
        self._db.change(_ADD_LINK, digest=digest, name="", helper=helper_id, expires_at=expires_at)

    def use_link(self, digest: str, now: datetime) -> int | None:
        """The helper of a link not used and not expired; it is used from now on."""
        row = self._db.first(_USE_LINK, secret=digest, now=now)
        return None if row is None else int(row.helper)

    def open(self, helper_id: int, digest: str, expires_at: datetime) -> None:
        """A session begins."""
        self._db.change(_OPEN, digest=digest, helper=helper_id, expires_at=expires_at)

    def helper_of(self, digest: str, now: datetime) -> int | None:
        """The helper of a session that has not ended."""
        row = self._db.first(_HELPER_OF, secret=digest, now=now)
        return None if row is None else int(row.helper)

    def close(self, digest: str) -> None:
        """A session ends."""
        self._db.change(_CLOSE, secret=digest)

    def revoke(self, helper_id: int) -> int:
        """All sessions of a helper end, and links not yet used are worth nothing; how many sessions."""
        self._db.change(_REVOKE_LINKS, helper=helper_id)
        return self._db.change(_REVOKE, helper=helper_id)

    def forget(self, now: datetime) -> int:
        """Forget sessions and links that have ended; how many."""
        return self._db.change(_FORGET, now=now) + self._db.change(_FORGET_LINKS, now=now)
