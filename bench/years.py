"""What the years leave beside the dossiers: four papers for each, ten audit events. Their content is random, unopened."""

from __future__ import annotations

import psycopg
from psycopg import sql

from devstack.postgres import OWNER, Postgres

PAPERS, EVENTS = 4, 10
"""Of each dossier."""
ROWS = (
    """
    CREATE TEMPORARY TABLE sheet ON COMMIT DROP AS
    SELECT gen_random_uuid() AS document_id, gen_random_uuid() AS file_id, dossier_id, adult_id, instant, number
    FROM demand, generate_series(1, {papers}) AS number
    WHERE check_code = '00000000' -- of the load, not of the bench's own people
      AND NOT EXISTS (SELECT FROM document WHERE document.dossier_id = demand.dossier_id)
    """,
    """
    INSERT INTO document (id, dossier_id, adult_id, created_at, wrapped_key, details, looked_at, seen_at)
    SELECT document_id, dossier_id, adult_id, instant, sha256(document_id::text::bytea), sha256(file_id::text::bytea),
      CASE WHEN number > 1 THEN instant + interval '1 day' END, CASE WHEN number > 1 THEN instant + interval '1 day' END
    FROM sheet
    """,
    """
    INSERT INTO document_file (id, document_id, state, length, received, begun_at, touched_at, received_at, details, scan,
      kind)
    SELECT file_id, document_id, 'ready', 400000, 400000, instant, instant, instant, sha256(document_id::text::bytea),
      'clean', 'jpeg' FROM sheet
    """,
    """
    INSERT INTO document_page (id, document_id, file_id, number, position, width, height)
    SELECT gen_random_uuid(), document_id, file_id, 0, 0, 1200, 1600 FROM sheet
    """,
    """
    INSERT INTO audit_event (instant, actor_kind, action, dossier_id, adult_id, outcome, request_id)
    SELECT demand.instant + make_interval(days => number), 'citizen', 'checklist:read', demand.dossier_id, demand.adult_id,
      'done', 'bench'
    FROM demand, generate_series(1, {events} - 1) AS number
    WHERE NOT EXISTS (SELECT FROM audit_event AS e WHERE e.dossier_id = demand.dossier_id AND e.action = 'checklist:read')
    """,
)
COUNTED = "SELECT (SELECT count(*) FROM dossier), (SELECT count(*) FROM document), (SELECT count(*) FROM audit_event)"


def load_years(postgres: Postgres) -> tuple[int, int, int]:
    """Add papers and events to every dossier that has none; how many dossiers, papers and audit events there are then."""
    with psycopg.connect(postgres.url(OWNER)) as connection:
        numbers = {"papers": sql.Literal(PAPERS), "events": sql.Literal(EVENTS)}
        for statement in ROWS:
            connection.execute(sql.SQL(statement).format(**numbers))
    with psycopg.connect(postgres.url(OWNER), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        return connection.execute(COUNTED).fetchone() or (0, 0, 0)
