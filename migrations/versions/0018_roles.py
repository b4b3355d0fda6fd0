"""What a caseworker is there for. Who has been let in until now did everything: a social worker."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KNOWN = "ARRAY['reception', 'social-worker', 'team-lead', 'figures', 'administrator']"
DESK = "ARRAY['reception', 'social-worker', 'team-lead']"


def upgrade() -> None:
    op.add_column(
        "caseworker",
        sa.Column("roles", ARRAY(sa.Text()), server_default=sa.text("ARRAY['social-worker']"), nullable=False),
    )
    op.alter_column("caseworker", "roles", server_default=None)
    op.alter_column("caseworker", "region", nullable=True)
    op.create_check_constraint("known_roles", "caseworker", f"cardinality(roles) > 0 AND roles <@ {KNOWN}")
    op.create_check_constraint("region_of_desk", "caseworker", f"(roles && {DESK}) = (region IS NOT NULL)")


def downgrade() -> None:
    op.drop_constraint("ck_caseworker_region_of_desk", "caseworker")
    op.drop_constraint("ck_caseworker_known_roles", "caseworker")
    op.execute("UPDATE caseworker SET active = false, region = '' WHERE region IS NULL")
    op.alter_column("caseworker", "region", nullable=False)
    op.drop_column("caseworker", "roles")
