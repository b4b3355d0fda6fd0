"""Indexes in the order of the board and for the search of possible matches; the count of a flood by function."""

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
# A function, because its settings hold the planner to the index: a plan made while the table was small would read all
# of a flood, each time and inside the one statement that must be quick.
FLOODED = """
CREATE FUNCTION flooded(source bytea, since timestamptz, most integer) RETURNS boolean
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
  RETURN (SELECT count(*) > most FROM (
    SELECT FROM demand WHERE source_hash = source AND instant > since ORDER BY instant DESC LIMIT most + 1) AS filed);
END $$;
REVOKE EXECUTE ON FUNCTION flooded(bytea, timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION flooded(bytea, timestamptz, integer) TO portal_citizen, portal_staff;
"""


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
    op.execute(FLOODED)


def downgrade() -> None:
    op.execute("DROP FUNCTION flooded(bytea, timestamptz, integer)")
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
