"""That an adult said by mistake that nothing changed in a month, and that they say it again."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# As what was said itself: nobody changes or removes it. An adult speaks for themselves only, the desk reads it.
GRANTS = """
GRANT SELECT, INSERT ON month_note_event TO portal_citizen;
GRANT SELECT ON month_note_event TO portal_staff;
"""


def upgrade() -> None:
    op.create_table(
        "month_note_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('back', 'again')", name=op.f("ck_month_note_event_kind")),
        sa.ForeignKeyConstraint(
            ["adult_id", "month"],
            ["month_note.adult_id", "month_note.month"],
            name=op.f("fk_month_note_event_adult_id_month_note"),
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_month_note_event_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_note_event")),
    )
    op.create_index("ix_month_note_event_dossier_id", "month_note_event", ["dossier_id"])
    op.execute(GRANTS)


def downgrade() -> None:
    op.drop_table("month_note_event")
