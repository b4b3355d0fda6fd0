"""First tables, roles, chains and the job queue."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

SQL = Path(__file__).resolve().parents[1] / "sql"
revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def run_sql(script: str) -> None:
    """Run a script of several statements as it stands, without SQLAlchemy reading colons or per cent signs."""
    op.get_bind().connection.driver_connection.execute(script)


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_event")),
    )
    op.create_index("ix_audit_event_dossier_id", "audit_event", ["dossier_id"], unique=False)
    op.create_table(
        "caseworker",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caseworker")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_caseworker_issuer_subject")),
    )
    op.create_table(
        "dossier",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
        sa.UniqueConstraint("reference", name=op.f("uq_dossier_reference")),
    )
    op.create_table(
        "filing_register",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("commune_bfs", sa.Integer(), nullable=True),
        sa.Column("content_hmac", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('filing', 'correction', 'urgent-request', 'withdrawal')",
            name=op.f("ck_filing_register_kind"),
        ),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_filing_register")),
    )
    op.create_index("ix_filing_register_reference", "filing_register", ["reference"], unique=False)
    op.create_table(
        "limit_counter",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("window", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window", name=op.f("pk_limit_counter")),
    )
    op.create_table(
        "sent_mail",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sent_mail")),
    )
    op.create_table(
        "adult",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("latin_name", sa.Text(), nullable=True),
        sa.Column("name_key", sa.Text(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("birth_year", sa.SmallInteger(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("postal_address", sa.Text(), nullable=True),
        sa.Column("unreachable", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("interview_language", sa.Text(), nullable=True),
        sa.Column("interpreter", sa.Boolean(), nullable=True),
        sa.CheckConstraint("birth_date IS NULL OR birth_year IS NULL", name=op.f("ck_adult_one_birth")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_adult_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adult")),
    )
    op.create_index(op.f("ix_adult_dossier_id"), "adult", ["dossier_id"], unique=False)
    op.create_index("ix_adult_name_key", "adult", ["name_key"], unique=False)
    op.create_table(
        "staff_session",
        sa.Column("id_hash", sa.LargeBinary(), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name=op.f("fk_staff_session_caseworker_id_caseworker")
        ),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_caseworker_id"), "staff_session", ["caseworker_id"], unique=False)
    op.create_table(
        "access_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_access_code_adult_id_adult")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_code")),
    )
    op.create_index(
        "uq_access_code_live",
        "access_code",
        ["adult_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "citizen_session",
        sa.Column("id_hash", sa.LargeBinary(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_citizen_session_adult_id_adult")),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_citizen_session")),
    )
    op.create_index(op.f("ix_citizen_session_adult_id"), "citizen_session", ["adult_id"], unique=False)
    op.create_table(
        "demand",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("time_known", sa.Boolean(), nullable=False),
        sa.Column("filing_date", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("commune_bfs", sa.Integer(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("candidate_regions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("antenna", sa.Text(), nullable=True),
        sa.Column("urgent_requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("urgent_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("register_sequence", sa.Integer(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("check_code", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("source_hash", sa.LargeBinary(), nullable=True),
        sa.Column("flooded", sa.Boolean(), nullable=False),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt_matches", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "channel IN ('online', 'phone', 'walk-in', 'letter', 'commune')", name=op.f("ck_demand_channel")
        ),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_demand_adult_id_adult")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_demand_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_demand_token_hash")),
    )
    op.create_index("ix_demand_board", "demand", ["region", "filing_date"], unique=False)
    op.create_index(
        "ix_demand_candidate_regions", "demand", ["candidate_regions"], unique=False, postgresql_using="gin"
    )
    op.create_index(op.f("ix_demand_dossier_id"), "demand", ["dossier_id"], unique=False)
    op.create_index("ix_demand_source", "demand", ["source_hash", "instant"], unique=False)
    op.create_index(
        "ix_demand_urgent_unopened",
        "demand",
        ["urgent_requested_at"],
        unique=False,
        postgresql_where=sa.text("urgent_requested_at IS NOT NULL AND urgent_opened_at IS NULL"),
    )
    op.create_table(
        "demand_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("demand_id", sa.Uuid(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("to_region", sa.Text(), nullable=True),
        sa.Column("caseworker_id", sa.Uuid(), nullable=True),
        sa.Column("register_sequence", sa.Integer(), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_demand_event_demand_id_demand")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_event")),
    )
    op.create_index(op.f("ix_demand_event_demand_id"), "demand_event", ["demand_id"], unique=False)
    op.execute("CREATE SCHEMA jobs")
    op.execute("SET LOCAL search_path = jobs, pg_catalog")
    run_sql(SchemaManager.get_schema())
    op.execute("SET LOCAL search_path = public, pg_catalog")
    run_sql((SQL / "0001_up.sql").read_text())


def downgrade() -> None:
    run_sql((SQL / "0001_down.sql").read_text())
    op.drop_index(op.f("ix_demand_event_demand_id"), table_name="demand_event")
    op.drop_table("demand_event")
    op.drop_index(
        "ix_demand_urgent_unopened",
        table_name="demand",
        postgresql_where=sa.text("urgent_requested_at IS NOT NULL AND urgent_opened_at IS NULL"),
    )
    op.drop_index("ix_demand_source", table_name="demand")
    op.drop_index(op.f("ix_demand_dossier_id"), table_name="demand")
    op.drop_index("ix_demand_candidate_regions", table_name="demand", postgresql_using="gin")
    op.drop_index("ix_demand_board", table_name="demand")
    op.drop_table("demand")
    op.drop_index(op.f("ix_citizen_session_adult_id"), table_name="citizen_session")
    op.drop_table("citizen_session")
    op.drop_index("uq_access_code_live", table_name="access_code", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_table("access_code")
    op.drop_index(op.f("ix_staff_session_caseworker_id"), table_name="staff_session")
    op.drop_table("staff_session")
    op.drop_index("ix_adult_name_key", table_name="adult")
    op.drop_index(op.f("ix_adult_dossier_id"), table_name="adult")
    op.drop_table("adult")
    op.drop_table("sent_mail")
    op.drop_table("limit_counter")
    op.drop_index("ix_filing_register_reference", table_name="filing_register")
    op.drop_table("filing_register")
    op.drop_table("dossier")
    op.drop_table("caseworker")
    op.drop_index("ix_audit_event_dossier_id", table_name="audit_event")
    op.drop_table("audit_event")
