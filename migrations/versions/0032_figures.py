"""Figures of closed quarters, and the one question by which they are counted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

# The worker counts, and may read neither answers nor decisions: this function says of each household with a demand in these
# days only whether and when, no name and nothing that was written. The id is for the papers, whose kinds the worker opens.
ROWS = """
CREATE FUNCTION figure_rows(since date, until date) RETURNS TABLE (
  dossier_id uuid, filed date, region text, commune integer, channel text, language text, withdrawn boolean,
  decided_on date, urgent_asked_on date, urgent_decided_on date, begun boolean, sent_on date, papers boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH holding AS (
    SELECT n.demand_id, n.answers, n.decided_on FROM decision n
    JOIN decision_step s ON s.decision_id = n.id AND s.kind = 'confirmed'
    WHERE n.demand_id IS NOT NULL AND NOT n.annuls AND NOT EXISTS (
      SELECT FROM decision later JOIN decision_step t ON t.decision_id = later.id AND t.kind = 'confirmed'
      WHERE later.replaces = n.id
    )
  )
  SELECT DISTINCT ON (d.dossier_id) d.dossier_id, d.filing_date, d.region, d.commune_bfs, d.channel, a.language,
    d.withdrawn_at IS NOT NULL,
    (SELECT min(h.decided_on) FROM holding h WHERE h.demand_id = d.id AND h.answers = 'demand'),
    (d.urgent_requested_at AT TIME ZONE 'Europe/Zurich')::date,
    (SELECT min(h.decided_on) FROM holding h WHERE h.demand_id = d.id
      AND h.decided_on >= (d.urgent_requested_at AT TIME ZONE 'Europe/Zurich')::date),
    EXISTS (SELECT FROM situation_draft x WHERE x.dossier_id = d.dossier_id),
    (SELECT (min(x.sent_at) AT TIME ZONE 'Europe/Zurich')::date FROM situation_snapshot x
      WHERE x.dossier_id = d.dossier_id AND x.sent_at >= d.instant),
    EXISTS (SELECT FROM document x JOIN document_file f ON f.document_id = x.id
      WHERE x.dossier_id = d.dossier_id AND f.received_at IS NOT NULL)
  FROM demand d JOIN adult a ON a.id = d.adult_id
  WHERE d.filing_date >= since AND d.filing_date < until
  ORDER BY d.dossier_id, d.filing_date, d.instant, d.id
$$
"""
# The desk reads what may be shown and nothing that it was counted from; the worker writes it once.
GRANTS = """
REVOKE EXECUTE ON FUNCTION figure_rows(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION figure_rows(date, date) TO portal_worker;
GRANT SELECT, INSERT ON figure_period TO portal_worker;
GRANT SELECT ON figure_period TO portal_staff;
"""


def upgrade() -> None:
    op.create_table(
        "figure_period",
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("since", name=op.f("pk_figure_period")),
        sa.UniqueConstraint("until", name=op.f("uq_figure_period_until")),
    )
    op.execute(
        "CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON figure_period"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(ROWS)
    op.execute(GRANTS)


def downgrade() -> None:
    op.execute("DROP FUNCTION figure_rows(date, date)")
    op.drop_table("figure_period")
