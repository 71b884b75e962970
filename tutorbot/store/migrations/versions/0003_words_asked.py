"""Words that learners asked for and nobody has explained yet.

Goes forward only: the way back is the copy of the database that was made before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database from `down_revision` to `revision`."""
    op.create_table(
        "asked_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("word", "language", name="pk_asked_words"),
    )
