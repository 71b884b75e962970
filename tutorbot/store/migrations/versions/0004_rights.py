"""Learners who are forgotten, counts of what was removed, and numbers that are never given twice.

Goes forward only. The new indexes are for those who are forgotten: without them all entries would be looked through.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Bring the database from `down_revision` to `revision`."""
    if op.get_bind().dialect.name == "sqlite":  # where a number may be given twice, unless the table says otherwise
        for name in ("learners", "entries"):
            with op.batch_alter_table(name, recreate="always", table_kwargs={"sqlite_autoincrement": True}):
                pass
    op.create_index("ix_attempts_learner", "attempts", ["learner"])
    op.create_index("ix_entries_learner", "entries", ["learner", "id"])
    op.create_table(
        "erasures",
        sa.Column("id", ID, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("learner", ID, nullable=True),
        sa.Column("addresses", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("messages", "answers", "lessons", "tickets")),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
    )
    where = sa.text("learner IS NOT NULL")
    op.create_index(
        "uq_erasures_learner", "erasures", ["learner"], unique=True, sqlite_where=where, postgresql_where=where
    )
    op.create_table(
        "counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "group_id", "what", "about", name="pk_counts"),
    )
