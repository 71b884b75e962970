"""Helpers: who is at the desk, what they may do, when they are there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from tutorbot.desk.helper import Helper, Role
from tutorbot.runtime.values import Address
from tutorbot.store.groups import OLDEST
from tutorbot.store.query import Database, Query, given, put
from tutorbot.store.tables import HelperRow, table

HELPERS = table(HelperRow)

_GROUP = func.coalesce(HELPERS.c.group_id, OLDEST)
_HAS_JOINED = (HELPERS.c.joined_at.is_not(None), HELPERS.c.left_at.is_(None))
_READ = select(HELPERS, _GROUP.label("in_group"))
_SEEN = Query(put(HELPERS, "address", always=["name", "seen_at"]).returning(HELPERS.c.id))
_GET = Query(_READ.where(HELPERS.c.id == bindparam("id")))
_OF_ADDRESS = Query(_READ.where(HELPERS.c.address == bindparam("address")))
_OF_GROUP = Query(_READ.where(*_HAS_JOINED, bindparam("group") == _GROUP).order_by(HELPERS.c.id))
_ADDRESS = Query(select(HELPERS.c.address).where(HELPERS.c.id == bindparam("id")))
_JOIN = Query(
    update(HELPERS)
    .where(HELPERS.c.id == bindparam("helper"))
    .values(given("joined_at", "group_id") | {"left_at": None, "here": True})
)
_LEAVE = Query(update(HELPERS).where(HELPERS.c.id == bindparam("helper"), *_HAS_JOINED).values(given("left_at")))
_SAVE = Query(
    update(HELPERS)
    .where(HELPERS.c.id == bindparam("helper"))
    .values(given("role", "group_id", "here", "lead", "languages", "hours"))
)
_NAME = Query(update(HELPERS).where(HELPERS.c.id == bindparam("helper")).values(given("own_name")))


class SqlHelpers:
    """See `ports.Helpers`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def at(self, address: Address, name: str, now: datetime) -> Helper:
        """The helper of this address, made if new; name and when they were seen are brought up to date."""
        row = self._db.first(_SEEN, address=str(address), name=name, seen_at=now)
        return _made(self._db.first(_GET, id=row.id))

    def get(self, helper_id: int) -> Helper | None:
        """The helper of this id, whether or not they have joined."""
        return _helper(self._db.first(_GET, id=helper_id))

    def of_address(self, address: Address) -> Helper | None:
        """The helper of this address, whether or not they have joined."""
        return _helper(self._db.first(_OF_ADDRESS, address=str(address)))

    def of_group(self, group_id: int) -> Sequence[Helper]:
        """Those who have joined this group and not left it, longest known first."""
        return [_made(row) for row in self._db.all(_OF_GROUP, group=group_id)]

    def address_of(self, helper_id: int) -> Address:
        """Where they can be told something alone."""
        return Address.parse(self._db.first(_ADDRESS, id=helper_id).address)

    def join(self, helper_id: int, group_id: int, now: datetime) -> None:
        """They have joined the desk of this group, and are here."""
        self._db.change(_JOIN, helper=helper_id, group_id=group_id, joined_at=now)

    def leave(self, helper_id: int, now: datetime) -> bool:
        """They have left the desk. False if they were not there."""
        return self._db.change(_LEAVE, helper=helper_id, left_at=now) == 1

    def name(self, helper_id: int, own: str) -> None:
        """The first name that they chose; "": the one that the channel tells."""
        self._db.change(_NAME, helper=helper_id, own_name=own)

    def save(self, helper: Helper) -> None:
        """Write all that may change of somebody who has joined: role, group, presence, languages, hours."""
        self._db.change(
            _SAVE,
            helper=helper.id,
            role=helper.role.value,
            group_id=helper.group,
            here=helper.here,
            lead=helper.lead,
            languages=" ".join(helper.languages),
            hours=helper.hours,
        )


def _helper(row: Any) -> Helper | None:
    return None if row is None else _made(row)


def _made(row: Any) -> Helper:
    return Helper(
        id=row.id,
        name=row.own_name or row.name,
        role=Role(row.role),
        group=row.in_group,
        joined=row.joined_at is not None and row.left_at is None,
        here=row.here,
        lead=row.lead,
        languages=tuple(row.languages.split()),
        hours=row.hours,
        seen_at=row.seen_at,
    )
