"""Numbers of held answers, which are never given twice: an old button must not send another answer than its own.

Goes forward only: the way back is the copy of the database that was made before.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database from `down_revision` to `revision`."""
    if op.get_bind().dialect.name == "sqlite":  # where a number may be given twice, unless the table says otherwise
        with op.batch_alter_table("held", recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass
