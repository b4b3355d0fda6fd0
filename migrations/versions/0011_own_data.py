"""Whom an audit event concerns, who opened the own dossier, closing the online account."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# Rows of before keep their hash. From now on the hash covers whom an event concerns too, and says so by its tag.
CHAIN = """
CREATE OR REPLACE FUNCTION chain_audit_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE last audit_event%ROWTYPE;
BEGIN
  PERFORM pg_advisory_xact_lock(7201102);
  SELECT * INTO last FROM audit_event ORDER BY sequence DESC LIMIT 1;
  NEW.sequence := coalesce(last.sequence, 0) + 1;
  NEW.previous_hash := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  NEW.hash := sha256(convert_to(concat_ws('|', {tag}, NEW.sequence,
    to_char(NEW.instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    NEW.actor_kind, coalesce(NEW.actor_id::text, '-'), coalesce(NEW.region, '-'), NEW.action,
    coalesce(NEW.dossier_id::text, '-'), {adult}NEW.outcome, NEW.request_id, encode(NEW.previous_hash, 'hex')),
    'UTF8'));
  RETURN NEW;
END $$
"""

# What an adult may know of who opened the dossier: what concerns them, and what concerns the household as a whole. An old
# event says not whom it concerns: of those, only the actions that never concern one adult alone (`shared`). No id leaves.
ACCESS_LOG = """
CREATE FUNCTION access_log(
  whose_dossier uuid, whose uuid, shared text[], by_centre text[], own text[], skip integer, most integer
) RETURNS TABLE (instant timestamptz, by_staff boolean, region text, action text, outcome text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT e.instant, e.actor_kind = 'staff', e.region, e.action, e.outcome
  FROM audit_event e
  WHERE e.dossier_id = whose_dossier AND (
    (e.actor_kind = 'staff' AND e.adult_id = whose AND e.action = ANY (by_centre))
    OR (e.actor_kind = 'staff' AND e.adult_id IS NULL AND e.action = ANY (shared))
    OR (e.actor_kind IN ('citizen', 'visitor') AND coalesce(e.adult_id, e.actor_id) = whose AND e.action = ANY (own))
  )
  ORDER BY e.sequence DESC OFFSET skip LIMIT most
$$
"""

# Mails are named after what they tell of: those of a demand belong to the adult who made it.
OWN_MAILS = """
CREATE FUNCTION own_mails(whose uuid)
RETURNS TABLE (name text, created_at timestamptz, sent_at timestamptz, refused_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.name, s.created_at, s.sent_at, s.refused_at
  FROM adult a JOIN demand d ON d.dossier_id = a.dossier_id AND d.adult_id = a.id
  JOIN sent_mail s ON s.name = 'filed/' || d.id
  WHERE a.id = whose ORDER BY s.created_at
$$
"""

# The citizens' role ends no code and removes no draft but here, and each time a row stays that says so. What was sent is
# not touched. The draft of the household goes only where nobody else has a code and nothing at all was sent: what was
# sent, papers and acknowledgements too, names people by the ids that this draft keeps.
CLOSE_ACCOUNT = """
CREATE FUNCTION close_account(whose_dossier uuid, whose uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO account_closing (id, dossier_id, adult_id, instant)
    SELECT gen_random_uuid(), a.dossier_id, a.id, at FROM adult a WHERE a.id = whose AND a.dossier_id = whose_dossier
    ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE access_code c SET ended_at = at WHERE c.adult_id = whose AND c.ended_at IS NULL;
  DELETE FROM situation_draft s WHERE s.dossier_id = whose_dossier AND s.adult_id = whose;
  DELETE FROM situation_draft s WHERE s.dossier_id = whose_dossier AND s.adult_id IS NULL
    AND NOT EXISTS (
      SELECT FROM access_code c JOIN adult a ON a.id = c.adult_id
      WHERE a.dossier_id = whose_dossier AND c.ended_at IS NULL
    )
    AND NOT EXISTS (SELECT FROM situation_snapshot t WHERE t.dossier_id = whose_dossier)
    AND NOT EXISTS (SELECT FROM document t WHERE t.dossier_id = whose_dossier)
    AND NOT EXISTS (SELECT FROM document_request_event t WHERE t.dossier_id = whose_dossier)
    AND NOT EXISTS (SELECT FROM acknowledgement t WHERE t.dossier_id = whose_dossier);
  RETURN true;
END $$
"""

# The desk gives a new code, which opens the account again; no mail goes to whoever has closed it, so the worker reads it.
GRANTS = """
REVOKE EXECUTE ON FUNCTION access_log(uuid, uuid, text[], text[], text[], integer, integer), own_mails(uuid),
  close_account(uuid, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_log(uuid, uuid, text[], text[], text[], integer, integer), own_mails(uuid),
  close_account(uuid, uuid, timestamptz) TO portal_citizen;
GRANT SELECT ON account_closing TO portal_citizen, portal_staff, portal_worker;
GRANT UPDATE (ended_at) ON account_closing TO portal_staff;
"""


def chain(tag: str, adult: str) -> str:
    """The trigger's function, with its tag and what it hashes of the adult."""
    return CHAIN.format(tag=f"'{tag}'", adult=adult)


def upgrade() -> None:
    op.add_column("audit_event", sa.Column("adult_id", sa.Uuid(), nullable=True))
    op.execute(chain("audit-event-2", "coalesce(NEW.adult_id::text, '-'), "))
    op.create_index("ix_audit_event_dossier_id_sequence", "audit_event", ["dossier_id", "sequence"])
    op.drop_index("ix_audit_event_dossier_id", table_name="audit_event")
    op.create_table(
        "account_closing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_account_closing_adult_id_adult")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_account_closing_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_closing")),
    )
    op.create_index("ix_account_closing_dossier_id", "account_closing", ["dossier_id"])
    op.create_index(
        "uq_account_closing_open",
        "account_closing",
        ["adult_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    for statement in (ACCESS_LOG, OWN_MAILS, CLOSE_ACCOUNT, GRANTS):
        op.execute(statement)


def downgrade() -> None:
    """Events of after have a hash that only the new tag explains; they stay as they are."""
    for function in (
        "access_log(uuid, uuid, text[], text[], text[], integer, integer)",
        "own_mails(uuid)",
        "close_account(uuid, uuid, timestamptz)",
    ):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_table("account_closing")
    op.create_index("ix_audit_event_dossier_id", "audit_event", ["dossier_id"])
    op.drop_index("ix_audit_event_dossier_id_sequence", table_name="audit_event")
    op.execute(chain("audit-event-1", ""))
    op.drop_column("audit_event", "adult_id")
