"""An adult who has a file of their own now, apart from the household they were in."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Nobody changes or removes one. Citizens' pages never read it: nobody of the other file may learn of it.
GRANTS = """
GRANT INSERT ON apart TO portal_citizen;
GRANT SELECT ON apart TO portal_staff;
"""


def upgrade() -> None:
    op.create_table(
        "apart",
        sa.Column("new_dossier_id", sa.Uuid(), nullable=False),
        sa.Column("old_dossier_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_apart_adult_id_adult")),
        sa.ForeignKeyConstraint(["new_dossier_id"], ["dossier.id"], name=op.f("fk_apart_new_dossier_id_dossier")),
        sa.ForeignKeyConstraint(["old_dossier_id"], ["dossier.id"], name=op.f("fk_apart_old_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("new_dossier_id", name=op.f("pk_apart")),
    )
    op.create_index("ix_apart_old_dossier_id", "apart", ["old_dossier_id"])
    op.execute(GRANTS)


def downgrade() -> None:
    op.drop_table("apart")
