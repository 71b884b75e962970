"""Run by Alembic, on the connection that `tutorbot.store.schema` hands over. Never on its own."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import UTCDateTime

import tutorbot.store.rights_tables  # noqa: F401 (makes its tables a part of the schema)
from tutorbot.store.columns import Words, Written
from tutorbot.store.tables import Row


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write a column's type as what it is in the database, so that a version never depends on our code."""
    if kind == "type" and isinstance(item, Words | Written):
        return "sa.Text()"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,  # SQLite changes a table only by copying it
    render_item=render_item,
    on_version_apply=context.config.attributes.get("on_version_apply"),
)
with context.begin_transaction():
    context.run_migrations()
