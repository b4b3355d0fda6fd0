"""To whom a mail was sent, the list of an adult's own mails; what reminds of requests and unread words reads."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# A mail's name says what it is about and not to whom it went: a centre is told of the same report as the person. So who
# it went to is written down when it is made. Mails of before: those of which the name leads to one adult alone. Names of
# three parts are a person's; a fourth part is the centre.
FILL = """
UPDATE sent_mail s SET adult_id = d.adult_id FROM demand d
  WHERE s.name = 'filed/' || d.id
  OR (s.name LIKE ANY (ARRAY['decision-%/%', 'situation-%/%']) AND s.name NOT LIKE '%/%/%/%'
    AND split_part(s.name, '/', 2) = d.id::text);
UPDATE sent_mail s SET adult_id = r.adult_id FROM change_report r
  WHERE s.name = 'report/' || r.id
  OR (s.name LIKE 'reexamination-%/%' AND s.name NOT LIKE '%/%/%/%' AND split_part(s.name, '/', 2) = r.id::text);
UPDATE sent_mail s SET adult_id = a.id FROM adult a
  WHERE s.name LIKE 'papers-%/%' AND split_part(s.name, '/', 2) = a.id::text;
UPDATE sent_mail s SET adult_id = m.adult_id FROM thread_message m WHERE s.name = 'answer/' || m.id;
UPDATE sent_mail s SET adult_id = r.adult_id FROM change_report_event e JOIN change_report r ON r.id = e.report_id
  WHERE s.name = 'asked-back/' || e.id;
UPDATE sent_mail s SET adult_id = t.adult_id FROM report_draft t WHERE s.name = 'report-kept-7/' || t.id;
"""
# Replaced, not made anew: who may call it stays as it is.
OWN_MAILS = """
CREATE OR REPLACE FUNCTION own_mails(whose uuid)
RETURNS TABLE (name text, created_at timestamptz, sent_at timestamptz, refused_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.name, s.created_at, s.sent_at, s.refused_at FROM sent_mail s
  WHERE s.adult_id = whose ORDER BY s.created_at, s.name
$$
"""
FILED_ALONE = """
CREATE OR REPLACE FUNCTION own_mails(whose uuid)
RETURNS TABLE (name text, created_at timestamptz, sent_at timestamptz, refused_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.name, s.created_at, s.sent_at, s.refused_at
  FROM adult a JOIN demand d ON d.dossier_id = a.dossier_id AND d.adult_id = a.id
  JOIN sent_mail s ON s.name = 'filed/' || d.id
  WHERE a.id = whose ORDER BY s.created_at
$$
"""
# Whose request and whose words wait since when, and of which kind they are: never the words.
GRANTS = """
GRANT SELECT (adult_id) ON case_request TO portal_worker;
GRANT SELECT (kind, about, instant) ON thread_message TO portal_worker;
GRANT SELECT (adult_id, dossier_id, since) ON thread_waiting TO portal_worker;
"""
TAKEN = """
REVOKE SELECT (adult_id) ON case_request FROM portal_worker;
REVOKE SELECT (kind, about, instant) ON thread_message FROM portal_worker;
REVOKE SELECT (adult_id, dossier_id, since) ON thread_waiting FROM portal_worker;
"""


def upgrade() -> None:
    op.add_column("sent_mail", sa.Column("adult_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_sent_mail_adult_id_adult"), "sent_mail", "adult", ["adult_id"], ["id"])
    op.execute(FILL)
    op.create_index(op.f("ix_sent_mail_adult_id"), "sent_mail", ["adult_id"])
    op.create_index(
        "ix_case_request_reexamination",
        "case_request",
        ["instant"],
        postgresql_where=sa.text("kind = 'reexamination'"),
    )
    op.execute(OWN_MAILS)
    op.execute(GRANTS)


def downgrade() -> None:
    op.execute(TAKEN)
    op.execute(FILED_ALONE)
    op.drop_index("ix_case_request_reexamination", table_name="case_request")
    op.drop_index(op.f("ix_sent_mail_adult_id"), table_name="sent_mail")
    op.drop_constraint(op.f("fk_sent_mail_adult_id_adult"), "sent_mail", type_="foreignkey")
    op.drop_column("sent_mail", "adult_id")
