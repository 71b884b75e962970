"""Local groups. There is always one: the oldest, which is everybody's who belongs to no other."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from tutorbot.desk.group import Group
from tutorbot.store.query import Database, Query, add, given
from tutorbot.store.tables import GroupRow, table

GROUPS = table(GroupRow)
OLDEST = select(func.min(GROUPS.c.id)).scalar_subquery()
"""The group that NULL means wherever a row points at a group."""

_FIELDS = ("name", "chat", "languages", "hours", "place", "invite")
_LIST = Query(select(GROUPS).order_by(GROUPS.c.id))
_GET = Query(
    select(GROUPS).where(GROUPS.c.id == func.coalesce(func.nullif(bindparam("id", type_=GROUPS.c.id.type), 0), OLDEST))
)
_OF_INVITE = Query(select(GROUPS).where(GROUPS.c.invite == bindparam("invite")))
_OF_CHAT = Query(select(GROUPS).where(GROUPS.c.chat == bindparam("chat")).order_by(GROUPS.c.id))
_ADD = Query(add(GROUPS, *_FIELDS, "created_at").returning(GROUPS.c.id))
_SAVE = Query(update(GROUPS).where(GROUPS.c.id == bindparam("group")).values(given(*_FIELDS)))


class SqlGroups:
    """See `ports.Groups`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def list(self) -> Sequence[Group]:
        """All groups, the oldest first."""
        return [_made(row) for row in self._db.all(_LIST)]

    def get(self, group_id: int) -> Group | None:
        """The group of this id; 0 is the oldest."""
        return _group(self._db.first(_GET, id=group_id))

    def of_invite(self, invite: str) -> Group | None:
        """The group whose invite link holds this word."""
        return _group(self._db.first(_OF_INVITE, invite=invite)) if invite else None

    def of_chat(self, chat: str) -> Group | None:
        """The group whose helpers talk in this chat, as channel:id."""
        return _group(self._db.first(_OF_CHAT, chat=chat)) if chat else None

    def add(self, group: Group, now: datetime) -> int:
        """A new group; its id."""
        return int(self._db.first(_ADD, **_values(group), created_at=now).id)

    def save(self, group: Group) -> None:
        """Write all that may change of it."""
        self._db.change(_SAVE, group=group.id, **_values(group))


def _values(group: Group) -> dict[str, str]:
    return {
        "name": group.name,
        "chat": group.chat,
        "languages": " ".join(group.languages),
        "hours": group.hours,
        "place": group.place,
        "invite": group.invite,
    }


def _group(row: Any) -> Group | None:
    return None if row is None else _made(row)


def _made(row: Any) -> Group:
    return Group(row.id, row.name, row.chat, tuple(row.languages.split()), row.hours, row.place, row.invite)
