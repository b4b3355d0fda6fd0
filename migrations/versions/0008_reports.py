"""Reports of a change of situation, what happened to them, and reports that are being written."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = ("filing", "correction", "urgent-request", "withdrawal")
MORE = (*KINDS, "report", "report-withdrawal", "reexamination-request")

# A report is proof of what was said and when: nobody changes or removes one. What is being written is the person's own;
# the worker removes what was left lying. It reminds of a decision that was asked for, of what nobody read and of what was
# not sent, and tells of what arrived and what was asked back: by ids, instants and kinds alone, never by what was said.
GRANTS = """
GRANT SELECT, INSERT ON change_report, change_report_event TO portal_citizen, portal_staff;
GRANT SELECT, INSERT, UPDATE, DELETE ON report_draft TO portal_citizen, portal_staff;
GRANT SELECT, INSERT, DELETE ON report_unread TO portal_citizen, portal_staff;
GRANT SELECT (id, dossier_id, adult_id, instant, asks_decision) ON change_report TO portal_worker;
GRANT SELECT (id, report_id, kind) ON change_report_event TO portal_worker;
GRANT SELECT ON report_unread TO portal_worker;
GRANT SELECT (id, dossier_id, adult_id, saved_at), DELETE ON report_draft TO portal_worker;
"""


def _register_kinds(kinds: tuple[str, ...]) -> None:
    name = "ck_filing_register_kind"
    op.execute(f"ALTER TABLE filing_register DROP CONSTRAINT {name}")
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    # The rows that stand there were checked against a shorter list: no need to read them all again.
    op.execute(f"ALTER TABLE filing_register ADD CONSTRAINT {name} CHECK (kind IN ({listed})) NOT VALID")
    op.execute(f"ALTER TABLE filing_register VALIDATE CONSTRAINT {name}")


def upgrade() -> None:
    _register_kinds(MORE)
    op.create_table(
        "change_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("asks_decision", sa.Boolean(), nullable=False),
        sa.Column("register_sequence", sa.BigInteger(), nullable=False),
        sa.Column("check_code", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('online', 'phone', 'walk-in', 'letter', 'commune')", name=op.f("ck_change_report_channel")
        ),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_change_report_adult_id_adult")),
        sa.ForeignKeyConstraint(
            ["corrects"], ["change_report.id"], name=op.f("fk_change_report_corrects_change_report")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_change_report_dossier_id_dossier")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["caseworker.id"], name=op.f("fk_change_report_recorded_by_caseworker")
        ),
        sa.ForeignKeyConstraint(
            ["register_sequence"],
            ["filing_register.sequence"],
            name=op.f("fk_change_report_register_sequence_filing_register"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_report")),
        sa.UniqueConstraint("name", name=op.f("uq_change_report_name")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_change_report_token_hash")),
    )
    op.create_index("ix_change_report_dossier_id", "change_report", ["dossier_id"])
    op.create_index(
        "ix_change_report_asks_decision", "change_report", ["instant"], postgresql_where=sa.text("asks_decision")
    )
    op.create_table(
        "change_report_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=True),
        sa.Column("caseworker_id", sa.Uuid(), nullable=True),
        sa.Column("register_sequence", sa.BigInteger(), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('read', 'asked-back', 'counted', 'decided', 'withdrawn', 'corrected')",
            name=op.f("ck_change_report_event_kind"),
        ),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_change_report_event_adult_id_adult")),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name=op.f("fk_change_report_event_caseworker_id_caseworker")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["change_report.id"], name=op.f("fk_change_report_event_report_id_change_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_report_event")),
    )
    op.create_index("ix_change_report_event_report_id", "change_report_event", ["report_id", "kind"])
    # Withdrawn, corrected and read are so once, whoever asks twice at the same moment.
    op.create_index(
        "uq_change_report_event_once",
        "change_report_event",
        ["report_id", "kind"],
        unique=True,
        postgresql_where=sa.text("kind IN ('read', 'withdrawn', 'corrected')"),
    )
    op.create_table(
        "report_unread",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_report_unread_dossier_id_dossier")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["change_report.id"], name=op.f("fk_report_unread_report_id_change_report")
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_unread")),
    )
    op.create_table(
        "report_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_report_draft_adult_id_adult")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_report_draft_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_draft")),
        sa.UniqueConstraint("adult_id", name=op.f("uq_report_draft_adult_id")),
    )
    op.create_index("ix_report_draft_saved_at", "report_draft", ["saved_at"])
    op.execute(GRANTS)


def downgrade() -> None:
    for table in ("report_draft", "report_unread", "change_report_event", "change_report"):
        op.drop_table(table)
    _register_kinds(KINDS)
