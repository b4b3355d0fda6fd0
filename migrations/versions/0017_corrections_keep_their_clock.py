"""The worker may see which report corrects which: the clock of the first one goes on."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("GRANT SELECT (corrects) ON change_report TO portal_worker")


def downgrade() -> None:
    op.execute("REVOKE SELECT (corrects) ON change_report FROM portal_worker")
