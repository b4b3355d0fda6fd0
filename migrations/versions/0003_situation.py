"""The situation as it is given, as it was sent, the events of its papers, and how long pages take."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Both surfaces work on the same form: a caseworker may fill it in with a walk-in. What was sent, and what happened to a
# paper, is never changed; the worker needs none of it.
GRANTS = """
GRANT SELECT, INSERT, UPDATE ON situation_draft, page_time TO portal_citizen, portal_staff;
GRANT SELECT, INSERT ON situation_snapshot, document_request_event TO portal_citizen, portal_staff;
"""


def upgrade() -> None:
    op.create_table(
        "page_time",
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("seconds", sa.SmallInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("page", "seconds", name=op.f("pk_page_time")),
    )
    op.create_table(
        "situation_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_situation_draft_adult_id_adult")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_situation_draft_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_situation_draft")),
        sa.UniqueConstraint(
            "dossier_id",
            "adult_id",
            name=op.f("uq_situation_draft_dossier_id_adult_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "situation_snapshot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_situation_snapshot_adult_id_adult")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_situation_snapshot_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_situation_snapshot")),
        sa.UniqueConstraint("dossier_id", "number", name=op.f("uq_situation_snapshot_dossier_id_number")),
    )
    op.create_table(
        "document_request_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=True),
        sa.Column("caseworker_id", sa.Uuid(), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_document_request_event_adult_id_adult")),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name=op.f("fk_document_request_event_caseworker_id_caseworker")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_document_request_event_dossier_id_dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_request_event")),
    )
    op.create_index("ix_document_request_event_dossier_id", "document_request_event", ["dossier_id"])
    op.execute(GRANTS)


def downgrade() -> None:
    for table in ("document_request_event", "situation_snapshot", "situation_draft", "page_time"):
        op.drop_table(table)
