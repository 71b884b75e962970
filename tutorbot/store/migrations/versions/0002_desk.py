"""Groups, roles, timers and an audit of the helpers' desk.

Goes forward only. Every new column may be left out, so that a program from before goes on writing meanwhile.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Bring the database from `down_revision` to `revision`."""
    groups = op.create_table(
        "groups",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("invite", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("invite", name="uq_groups_invite"),
    )
    empty = dict.fromkeys(("name", "chat", "languages", "hours", "place", "invite"), "")
    op.bulk_insert(groups, [{**empty, "created_at": datetime.now(UTC)}])

    with op.batch_alter_table("learners") as learners:
        _add_link(learners, "group_id", "learners", "groups")
        learners.add_column(sa.Column("blocked_at", MOMENT, nullable=True))
        learners.add_column(_text("blocked_why"))
    with op.batch_alter_table("helpers") as helpers:
        _add_link(helpers, "group_id", "helpers", "groups")
        helpers.add_column(_text("role", "helper"))
        helpers.add_column(sa.Column("joined_at", MOMENT, nullable=True))
        helpers.add_column(sa.Column("left_at", MOMENT, nullable=True))
        helpers.add_column(sa.Column("lead", sa.Boolean(), server_default=sa.text("false"), nullable=False))
        helpers.add_column(sa.Column("here", sa.Boolean(), server_default=sa.text("true"), nullable=False))
        helpers.add_column(_text("languages"))
        helpers.add_column(_text("hours"))
    with op.batch_alter_table("links") as links:
        _add_link(links, "helper", "links", "helpers", ondelete="CASCADE")
    with op.batch_alter_table("tickets", table_kwargs={"sqlite_autoincrement": True}) as tickets:
        _add_link(tickets, "group_id", "tickets", "groups")
        tickets.add_column(sa.Column("urgent", sa.Boolean(), server_default=sa.text("false"), nullable=False))
        tickets.add_column(sa.Column("returned", sa.Integer(), server_default=sa.text("0"), nullable=False))
        tickets.add_column(sa.Column("reopened", sa.Integer(), server_default=sa.text("0"), nullable=False))
        _add_link(tickets, "last_helper", "tickets", "helpers")
        tickets.add_column(sa.Column("waiting_since", MOMENT, nullable=True))
        tickets.add_column(sa.Column("first_reply_at", MOMENT, nullable=True))
        tickets.add_column(sa.Column("carded", sa.Boolean(), server_default=sa.text("true"), nullable=False))
        tickets.add_column(_text("timer"))
        tickets.add_column(sa.Column("timer_at", MOMENT, nullable=True))
    _add_partial_index("ix_tickets_timer", "tickets", "timer_at", "timer_at IS NOT NULL")

    op.add_column("entries", _text("source"))
    _add_partial_index("ix_entries_source", "entries", "source", "source <> ''")

    op.create_table(
        "desk_sessions",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("helper", ID, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["helper"], ["helpers.id"], name="fk_desk_sessions_helper", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name="pk_desk_sessions"),
    )
    op.create_index("ix_desk_sessions_helper", "desk_sessions", ["helper"])
    op.create_table(
        "held",
        sa.Column("id", ID, nullable=False),
        sa.Column("ticket", ID, nullable=False),
        sa.Column("helper", ID, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["helper"], ["helpers.id"], name="fk_held_helper", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.id"], name="fk_held_ticket", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_held"),
    )
    op.create_index("ix_held_ticket", "held", ["ticket"])
    op.create_table(
        "audit",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("helper", ID, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("ticket", ID, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    _add_partial_index("ix_audit_ticket", "audit", "ticket", "ticket IS NOT NULL")


def _text(name: str, value: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default=sa.text(f"'{value}'"), nullable=False)


def _add_link(batch: BatchOperations, name: str, table: str, target: str, ondelete: str = "SET NULL") -> None:
    """A column that points at a row of `target`."""
    batch.add_column(sa.Column(name, ID, nullable=True))
    batch.create_foreign_key(f"fk_{table}_{name}", target, [name], ["id"], ondelete=ondelete)


def _add_partial_index(name: str, table: str, column: str, where: str) -> None:
    op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))
