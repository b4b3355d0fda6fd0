"""Who an adult is among the persons of the situation, and whom a caseworker helps on the person's own form."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Every adult so far made the demand: "a" among the persons.
    op.add_column("adult", sa.Column("person", sa.Text(), server_default="a", nullable=False))
    op.create_unique_constraint(op.f("uq_adult_dossier_id_person"), "adult", ["dossier_id", "person"])
    op.add_column("staff_session", sa.Column("helped_demand_id", sa.Uuid(), nullable=True))
    op.add_column("staff_session", sa.Column("helped_adult_id", sa.Uuid(), nullable=True))
    op.add_column("staff_session", sa.Column("helped_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(
        op.f("fk_staff_session_helped_demand_id_demand"), "staff_session", "demand", ["helped_demand_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("fk_staff_session_helped_adult_id_adult"), "staff_session", "adult", ["helped_adult_id"], ["id"]
    )


def downgrade() -> None:
    for column in ("helped_at", "helped_adult_id", "helped_demand_id"):
        op.drop_column("staff_session", column)
    op.drop_constraint(op.f("uq_adult_dossier_id_person"), "adult")
    op.drop_column("adult", "person")
