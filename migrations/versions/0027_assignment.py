"""Who at a centre has what in hand, who is away, and what waits beside the demands, each with the day of its clock."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

# Who had what in hand is evidence: no role may change or remove it, and the trigger stops the owner too.
GRANTS = """
GRANT SELECT, INSERT ON assignment, absence TO portal_staff;
GRANT SELECT ON clock_item TO portal_staff;
GRANT EXECUTE ON FUNCTION set_papers_due(uuid, date) TO portal_citizen, portal_staff, portal_worker;
GRANT EXECUTE ON FUNCTION heal_clock_items() TO portal_worker;
"""

# `clock_item` is derived: requests and reports that wait, and the next day by which a household's papers are wanted. It is
# brought up to date by triggers, so that whoever writes one of those need not think of the board. No filing passes here: a
# demand is read from its own row, and a new one has no items.
FUNCTIONS = """
CREATE FUNCTION centre_of_household(household uuid, OUT region text, OUT goes_on boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(d.region, p.region),
    coalesce(d.dossier_id IS NOT NULL AND d.withdrawn_at IS NULL, false) OR p.dossier_id IS NOT NULL
  FROM (SELECT household AS id) o
  LEFT JOIN LATERAL (
    SELECT * FROM demand WHERE dossier_id = o.id
    ORDER BY withdrawn_at IS NOT NULL, instant DESC, register_sequence DESC LIMIT 1
  ) d ON true
  LEFT JOIN paper_file p ON p.dossier_id = o.id
$$;

-- The same rule as `services/decisions/standing.py`.
CREATE FUNCTION decision_holds(one uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT NOT d.annuls
    AND EXISTS (SELECT 1 FROM decision_step s WHERE s.decision_id = d.id AND s.kind = 'confirmed')
    AND NOT EXISTS (
      SELECT 1 FROM decision later JOIN decision_step s ON s.decision_id = later.id AND s.kind = 'confirmed'
      WHERE later.replaces = d.id
    )
  FROM decision d WHERE d.id = one
$$;

CREATE FUNCTION report_decided(report uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM decision d WHERE d.report_id = report AND decision_holds(d.id))
$$;

-- The same rule as `domain/asked_decision.py`.
CREATE FUNCTION first_asked(report uuid) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  one change_report;
  before change_report;
BEGIN
  SELECT * INTO one FROM change_report WHERE id = report;
  LOOP
    SELECT * INTO before FROM change_report b
    WHERE b.id = one.corrects AND b.asks_decision AND NOT report_decided(b.id);
    EXIT WHEN NOT FOUND;
    one := before;
  END LOOP;
  RETURN one.instant;
END $$;

CREATE FUNCTION open_clock_items(household uuid, centre text)
RETURNS TABLE (item_kind text, item_id uuid, adult_id uuid, asks text, day date, seen boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT 'request', r.id, r.adult_id, r.kind, (r.instant AT TIME ZONE 'Europe/Zurich')::date,
    EXISTS (SELECT 1 FROM case_seen s WHERE s.about = r.id AND s.reader = centre)
  FROM adult a JOIN case_request r ON r.adult_id = a.id
  WHERE a.dossier_id = household
    AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.request_id = r.id AND decision_holds(d.id))
    -- The centre closed it, and did not open it again (lines of the thread about the request).
    AND coalesce((
      SELECT t.kind FROM thread_message t WHERE t.adult_id = r.adult_id AND t.about = r.id
        AND t.kind IN ('closed', 'reopened') ORDER BY t.sequence DESC LIMIT 1
    ), 'open') <> 'closed'
    -- An answer in words ends no clock: only what has none is done with it.
    AND (r.kind IN ('urgent', 'reexamination') OR NOT EXISTS (
      SELECT 1 FROM thread_message asked
      JOIN thread_message said ON said.adult_id = asked.adult_id AND said.sequence > asked.sequence
      WHERE asked.about = r.id AND asked.adult_id = r.adult_id AND said.kind = 'answer'
    ))
  UNION ALL
  SELECT 'report', l.id, l.adult_id,
    CASE WHEN l.waits THEN 'reexamination' ELSE 'nothing' END,
    ((CASE WHEN l.waits THEN first_asked(l.id) ELSE l.instant END) AT TIME ZONE 'Europe/Zurich')::date,
    NOT l.unread
  FROM (
    SELECT c.id, c.adult_id, c.instant, c.asks_decision AND NOT report_decided(c.id) AS waits,
      EXISTS (SELECT 1 FROM report_unread u WHERE u.report_id = c.id) AS unread
    FROM change_report c
    WHERE c.dossier_id = household AND NOT EXISTS (
      SELECT 1 FROM change_report_event e WHERE e.report_id = c.id AND e.kind IN ('withdrawn', 'corrected')
    )
  ) l
  WHERE l.waits OR l.unread
$$;

CREATE FUNCTION refresh_clock_items(household uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  centre text;
  alive boolean;
BEGIN
  SELECT region, goes_on INTO centre, alive FROM centre_of_household(household);
  DELETE FROM clock_item c WHERE c.dossier_id = household AND (NOT alive OR c.item_kind <> 'papers' AND NOT EXISTS (
    SELECT 1 FROM open_clock_items(household, centre) o WHERE o.item_kind = c.item_kind AND o.item_id = c.item_id
  ));
  IF alive THEN
    INSERT INTO clock_item AS c (item_kind, item_id, dossier_id, adult_id, region, asks, day, seen)
    SELECT o.item_kind, o.item_id, household, o.adult_id, centre, o.asks, o.day, o.seen
    FROM open_clock_items(household, centre) o
    ON CONFLICT (item_kind, item_id) DO UPDATE
    SET region = excluded.region, asks = excluded.asks, day = excluded.day, seen = excluded.seen
    WHERE (c.region, c.asks, c.day, c.seen) IS DISTINCT FROM (excluded.region, excluded.asks, excluded.day, excluded.seen);
    UPDATE clock_item SET region = centre
    WHERE dossier_id = household AND item_kind = 'papers' AND region IS DISTINCT FROM centre;
  END IF;
END $$;

CREATE FUNCTION set_papers_due(household uuid, due date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF due IS NULL THEN
    DELETE FROM clock_item WHERE item_kind = 'papers' AND item_id = household;
  ELSE
    INSERT INTO clock_item AS c (item_kind, item_id, dossier_id, region, asks, day, seen)
    SELECT 'papers', household, household, h.region, 'papers', due, true
    FROM centre_of_household(household) h WHERE h.goes_on
    ON CONFLICT (item_kind, item_id) DO UPDATE SET region = excluded.region, day = excluded.day
    WHERE (c.region, c.day) IS DISTINCT FROM (excluded.region, excluded.day);
  END IF;
END $$;

-- Two who write at once do not see each other's rows: what fell between is put right within the hour.
CREATE FUNCTION heal_clock_items() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  healed integer := 0;
  household uuid;
BEGIN
  FOR household IN
    SELECT DISTINCT c.dossier_id FROM clock_item c, centre_of_household(c.dossier_id) h
    WHERE NOT h.goes_on OR h.region IS DISTINCT FROM c.region
  LOOP
    PERFORM refresh_clock_items(household);
    healed := healed + 1;
  END LOOP;
  RETURN healed;
END $$;

CREATE FUNCTION clock_items_of_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM refresh_clock_items(NEW.dossier_id);
  RETURN NULL;
END $$;

CREATE FUNCTION clock_items_of_report() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM refresh_clock_items(r.dossier_id) FROM change_report r WHERE r.id = NEW.report_id;
  RETURN NULL;
END $$;

CREATE FUNCTION clock_items_of_decision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM refresh_clock_items(d.dossier_id) FROM decision d WHERE d.id = NEW.decision_id;
  RETURN NULL;
END $$;

CREATE FUNCTION clock_items_seen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE clock_item SET seen = true
  WHERE item_kind = 'request' AND item_id = NEW.about AND region = NEW.reader AND NOT seen;
  RETURN NULL;
END $$;
"""
CALLED = (
    *("centre_of_household(uuid)", "decision_holds(uuid)", "report_decided(uuid)", "first_asked(uuid)"),
    *("open_clock_items(uuid, text)", "refresh_clock_items(uuid)", "set_papers_due(uuid, date)", "heal_clock_items()"),
)
TRIGGERED = ("clock_items_of_row()", "clock_items_of_report()", "clock_items_of_decision()", "clock_items_seen()")
TRIGGERS = {
    "case_request": "AFTER INSERT ON case_request FOR EACH ROW EXECUTE FUNCTION clock_items_of_row()",
    "thread_message": "AFTER INSERT ON thread_message FOR EACH ROW WHEN (NEW.kind IN ('answer', 'closed', 'reopened'))"
    " EXECUTE FUNCTION clock_items_of_row()",
    "demand": "AFTER UPDATE OF region, withdrawn_at ON demand FOR EACH ROW"
    " WHEN ((OLD.region, OLD.withdrawn_at) IS DISTINCT FROM (NEW.region, NEW.withdrawn_at))"
    " EXECUTE FUNCTION clock_items_of_row()",
    "paper_file": "AFTER UPDATE OF region ON paper_file FOR EACH ROW EXECUTE FUNCTION clock_items_of_row()",
    # A report is written first, and then that nobody has read it.
    "report_unread": "AFTER INSERT ON report_unread FOR EACH ROW EXECUTE FUNCTION clock_items_of_report()",
    "change_report_event": "AFTER INSERT ON change_report_event FOR EACH ROW EXECUTE FUNCTION clock_items_of_report()",
    "decision_step": "AFTER INSERT ON decision_step FOR EACH ROW WHEN (NEW.kind = 'confirmed')"
    " EXECUTE FUNCTION clock_items_of_decision()",
    "case_seen": "AFTER INSERT ON case_seen FOR EACH ROW EXECUTE FUNCTION clock_items_seen()",
}
# What waited before this migration. Which paper is wanted is sealed: of each household the next day to come is taken, and put
# right with the next note on one of its papers.
BEFORE = """
SELECT refresh_clock_items(id) FROM dossier o
WHERE EXISTS (SELECT 1 FROM adult a JOIN case_request r ON r.adult_id = a.id WHERE a.dossier_id = o.id)
  OR EXISTS (SELECT 1 FROM change_report c WHERE c.dossier_id = o.id);
SELECT set_papers_due(dossier_id, min(wanted_by)) FROM document_request_event
WHERE wanted_by >= current_date GROUP BY dossier_id;
"""
ASKED = "timezone('Europe/Zurich'::text, urgent_requested_at)::date"
URGENT_CLOCK = f"""
CASE
    WHEN decided_at IS NULL THEN LEAST(filing_date + 30, {ASKED} + 5)
    ELSE {ASKED} + 5
END"""
URGENT_RUNS = (
    "urgent_requested_at IS NOT NULL AND withdrawn_at IS NULL AND urgent_decided_at IS NULL"
    " AND (decided_at IS NULL OR urgent_requested_at > decided_at)"
)
URGENT_DECIDED = "urgent_decided_at IS NOT NULL AND decided_at IS NULL AND withdrawn_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("item_kind", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("assignee", sa.Uuid(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assignee"], ["caseworker.id"], name=op.f("fk_assignment_assignee_caseworker")),
        sa.ForeignKeyConstraint(["by"], ["caseworker.id"], name=op.f("fk_assignment_by_caseworker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index("ix_assignment_item", "assignment", ["item_kind", "item_id", "sequence"])
    op.create_index(op.f("ix_assignment_assignee"), "assignment", ["assignee"])
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("caseworker_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["caseworker.id"], name=op.f("fk_absence_by_caseworker")),
        sa.ForeignKeyConstraint(["caseworker_id"], ["caseworker.id"], name=op.f("fk_absence_caseworker_id_caseworker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_caseworker_id_sequence", "absence", ["caseworker_id", "sequence"])
    op.create_table(
        "clock_item",
        sa.Column("item_kind", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("adult_id", sa.Uuid(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.CheckConstraint("item_kind IN ('request', 'report', 'papers')", name=op.f("ck_clock_item_item_kind")),
        sa.CheckConstraint(
            "asks IN ('urgent', 'reexamination', 'papers', 'decision', 'file', 'nothing')",
            name=op.f("ck_clock_item_asks"),
        ),
        sa.ForeignKeyConstraint(["adult_id"], ["adult.id"], name=op.f("fk_clock_item_adult_id_adult")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_clock_item_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("item_kind", "item_id", name=op.f("pk_clock_item")),
    )
    op.create_index(op.f("ix_clock_item_dossier_id"), "clock_item", ["dossier_id"])
    op.create_index("ix_clock_item_region_asks_day", "clock_item", ["region", "asks", "day"])
    op.create_index(
        "ix_demand_urgent_runs",
        "demand",
        ["region", sa.text(f"({URGENT_CLOCK})")],
        postgresql_where=sa.text(URGENT_RUNS),
    )
    op.create_index(
        "ix_demand_urgent_decided", "demand", ["region", "filing_date"], postgresql_where=sa.text(URGENT_DECIDED)
    )
    for table in ("assignment", "absence"):
        op.execute(f"CREATE TRIGGER insert_only BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
    op.execute(FUNCTIONS)
    for function in (*CALLED, *TRIGGERED):
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
    for trigger in TRIGGERS.values():
        op.execute(f"CREATE TRIGGER clock_items {trigger}")
    op.execute(BEFORE)
    op.execute(GRANTS)


def downgrade() -> None:
    for table in TRIGGERS:
        op.execute(f"DROP TRIGGER clock_items ON {table}")
    for function in (*TRIGGERED, *reversed(CALLED)):
        op.execute(f"DROP FUNCTION {function}")
    op.drop_index("ix_demand_urgent_decided", "demand")
    op.drop_index("ix_demand_urgent_runs", "demand")
    for table in ("clock_item", "absence", "assignment"):
        op.drop_table(table)
