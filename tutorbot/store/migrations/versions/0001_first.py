"""The first schema.

Goes forward only: the way back is the copy of the database that was made before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Bring the database from `down_revision` to `revision`."""
    op.create_table(
        "helpers",
        sa.Column("id", ID, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_helpers"),
        sa.UniqueConstraint("address", name="uq_helpers_address"),
    )
    op.create_table(
        "learners",
        sa.Column("id", ID, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_learners"),
    )
    op.create_table(
        "seen_events",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_seen_events"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
    )
    op.create_table(
        "addresses",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("learner", ID, nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["learner"], ["learners.id"], name="fk_addresses_learner", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("address", name="pk_addresses"),
    )
    op.create_index("ix_addresses_learner", "addresses", ["learner"])

    op.create_table(
        "attempts",
        sa.Column("id", ID, nullable=False),
        sa.Column("learner", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("lesson", sa.Text(), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("was_right", sa.Boolean(), nullable=False),
        sa.Column("first_try", sa.Boolean(), nullable=False),
        sa.Column("hints", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["learner"], ["learners.id"], name="fk_attempts_learner", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
    )
    op.create_table(
        "lesson_progress",
        sa.Column("learner", ID, nullable=False),
        sa.Column("lesson", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("exercises", sa.Integer(), nullable=True),
        sa.Column("got_right", sa.Integer(), nullable=True),
        sa.Column("first_try", sa.Integer(), nullable=True),
        sa.Column("mastered", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["learner"], ["learners.id"], name="fk_lesson_progress_learner", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("learner", "lesson", name="pk_lesson_progress"),
    )
    op.create_table(
        "links",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_links"),
    )
    op.create_table(
        "skills",
        sa.Column("learner", ID, nullable=False),
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("streak", sa.Integer(), nullable=False),
        sa.Column("mastered", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["learner"], ["learners.id"], name="fk_skills_learner", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("learner", "skill", name="pk_skills"),
    )
    op.create_table(
        "tickets",
        sa.Column("id", ID, nullable=False),
        sa.Column("learner", ID, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("helper", ID, nullable=True),
        sa.Column("claimed_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("card_ref", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["helper"], ["helpers.id"], name="fk_tickets_helper", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["learner"], ["learners.id"], name="fk_tickets_learner", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_tickets"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tickets_learner", "tickets", ["learner"])
    op.create_index("ix_tickets_thread", "tickets", ["thread"])
    op.create_index("ix_tickets_closed_at", "tickets", ["closed_at"])
    op.create_index(
        "uq_tickets_open",
        "tickets",
        ["learner"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )

    op.create_table(
        "entries",
        sa.Column("id", ID, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("learner", ID, nullable=True),
        sa.Column("ticket", ID, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("given_up_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["learner"], ["learners.id"], name="fk_entries_learner", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.id"], name="fk_entries_ticket", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
    )
    op.create_index("ix_entries_chat", "entries", ["address", "id"])
    op.create_index(
        "ix_entries_owed",
        "entries",
        ["address", "id"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_entries_ref",
        "entries",
        ["address", "ref"],
        sqlite_where=sa.text("ticket IS NOT NULL"),
        postgresql_where=sa.text("ticket IS NOT NULL"),
    )
    op.create_index(
        "ix_entries_ticket",
        "entries",
        ["ticket", "id"],
        sqlite_where=sa.text("ticket IS NOT NULL"),
        postgresql_where=sa.text("ticket IS NOT NULL"),
    )
