"""Households whose file began on paper: which centre has them, and since when; no demand is made up."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# The desk opens one, and another centre may have it later; nothing else of it ever changes. The person's pages and who
# reminds must know which centre it is.
GRANTS = """
GRANT SELECT, INSERT, UPDATE (region) ON paper_file TO portal_staff;
GRANT SELECT ON paper_file TO portal_citizen, portal_worker;
"""


def upgrade() -> None:
    op.create_table(
        "paper_file",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("commune_bfs", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("EXTRACT(day FROM since) = 1", name=op.f("ck_paper_file_first_day")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_paper_file_dossier_id_dossier")),
        sa.ForeignKeyConstraint(["opened_by"], ["caseworker.id"], name=op.f("fk_paper_file_opened_by_caseworker")),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_paper_file")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_paper_file_token_hash")),
    )
    op.create_index(op.f("ix_paper_file_region"), "paper_file", ["region"])
    op.execute(GRANTS)


def downgrade() -> None:
    op.drop_table("paper_file")
