"""How fast a learner wrote lately, counted over all processes.

Goes forward only. A program from before it writes learners without it: to it they are as fresh as it knows itself.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database from `down_revision` to `revision`."""
    op.add_column("learners", sa.Column("fresh_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("learners", sa.Column("told_slow", sa.Boolean(), server_default=sa.text("false"), nullable=False))
