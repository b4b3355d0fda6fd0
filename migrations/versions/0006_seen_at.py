"""When the centre looked at a paper last: a page that became ready after the first look is new again."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("document", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE document SET seen_at = looked_at WHERE looked_at IS NOT NULL")
    op.execute("GRANT UPDATE (seen_at) ON document TO portal_staff")


def downgrade() -> None:
    op.drop_column("document", "seen_at")
