"""Reminders: wishes for mails, the desk's list to print or call, how often a mail was handed over, days to look for."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# A wish is evidence: insert-only. A visitor who ends the mails by the link in one acts as the citizen's role.
# The worker opens the addresses, writes lines for the desk, sees when something was sent and nothing of what it was.
# What was done stays done: a line that has a caseworker cannot be changed any more, by whichever role.
GRANTS = """
GRANT SELECT, INSERT ON mail_wish TO portal_citizen;
GRANT SELECT ON mail_wish TO portal_worker;
GRANT SELECT, INSERT ON call_list TO portal_worker;
GRANT SELECT, UPDATE (done_at, done_by) ON call_list TO portal_staff;
GRANT SELECT (dossier_id, sent_at) ON situation_snapshot TO portal_worker;
CREATE TRIGGER insert_only BEFORE UPDATE OF sequence, adult_id, instant, wanted, language OR DELETE ON mail_wish
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
DONE_ONCE = """
CREATE FUNCTION keep_done() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.done_at IS NOT NULL THEN
    RAISE EXCEPTION 'what was done stays done' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$
"""
# What gave up, without an argument and without a name of anybody: the queue itself stays closed to the desk.
FAILED = """
CREATE FUNCTION failed_jobs() RETURNS TABLE (task text, jobs bigint, attempts integer, last_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = jobs, pg_catalog AS $$
  SELECT j.task_name::text, count(*), max(j.attempts), max(e.at)
  FROM procrastinate_jobs j
  LEFT JOIN LATERAL (SELECT max(x.at) AS at FROM procrastinate_events x WHERE x.job_id = j.id) e ON true
  WHERE j.status = 'failed' GROUP BY j.task_name
$$
"""
RIGHTS = """
CREATE TRIGGER keep_done BEFORE UPDATE ON call_list FOR EACH ROW EXECUTE FUNCTION keep_done();
REVOKE EXECUTE ON FUNCTION keep_done(), failed_jobs() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION failed_jobs() TO portal_staff;
"""


def upgrade() -> None:
    op.add_column("sent_mail", sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_index(
        "ix_sent_mail_trouble",
        "sent_mail",
        ["created_at"],
        postgresql_where=sa.text("refused_at IS NOT NULL OR tries > 1"),
    )
    op.add_column("document_request_event", sa.Column("wanted_by", sa.Date(), nullable=True))
    op.create_index(
        "ix_document_request_event_wanted_by",
        "document_request_event",
        ["wanted_by"],
        postgresql_where=sa.text("wanted_by IS NOT NULL"),
    )
    op.create_index(
        "ix_demand_filing_date", "demand", ["filing_date"], postgresql_where=sa.text("withdrawn_at IS NULL")
    )
    op.create_index(
        "ix_demand_unopened",
        "demand",
        ["recorded_at"],
        postgresql_where=sa.text("opened_at IS NULL AND withdrawn_at IS NULL"),
    )
    op.create_table(
        "mail_wish",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("wanted = (address IS NOT NULL)", name=op.f("ck_mail_wish_address_when_wanted")),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_mail_wish_adult_id_adult")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_wish")),
    )
    op.create_index("ix_mail_wish_adult_id_sequence", "mail_wish", ["adult_id", "sequence"])
    op.create_table(
        "call_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name=op.f("ck_call_list_done_by_somebody")),
        sa.CheckConstraint("(adult_id IS NULL) = (region IS NOT NULL)", name=op.f("ck_call_list_person_or_centre")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_call_list_dossier_id_dossier")),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_call_list_adult_id_adult")),
        sa.ForeignKeyConstraint(["done_by"], ["caseworker.id"], name=op.f("fk_call_list_done_by_caseworker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_list")),
        sa.UniqueConstraint("name", name=op.f("uq_call_list_name")),
    )
    op.create_index("ix_call_list_dossier_id", "call_list", ["dossier_id"])
    op.create_index("ix_call_list_open", "call_list", ["made_at"], postgresql_where=sa.text("done_at IS NULL"))
    op.create_index("ix_call_list_done", "call_list", ["done_at"], postgresql_where=sa.text("done_at IS NOT NULL"))
    for statement in (DONE_ONCE, FAILED, *filter(None, map(str.strip, (GRANTS + RIGHTS).split(";\n")))):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP FUNCTION failed_jobs()")
    op.drop_table("call_list")
    op.drop_table("mail_wish")
    op.execute("DROP FUNCTION keep_done()")
    op.execute("REVOKE SELECT (dossier_id, sent_at) ON situation_snapshot FROM portal_worker")
    op.drop_index("ix_demand_unopened", table_name="demand")
    op.drop_index("ix_demand_filing_date", table_name="demand")
    op.drop_index("ix_document_request_event_wanted_by", table_name="document_request_event")
    op.drop_column("document_request_event", "wanted_by")
    op.drop_index("ix_sent_mail_trouble", table_name="sent_mail")
    op.drop_column("sent_mail", "tries")
