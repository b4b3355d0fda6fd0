"""Months of which an adult says that nothing changed; the day of the month by which a centre wants papers."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# What was said of a month, and what a caseworker set, stays: nobody changes or removes either. An adult speaks for
# themselves only, the desk reads it; the desk sets the day, and whoever reminds reads it.
GRANTS = """
GRANT SELECT, INSERT ON month_note TO portal_citizen;
GRANT SELECT ON month_note TO portal_staff;
GRANT SELECT, INSERT ON dossier_term TO portal_staff;
GRANT SELECT ON dossier_term TO portal_citizen, portal_worker;
"""


def upgrade() -> None:
    op.create_table(
        "month_note",
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("EXTRACT(day FROM month) = 1", name=op.f("ck_month_note_first_day")),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_month_note_adult_id_adult")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_month_note_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("adult_id", "month", name=op.f("pk_month_note")),
    )
    op.create_index("ix_month_note_dossier_id", "month_note", ["dossier_id"])
    op.create_table(
        "dossier_term",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.SmallInteger(), nullable=True),
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind <> 'paper_day' OR value BETWEEN 1 AND 28", name=op.f("ck_dossier_term_paper_day_in_every_month")
        ),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name=op.f("fk_dossier_term_caseworker_id_caseworker")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_term_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_term")),
    )
    op.create_index("ix_dossier_term_dossier_id_kind_sequence", "dossier_term", ["dossier_id", "kind", "sequence"])
    op.create_index("ix_dossier_term_kind_value", "dossier_term", ["kind", "value"])
    op.execute(GRANTS)


def downgrade() -> None:
    op.drop_table("dossier_term")
    op.drop_table("month_note")
