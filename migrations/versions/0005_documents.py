"""Papers that people send: documents, files, encrypted objects, pages, links for another device; the key's rewrapping."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# The person adds, orders, deletes and may take a paper away until the centre has looked at it. The desk looks: it notes the
# first time, nothing else. The worker checks files and sweeps; it makes and removes objects and pages, and reads what
# they hang on.
# Files to be opened have a queue of their own: mails never wait behind them.
DEFER = """
CREATE OR REPLACE FUNCTION defer_job(task text, arguments jsonb) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = jobs, pg_catalog AS $$
  SELECT (jobs.procrastinate_defer_jobs_v1(ARRAY[
    ROW({queue}, task, 0, NULL, NULL, arguments, NULL)::jobs.procrastinate_job_to_defer_v1
  ]))[1]
$$;
"""
GRANTS = """
GRANT SELECT, INSERT ON document, document_file, document_object, document_page, handoff TO portal_citizen;
GRANT UPDATE (wrapped_key, details, removed_at, version) ON document TO portal_citizen;
GRANT UPDATE (state, received, touched_at, received_at) ON document_file TO portal_citizen;
GRANT UPDATE (position, turn) ON document_page TO portal_citizen;
GRANT UPDATE (used_at, device_hash, ended_at) ON handoff TO portal_citizen;
GRANT DELETE ON document_file, document_object, document_page TO portal_citizen;
GRANT SELECT ON document, document_file, document_object, document_page TO portal_staff;
GRANT UPDATE (looked_at) ON document TO portal_staff;
GRANT SELECT ON document, document_file, document_object, document_page, handoff TO portal_worker;
GRANT UPDATE (version) ON document TO portal_worker;
GRANT UPDATE (state, touched_at, scan, fault, attempts, kind) ON document_file TO portal_worker;
GRANT INSERT ON document_object, document_page TO portal_worker;
GRANT SELECT, INSERT ON document_request_event TO portal_worker; -- a paper is «added» once its first page is ready
GRANT DELETE ON document_file, document_object, handoff TO portal_worker;
"""


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_document_adult_id_adult")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_document_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index("ix_document_dossier_id", "document", ["dossier_id"])
    op.create_table(
        "document_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.Column("scan", sa.Text(), server_default=sa.text("'none'"), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_file_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_file")),
    )
    op.create_index("ix_document_file_document_id", "document_file", ["document_id"])
    op.create_index(
        "ix_document_file_open", "document_file", ["touched_at"], postgresql_where=sa.text("state <> 'ready'")
    )
    op.create_table(
        "document_object",
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["document_file.id"], name=op.f("fk_document_object_file_id_document_file")
        ),
        sa.PrimaryKeyConstraint("object_key", name=op.f("pk_document_object")),
        sa.UniqueConstraint("file_id", "role", "number", name=op.f("uq_document_object_file_id_role_number")),
    )
    op.create_table(
        "document_page",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("turn", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("flaw", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_page_document_id_document")),
        sa.ForeignKeyConstraint(["file_id"], ["document_file.id"], name=op.f("fk_document_page_file_id_document_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_page")),
        sa.UniqueConstraint("file_id", "number", name=op.f("uq_document_page_file_id_number")),
    )
    op.create_index("ix_document_page_document_id", "document_page", ["document_id"])
    op.create_table(
        "handoff",
        sa.Column("link_hash", sa.LargeBinary(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device_hash", sa.LargeBinary(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_handoff_adult_id_adult")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_handoff_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("link_hash", name=op.f("pk_handoff")),
        sa.UniqueConstraint("device_hash", name=op.f("uq_handoff_device_hash")),
    )
    op.execute(GRANTS)
    op.execute(DEFER.format(queue="CASE task WHEN 'check_document' THEN 'checks' ELSE 'default' END"))


def downgrade() -> None:
    op.execute("REVOKE SELECT, INSERT ON document_request_event FROM portal_worker")
    op.execute(DEFER.format(queue="'default'"))
    for table in ("handoff", "document_page", "document_object", "document_file", "document"):
        op.drop_table(table)
