"""First names that helpers chose for themselves, and the group in which something was done at the desk.

Goes forward only: the way back is the copy of the database that was made before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database from `down_revision` to `revision`."""
    op.add_column("helpers", sa.Column("own_name", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("audit", sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
