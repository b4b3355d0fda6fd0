"""Requests stay on the board of clocks until closed, corrections in the hand of before; moved files on paper are on it."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

# An answer in words ended what has no clock: it was gone from the board, and open in its thread. The thread is right.
OPEN = """
CREATE OR REPLACE FUNCTION open_clock_items(household uuid, centre text)
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
    ), 'open') <> 'closed'{answered}
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
  WHERE l.waits OR l.unread{moved}
$$
"""
ANSWERED = """
    AND (r.kind IN ('urgent', 'reexamination') OR NOT EXISTS (
      SELECT 1 FROM thread_message asked
      JOIN thread_message said ON said.adult_id = asked.adult_id AND said.sequence > asked.sequence
      WHERE asked.about = r.id AND asked.adult_id = r.adult_id AND said.kind = 'answer'
    ))"""
# What a moved demand says by its own row, not opened yet, a file on paper says by an item.
MOVED = """
  UNION ALL
  SELECT 'moved', p.dossier_id, NULL::uuid, 'moved', (p.arrived_at AT TIME ZONE 'Europe/Zurich')::date, false
  FROM paper_file p WHERE p.dossier_id = household AND p.arrived_at IS NOT NULL"""
# The rule changed for what stands already: the items of these households are derived anew.
ANEW = """
SELECT refresh_clock_items(o.dossier_id)
FROM (SELECT DISTINCT dossier_id FROM case_request WHERE kind IN ('decision', 'file')) o
"""
# The person corrects, and may not write who has what in hand: the database hands it on, as it was given and by whom.
HAND_ON = """
CREATE FUNCTION hand_on_report() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO assignment (id, item_kind, item_id, assignee, by, at)
  SELECT gen_random_uuid(), a.item_kind, NEW.id, a.assignee, a.by, a.at FROM assignment a
  WHERE a.item_kind = 'report' AND a.item_id = NEW.corrects ORDER BY a.sequence DESC LIMIT 1;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION hand_on_report() FROM PUBLIC;
CREATE TRIGGER hand_on AFTER INSERT ON change_report FOR EACH ROW WHEN (NEW.corrects IS NOT NULL)
  EXECUTE FUNCTION hand_on_report();
"""
KINDS = ("request", "report", "papers")
ASKS = ("urgent", "reexamination", "papers", "decision", "file", "nothing")


def _watch_thread(kinds: str) -> None:
    """Let lines of these kinds bring the items of the board up to date."""
    op.execute("DROP TRIGGER clock_items ON thread_message")
    op.execute(
        f"CREATE TRIGGER clock_items AFTER INSERT ON thread_message FOR EACH ROW WHEN (NEW.kind IN ({kinds}))"
        " EXECUTE FUNCTION clock_items_of_row()"
    )


def _watch_papers(*columns: str) -> None:
    """The same for a change of these columns of a file on paper."""
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    op.execute("DROP TRIGGER clock_items ON paper_file")
    op.execute(
        f"CREATE TRIGGER clock_items AFTER UPDATE OF {', '.join(columns)} ON paper_file FOR EACH ROW"
        f" WHEN (({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION clock_items_of_row()"
    )


def _items_are(kinds: tuple[str, ...], asks: tuple[str, ...]) -> None:
    """What `clock_item` may hold."""
    for column, words in (("item_kind", kinds), ("asks", asks)):
        op.drop_constraint(op.f(f"ck_clock_item_{column}"), "clock_item")
        said = ", ".join(f"'{word}'" for word in words)
        op.create_check_constraint(op.f(f"ck_clock_item_{column}"), "clock_item", f"{column} IN ({said})")


def upgrade() -> None:
    op.add_column("paper_file", sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("GRANT UPDATE (arrived_at) ON paper_file TO portal_staff")
    _items_are((*KINDS, "moved"), (*ASKS, "moved"))
    op.execute(OPEN.format(answered="", moved=MOVED))
    _watch_papers("region", "closed_at", "arrived_at")
    _watch_thread("'closed', 'reopened'")
    op.execute(ANEW)
    op.execute(HAND_ON)


def downgrade() -> None:
    op.execute("DROP TRIGGER hand_on ON change_report")
    op.execute("DROP FUNCTION hand_on_report()")
    _watch_thread("'answer', 'closed', 'reopened'")
    _watch_papers("region", "closed_at")
    op.execute(OPEN.format(answered=ANSWERED, moved=""))
    op.execute(ANEW)
    op.execute("DELETE FROM clock_item WHERE item_kind = 'moved'")
    _items_are(KINDS, ASKS)
    op.drop_column("paper_file", "arrived_at")
