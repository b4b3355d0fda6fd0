"""Invitations to the desk; functions by which an administrator changes the people of the desk, and their trail."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0031"
down_revision = "0029"
branch_labels = None
depends_on = None

INVITABLE = "ARRAY['reception', 'social-worker', 'team-lead', 'figures']"
DESK = "ARRAY['reception', 'social-worker', 'team-lead']"

# The staff role may still write nothing into `caseworker`. It invites, and these two functions do the rest: they ask again
# who is an administrator, make none, and leave the last one. Each leaves a row that says what somebody was from then on.
TAKE_UP = """
CREATE FUNCTION take_up_invitation(its_address text, its_issuer text, its_subject text, at timestamptz)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE invited invitation%ROWTYPE; whose caseworker%ROWTYPE;
BEGIN
  SELECT * INTO invited FROM invitation i
    WHERE i.address = its_address AND i.taken_at IS NULL AND i.withdrawn_at IS NULL AND i.ends_at > at FOR UPDATE;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  SELECT * INTO whose FROM caseworker c WHERE c.issuer = its_issuer AND c.subject = its_subject FOR UPDATE;
  IF FOUND AND whose.active THEN
    RETURN NULL;
  END IF;
  INSERT INTO caseworker (id, issuer, subject, name, region, roles, active)
    VALUES (gen_random_uuid(), its_issuer, its_subject, invited.name, invited.region, invited.roles, true)
    ON CONFLICT (issuer, subject) DO UPDATE
      SET name = excluded.name, region = excluded.region, roles = excluded.roles, active = true
    RETURNING * INTO whose;
  UPDATE invitation SET taken_at = at, caseworker_id = whose.id WHERE id = invited.id;
  INSERT INTO caseworker_change (id, caseworker_id, instant, by_id, roles, region, active)
    VALUES (gen_random_uuid(), whose.id, at, NULL, whose.roles, whose.region, true);
  RETURN whose.id;
END $$
"""

# The lock lets two administrators who end each other's access go one after the other.
CHANGE = """
CREATE FUNCTION change_caseworker(by_whom uuid, whom uuid, new_roles text[], new_region text, stays boolean, at timestamptz)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE before caseworker%ROWTYPE; named text[]; place text;
BEGIN
  PERFORM pg_advisory_xact_lock(7201112);
  IF NOT EXISTS (SELECT FROM caseworker c WHERE c.id = by_whom AND c.active AND 'administrator' = ANY (c.roles)) THEN
    RETURN 'not-yours';
  END IF;
  SELECT * INTO before FROM caseworker c WHERE c.id = whom FOR UPDATE;
  IF NOT FOUND OR NOT before.active THEN
    RETURN 'not-yours';
  END IF;
  named := CASE WHEN stays THEN new_roles ELSE before.roles END;
  place := CASE WHEN stays THEN new_region ELSE before.region END;
  IF 'administrator' = ANY (named) AND NOT 'administrator' = ANY (before.roles) THEN
    RETURN 'administrator';
  END IF;
  IF 'administrator' = ANY (before.roles) AND NOT (stays AND 'administrator' = ANY (named)) AND NOT EXISTS (
    SELECT FROM caseworker c WHERE c.id <> whom AND c.active AND 'administrator' = ANY (c.roles)
  ) THEN
    RETURN 'last';
  END IF;
  UPDATE caseworker SET roles = named, region = place, active = stays WHERE id = whom;
  INSERT INTO caseworker_change (id, caseworker_id, instant, by_id, roles, region, active)
    VALUES (gen_random_uuid(), whom, at, by_whom, named, place, stays);
  RETURN 'done';
END $$
"""
SIGNATURES = (
    "take_up_invitation(text, text, text, timestamptz),"
    " change_caseworker(uuid, uuid, text[], text, boolean, timestamptz)"
)
# Both web roles had EXECUTE by default as everybody: it is taken from all, and given to the desk. The worker reads to whom
# a mail goes, and nothing of who somebody is to be.
GRANTS = f"""
REVOKE EXECUTE ON FUNCTION {SIGNATURES} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {SIGNATURES} TO portal_staff;
GRANT SELECT, INSERT, UPDATE (withdrawn_at) ON invitation TO portal_staff;
GRANT SELECT (id, address, language, ends_at, taken_at, withdrawn_at) ON invitation TO portal_worker;
GRANT SELECT ON caseworker_change TO portal_staff;
"""
FIXED = ("id", "address", "name", "roles", "region", "language", "made_at", "made_by", "ends_at")


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", ARRAY(sa.Text()), nullable=False),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("caseworker_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"cardinality(roles) > 0 AND roles <@ {INVITABLE}", name=op.f("ck_invitation_known_roles")),
        sa.CheckConstraint(f"(roles && {DESK}) = (region IS NOT NULL)", name=op.f("ck_invitation_region_of_desk")),
        sa.CheckConstraint("language IN ('fr', 'de')", name=op.f("ck_invitation_language")),
        sa.CheckConstraint("(taken_at IS NULL) = (caseworker_id IS NULL)", name=op.f("ck_invitation_taken_by")),
        sa.CheckConstraint("taken_at IS NULL OR withdrawn_at IS NULL", name=op.f("ck_invitation_one_end")),
        sa.ForeignKeyConstraint(["made_by"], ["caseworker.id"], name=op.f("fk_invitation_made_by_caseworker")),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name=op.f("fk_invitation_caseworker_id_caseworker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    op.create_index(
        "uq_invitation_open",
        "invitation",
        ["address"],
        unique=True,
        postgresql_where=sa.text("taken_at IS NULL AND withdrawn_at IS NULL"),
    )
    op.create_table(
        "caseworker_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("roles", ARRAY(sa.Text()), nullable=False),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name=op.f("fk_caseworker_change_caseworker_id_caseworker")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["caseworker.id"], name=op.f("fk_caseworker_change_by_id_caseworker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caseworker_change")),
    )
    op.create_index(op.f("ix_caseworker_change_caseworker_id"), "caseworker_change", ["caseworker_id"])
    op.execute(
        f"CREATE TRIGGER insert_only BEFORE UPDATE OF {', '.join(FIXED)} ON invitation"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON caseworker_change"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    for statement in (TAKE_UP, CHANGE, GRANTS):
        op.execute(statement)


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {SIGNATURES}")
    op.drop_table("caseworker_change")
    op.drop_table("invitation")
