"""Bundles of a household that were made for its commune."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

# Who took the file and when is evidence: no role may change or remove it, and the trigger stops the owner too. It says
# nothing of DELETE, so that a purge by retention class stays possible to the owner. The adults of a household read that
# it was transmitted, when, and to whom: not by which caseworker.
GRANTS = """
GRANT SELECT, INSERT ON bundle TO portal_staff;
GRANT SELECT (dossier_id, instant, commune_bfs) ON bundle TO portal_citizen;
"""
FIXED = (
    *("id", "dossier_id", "instant", "caseworker_id", "region", "commune_bfs", "language", "way", "manifest_sha256"),
    "with_gaps",
)


def upgrade() -> None:
    op.create_table(
        "bundle",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("commune_bfs", sa.Integer(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("manifest_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("with_gaps", sa.Boolean(), nullable=False),
        sa.CheckConstraint("language IN ('fr', 'de')", name=op.f("ck_bundle_language")),
        sa.CheckConstraint("way IN ('carried', 'post', 'secure-mail')", name=op.f("ck_bundle_way")),
        sa.ForeignKeyConstraint(["caseworker_id"], ["caseworker.id"], name=op.f("fk_bundle_caseworker_id_caseworker")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_bundle_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle")),
    )
    op.create_index("ix_bundle_dossier_id_instant", "bundle", ["dossier_id", "instant"])
    op.execute(
        f"CREATE TRIGGER insert_only BEFORE UPDATE OF {', '.join(FIXED)} ON bundle"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(GRANTS)


def downgrade() -> None:
    op.drop_table("bundle")
