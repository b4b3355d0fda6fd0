"""Whose file a caseworker has open: one household at a time in one session of the desk."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# No new grants: the staff role may already read and change its sessions, and nobody else may.


def upgrade() -> None:
    op.add_column("staff_session", sa.Column("open_dossier_id", sa.Uuid(), nullable=True))
    op.add_column("staff_session", sa.Column("open_demand_id", sa.Uuid(), nullable=True))
    op.add_column("staff_session", sa.Column("open_since", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(
        op.f("fk_staff_session_open_dossier_id_dossier"), "staff_session", "dossier", ["open_dossier_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("fk_staff_session_open_demand_id_demand"), "staff_session", "demand", ["open_demand_id"], ["id"]
    )


def downgrade() -> None:
    for column in ("open_since", "open_demand_id", "open_dossier_id"):
        op.drop_column("staff_session", column)
