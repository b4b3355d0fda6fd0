"""Indexes in the order of the board, and for the search of possible matches."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BOARD_RANK = """
CASE
    WHEN urgent_requested_at IS NOT NULL AND urgent_opened_at IS NULL THEN 0
    WHEN opened_at IS NULL THEN 1
    ELSE 2
END"""
NEAREST_CLOCK = "LEAST(filing_date + 30, timezone('Europe/Zurich'::text, urgent_requested_at)::date + 5)"


def upgrade() -> None:
    op.drop_index("ix_demand_candidate_regions", table_name="demand")
    op.drop_index("ix_demand_board", table_name="demand")
    op.create_index(
        "ix_demand_board",
        "demand",
        ["region", sa.text(f"({BOARD_RANK})"), sa.text(f"({NEAREST_CLOCK})"), "filing_date", "instant"],
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index(
        "ix_demand_free",
        "demand",
        ["filing_date"],
        postgresql_where=sa.text("region IS NULL AND withdrawn_at IS NULL"),
    )
    op.create_index("ix_demand_withdrawn", "demand", ["region"], postgresql_where=sa.text("withdrawn_at IS NOT NULL"))
    op.create_index("ix_adult_phone", "adult", ["phone"], postgresql_where=sa.text("phone IS NOT NULL"))
    op.create_index("ix_adult_email", "adult", ["email"], postgresql_where=sa.text("email IS NOT NULL"))


def downgrade() -> None:
    for name, table in (
        ("ix_adult_email", "adult"),
        ("ix_adult_phone", "adult"),
        ("ix_demand_withdrawn", "demand"),
        ("ix_demand_free", "demand"),
        ("ix_demand_board", "demand"),
    ):
        op.drop_index(name, table_name=table)
    op.create_index("ix_demand_board", "demand", ["region", "filing_date"])
    op.create_index("ix_demand_candidate_regions", "demand", ["candidate_regions"], postgresql_using="gin")
