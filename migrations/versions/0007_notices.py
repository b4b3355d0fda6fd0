"""Acknowledgements of notices, chapters to explain again, links by which another adult reads a notice."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# An acknowledgement is evidence: nobody changes or removes one. The desk sees which chapters to explain, and writes none.
# A visitor who comes by a link acts as the citizen's role: there is no row of theirs. The worker removes links that are over.
GRANTS = """
GRANT SELECT, INSERT ON acknowledgement TO portal_citizen, portal_staff;
GRANT SELECT, INSERT, UPDATE ON notice_progress TO portal_citizen;
GRANT SELECT ON notice_progress TO portal_staff;
GRANT SELECT, INSERT, UPDATE (used_at, ended_at) ON notice_link TO portal_citizen;
GRANT SELECT, INSERT, UPDATE (used_at, ended_at) ON notice_link TO portal_staff;
GRANT SELECT, DELETE ON notice_link TO portal_worker;
"""


def upgrade() -> None:
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("words_digest", sa.LargeBinary(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=True),
        sa.Column("caseworker_id", sa.Uuid(), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(way = 'desk') = (caseworker_id IS NOT NULL)", name=op.f("ck_acknowledgement_desk_by_caseworker")
        ),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_acknowledgement_adult_id_adult")),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name=op.f("fk_acknowledgement_caseworker_id_caseworker")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_acknowledgement_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
        sa.UniqueConstraint(
            "dossier_id",
            "person",
            "notice",
            "version",
            name=op.f("uq_acknowledgement_dossier_id_person_notice_version"),
        ),
    )
    op.create_table(
        "notice_progress",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_notice_progress_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_progress")),
        sa.UniqueConstraint(
            "dossier_id",
            "person",
            "notice",
            "version",
            name=op.f("uq_notice_progress_dossier_id_person_notice_version"),
        ),
    )
    op.create_table(
        "notice_link",
        sa.Column("link_hash", sa.LargeBinary(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_notice_link_dossier_id_dossier")),
        sa.ForeignKeyConstraint(["made_by"], ["adult.id"], name=op.f("fk_notice_link_made_by_adult")),
        sa.PrimaryKeyConstraint("link_hash", name=op.f("pk_notice_link")),
    )
    op.create_index("ix_notice_link_dossier_id", "notice_link", ["dossier_id"])
    op.execute(GRANTS)


def downgrade() -> None:
    for table in ("notice_link", "notice_progress", "acknowledgement"):
        op.drop_table(table)
