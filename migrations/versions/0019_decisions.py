"""Written decisions of the commune, recorded by one caseworker and confirmed by another; the board knows who waits for none."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# A record and how it ended are evidence: nobody changes or removes one. `decision_waiting` is derived. The worker must know
# which clocks a decision has ended: by ids, never by what was decided or when.
GRANTS = """
GRANT SELECT ON decision, decision_step TO portal_citizen;
GRANT SELECT, INSERT ON decision, decision_step TO portal_staff;
GRANT SELECT, INSERT, DELETE ON decision_waiting TO portal_staff;
GRANT UPDATE (decided_at, urgent_decided_at) ON demand TO portal_staff;
GRANT SELECT (id, report_id, request_id, replaces, annuls) ON decision TO portal_worker;
GRANT SELECT (decision_id, kind) ON decision_step TO portal_worker;
"""
# The sealed columns pass: a rotation of master keys wraps them anew.
FIXED = {
    "decision": (
        *("id", "sequence", "dossier_id", "adult_id", "answers", "demand_id", "report_id", "request_id", "replaces"),
        *("annuls", "decided_on", "notified_on", "instant", "caseworker_id", "region", "token_hash"),
    ),
    "decision_step": ("decision_id", "recorded_by", "kind", "instant", "caseworker_id", "region"),
}
RANK = """
CASE
    WHEN urgent_requested_at IS NOT NULL AND urgent_opened_at IS NULL THEN 0
    {decided}WHEN opened_at IS NULL THEN 1
    ELSE 2
END"""
NEAREST_CLOCK = "LEAST(filing_date + 30, timezone('Europe/Zurich'::text, urgent_requested_at)::date + 5)"


def _board(decided: str) -> None:
    op.drop_index("ix_demand_board", table_name="demand")
    op.create_index(
        "ix_demand_board",
        "demand",
        [
            "region",
            sa.text(f"({RANK.format(decided=decided)})"),
            sa.text(f"({NEAREST_CLOCK})"),
            "filing_date",
            "instant",
        ],
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=True),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("annuls", sa.Boolean(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "answers IN ('demand', 'urgent', 'report', 'request', 'nothing')", name=op.f("ck_decision_answers")
        ),
        sa.CheckConstraint(
            "(demand_id IS NOT NULL) = (answers IN ('demand', 'urgent'))"
            " AND (report_id IS NOT NULL) = (answers = 'report')"
            " AND (request_id IS NOT NULL) = (answers = 'request')",
            name=op.f("ck_decision_answers_one"),
        ),
        sa.CheckConstraint("NOT annuls OR replaces IS NOT NULL", name=op.f("ck_decision_annuls_another")),
        sa.CheckConstraint("notified_on >= decided_on", name=op.f("ck_decision_notified_after")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_decision_dossier_id_dossier")),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_decision_adult_id_adult")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_decision_demand_id_demand")),
        sa.ForeignKeyConstraint(["report_id"], ["change_report.id"], name=op.f("fk_decision_report_id_change_report")),
        sa.ForeignKeyConstraint(["request_id"], ["case_request.id"], name=op.f("fk_decision_request_id_case_request")),
        sa.ForeignKeyConstraint(["replaces"], ["decision.id"], name=op.f("fk_decision_replaces_decision")),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name=op.f("fk_decision_caseworker_id_caseworker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("id", "caseworker_id", name=op.f("uq_decision_id_caseworker_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_decision_token_hash")),
    )
    for column in ("dossier_id", "demand_id", "report_id", "request_id", "replaces"):
        op.create_index(f"ix_decision_{column}", "decision", [column])
    op.create_table(
        "decision_step",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("kind IN ('confirmed', 'refused', 'taken-back')", name=op.f("ck_decision_step_kind")),
        sa.CheckConstraint(
            "(kind = 'taken-back') = (caseworker_id = recorded_by)", name=op.f("ck_decision_step_two_persons")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id", "recorded_by"],
            ["decision.id", "decision.caseworker_id"],
            name=op.f("fk_decision_step_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name=op.f("fk_decision_step_caseworker_id_caseworker")
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decision_step")),
    )
    op.create_table(
        "decision_waiting",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_waiting_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_decision_waiting_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decision_waiting")),
    )
    op.create_index("ix_decision_waiting_dossier_id", "decision_waiting", ["dossier_id"])
    op.add_column("demand", sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("demand", sa.Column("urgent_decided_at", sa.DateTime(timezone=True), nullable=True))
    _board("WHEN decided_at IS NOT NULL THEN 3\n    ")
    for table, columns in FIXED.items():
        op.execute(
            f"CREATE TRIGGER insert_only BEFORE UPDATE OF {', '.join(columns)} ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    op.execute(GRANTS)


def downgrade() -> None:
    _board("")
    op.drop_column("demand", "urgent_decided_at")
    op.drop_column("demand", "decided_at")
    for table in ("decision_waiting", "decision_step", "decision"):
        op.drop_table(table)
