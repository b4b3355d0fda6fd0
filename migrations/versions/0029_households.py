"""What is done with a household's file as a whole, and looks into the file of another region."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

# The desk does it, and nobody changes or removes what was done: the trigger stops the owner too. It lets the sealed column
# pass, which a rotation of master keys wraps anew, and says nothing of DELETE, for the purge. The person reads what was done
# and never why in words; their writing opens a closed file again, by one function and in no other way. The worker tells.
# Looks into other regions' files are the desk's: the person reads them in their access log.
GRANTS = """
GRANT SELECT, INSERT ON household_event, file_glance TO portal_staff;
GRANT SELECT (id, sequence, dossier_id, kind, why, instant, region, to_region, commune_bfs, since, other_dossier_id, adult_id)
  ON household_event TO portal_citizen;
GRANT SELECT (id, dossier_id) ON household_event TO portal_worker;
GRANT UPDATE (closed_at) ON demand, paper_file TO portal_staff;
GRANT UPDATE (commune_bfs) ON paper_file TO portal_staff;
REVOKE EXECUTE ON FUNCTION reopen_by_person(uuid, uuid, bytea, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reopen_by_person(uuid, uuid, bytea, timestamptz) TO portal_citizen;
"""
REOPEN = """
CREATE FUNCTION reopen_by_person(whose uuid, event uuid, sealed bytea, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  demands integer;
  papers integer;
BEGIN
  UPDATE demand SET closed_at = NULL WHERE dossier_id = whose AND closed_at IS NOT NULL;
  GET DIAGNOSTICS demands = ROW_COUNT;
  UPDATE paper_file SET closed_at = NULL WHERE dossier_id = whose AND closed_at IS NOT NULL;
  GET DIAGNOSTICS papers = ROW_COUNT;
  IF demands + papers = 0 THEN
    RETURN false;
  END IF;
  INSERT INTO household_event (id, dossier_id, kind, instant, details) VALUES (event, whose, 'reopened', at, sealed);
  RETURN true;
END $$
"""
# A closed file has no clocks: its items of the board go, and come back when it is opened again.
GOES_ON = """
CREATE OR REPLACE FUNCTION centre_of_household(household uuid, OUT region text, OUT goes_on boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(d.region, p.region),
    coalesce(d.dossier_id IS NOT NULL AND d.withdrawn_at IS NULL{closed}, false) OR p.dossier_id IS NOT NULL{paper}
  FROM (SELECT household AS id) o
  LEFT JOIN LATERAL (
    SELECT * FROM demand WHERE dossier_id = o.id
    ORDER BY withdrawn_at IS NOT NULL, instant DESC, register_sequence DESC LIMIT 1
  ) d ON true
  LEFT JOIN paper_file p ON p.dossier_id = o.id
$$
"""
TRIGGERS = (
    ("demand", ("region", "withdrawn_at")),
    ("paper_file", ("region",)),
)
FIXED = {
    "household_event": (
        *("id", "sequence", "dossier_id", "kind", "why", "instant", "caseworker_id", "region", "to_region"),
        *("commune_bfs", "since", "other_dossier_id", "adult_id"),
    ),
    "file_glance": (
        *("id", "sequence", "dossier_id", "caseworker_id", "region", "regions", "session_hash", "reason", "instant"),
        "until",
    ),
}
BOARD = (
    "CREATE INDEX ix_demand_board ON demand (region, (CASE WHEN urgent_requested_at IS NOT NULL AND urgent_opened_at IS NULL"
    " THEN 0 WHEN decided_at IS NOT NULL THEN 3 WHEN opened_at IS NULL THEN 1 ELSE 2 END),"
    " (LEAST(filing_date + 30, timezone('Europe/Zurich'::text, urgent_requested_at)::date + 5)), filing_date, instant)"
)


def _watch(table: str, columns: tuple[str, ...]) -> None:
    """Let a change of these columns bring the items of the board up to date."""
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    op.execute(f"DROP TRIGGER clock_items ON {table}")
    op.execute(
        f"CREATE TRIGGER clock_items AFTER UPDATE OF {', '.join(columns)} ON {table} FOR EACH ROW"
        f" WHEN (({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION clock_items_of_row()"
    )


def upgrade() -> None:
    op.create_table(
        "household_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("to_region", sa.Text(), nullable=True),
        sa.Column("commune_bfs", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("other_dossier_id", sa.Uuid(), nullable=True),
        sa.Column("adult_id", sa.Uuid(), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('closed', 'reopened', 'moved', 'merged', 'parted')", name=op.f("ck_household_event_kind")
        ),
        sa.CheckConstraint(
            "(kind = 'closed') = (why IS NOT NULL) AND (why IS NULL OR why IN"
            " ('aid-ended', 'withdrawn', 'never-completed', 'left-canton', 'died', 'double'))",
            name=op.f("ck_household_event_why"),
        ),
        sa.CheckConstraint("(kind = 'moved') = (to_region IS NOT NULL)", name=op.f("ck_household_event_moved_to")),
        sa.CheckConstraint(
            "(kind IN ('merged', 'parted')) = (other_dossier_id IS NOT NULL)",
            name=op.f("ck_household_event_merged_into"),
        ),
        sa.CheckConstraint("other_dossier_id <> dossier_id", name=op.f("ck_household_event_two_files")),
        sa.CheckConstraint("(caseworker_id IS NULL) = (region IS NULL)", name=op.f("ck_household_event_by_centre")),
        sa.CheckConstraint("caseworker_id IS NOT NULL OR kind = 'reopened'", name=op.f("ck_household_event_by_person")),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_household_event_adult_id_adult")),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name=op.f("fk_household_event_caseworker_id_caseworker")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_household_event_dossier_id_dossier")),
        sa.ForeignKeyConstraint(
            ["other_dossier_id"], ["dossier.id"], name=op.f("fk_household_event_other_dossier_id_dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_event")),
    )
    op.create_index("ix_household_event_dossier_id_sequence", "household_event", ["dossier_id", "sequence"])
    op.create_index(op.f("ix_household_event_other_dossier_id"), "household_event", ["other_dossier_id"])
    op.create_table(
        "file_glance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("regions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("session_hash", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["caseworker_id"], ["caseworker.id"], name=op.f("fk_file_glance_caseworker_id_caseworker")
        ),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_file_glance_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_glance")),
    )
    op.create_index("ix_file_glance_caseworker_id_sequence", "file_glance", ["caseworker_id", "sequence"])
    op.create_index(op.f("ix_file_glance_dossier_id"), "file_glance", ["dossier_id"])
    op.create_index(op.f("ix_file_glance_region"), "file_glance", ["region"])
    for table, columns in FIXED.items():
        op.execute(
            f"CREATE TRIGGER insert_only BEFORE UPDATE OF {', '.join(columns)} ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    op.add_column("demand", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("paper_file", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_demand_board", "demand")
    op.execute(f"{BOARD} WHERE withdrawn_at IS NULL AND closed_at IS NULL")
    op.execute(GOES_ON.format(closed=" AND d.closed_at IS NULL", paper=" AND p.closed_at IS NULL"))
    for table, columns in TRIGGERS:
        _watch(table, (*columns, "closed_at"))
    op.execute(REOPEN)
    op.execute(GRANTS)


def downgrade() -> None:
    op.execute("DROP FUNCTION reopen_by_person(uuid, uuid, bytea, timestamptz)")
    for table, columns in TRIGGERS:
        _watch(table, columns)
    op.execute(GOES_ON.format(closed="", paper=""))
    op.drop_index("ix_demand_board", "demand")
    op.execute(f"{BOARD} WHERE withdrawn_at IS NULL")
    op.drop_column("paper_file", "closed_at")
    op.drop_column("demand", "closed_at")
    op.drop_table("file_glance")
    op.drop_table("household_event")
