"""Many dossiers in the database, as the years would leave them: every table, both chains, regions and ages mixed.

Made in SQL as the tables' owner. Their answers and signatures are random bytes: nothing that is measured opens them.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from devstack.postgres import OWNER, Postgres
from portal.law import directory

# A number that shares no factor with 10^8, so that every reference is another one; the check digits as in the code.
PEOPLE = """
CREATE TEMPORARY TABLE load ON COMMIT DROP AS
SELECT number, gen_random_uuid() AS dossier_id, gen_random_uuid() AS adult_id, gen_random_uuid() AS demand_id,
  'VS-' || substr(digits, 1, 4) || '-' || substr(digits, 5, 4) || '-'
    || lpad((98 - digits::bigint * 100 %% 97)::text, 2, '0') AS reference,
  now() - make_interval(mins => (number * 17)::int) AS instant,
  regions[1 + number %% cardinality(regions)] AS region,
  number > 200 AS opened, number %% 41 = 0 AS withdrawn, number %% 24 = 0 AS urgent
FROM (SELECT number, lpad((number * 7919 %% 100000000)::text, 8, '0') AS digits, %(regions)s::text[] AS regions
      FROM generate_series(1, %(count)s) AS number) AS numbered
WHERE NOT EXISTS (SELECT FROM dossier -- an equality, so that it is asked once for all and not for each pair
  WHERE left(reference, 13) = 'VS-' || substr(digits, 1, 4) || '-' || substr(digits, 5, 4) || '-')
"""
TABLES = (
    "INSERT INTO dossier (id, reference, created_at) SELECT dossier_id, reference, instant FROM load",
    """
    INSERT INTO adult (id, dossier_id, name, name_key, birth_year, phone, email, unreachable, language)
    SELECT adult_id, dossier_id, 'Personne ' || number, number || ' personne', 1930 + number % 75,
      '+41 79 ' || lpad((number / 3)::text, 7, '0'), 'p' || number || '@example.ch', false, 'fr' FROM load
    """,
    """
    INSERT INTO access_code (id, adult_id, code_hash, issued_at)
    SELECT gen_random_uuid(), adult_id, sha256(adult_id::text::bytea), instant FROM load
    """,
    """
    INSERT INTO filing_register (reference, kind, channel, instant, recorded_at, content_hmac, key_id, signature)
    SELECT reference, 'filing', 'online', instant, instant, sha256(reference::bytea), 'bench',
      sha256(demand_id::text::bytea) FROM load ORDER BY number DESC
    """,
    """
    INSERT INTO demand (id, dossier_id, adult_id, channel, instant, time_known, filing_date, recorded_at, region,
      candidate_regions, urgent_requested_at, urgent_opened_at, opened_at, withdrawn_at, register_sequence, answers,
      salt, check_code, token_hash, flooded)
    SELECT demand_id, dossier_id, adult_id, 'online', load.instant, true, (load.instant AT TIME ZONE 'Europe/Zurich')::date,
      load.instant, region, ARRAY[region], CASE WHEN urgent THEN load.instant END,
      CASE WHEN urgent AND opened THEN load.instant + interval '1 hour' END,
      CASE WHEN opened THEN load.instant + interval '1 day' END,
      CASE WHEN withdrawn THEN load.instant + interval '2 days' END, sequence, sha256(demand_id::text::bytea),
      sha256(reference::bytea), '00000000', sha256(dossier_id::text::bytea), false
    FROM load JOIN filing_register USING (reference)
    """,
    """
    INSERT INTO situation_draft (id, dossier_id, adult_id, saved_at, content)
    SELECT gen_random_uuid(), dossier_id, whose, instant, decode(repeat(md5(dossier_id::text), 120), 'hex')
    FROM load, LATERAL (VALUES (NULL::uuid), (adult_id)) AS rows (whose)
    """,
    """
    INSERT INTO situation_snapshot (id, dossier_id, number, sent_at, adult_id, content)
    SELECT gen_random_uuid(), dossier_id, sending, instant, adult_id, decode(repeat(md5(dossier_id::text), 120), 'hex')
    FROM load, generate_series(1, 2) AS sendings (sending)
    """,
    """
    INSERT INTO audit_event (instant, actor_kind, action, dossier_id, outcome, request_id)
    SELECT instant, 'visitor', 'demand:file', dossier_id, 'done', 'bench' FROM load ORDER BY number DESC
    """,
)


def load(postgres: Postgres, count: int) -> None:
    """Add `count` dossiers to an empty portal, and let PostgreSQL know its tables."""
    regions = [region.id for region in directory.regions()]
    with psycopg.connect(postgres.url(OWNER)) as connection:
        connection.execute(PEOPLE, {"count": count, "regions": regions})
        for statement in TABLES:
            connection.execute(sql.SQL(statement))
    with psycopg.connect(postgres.url(OWNER), autocommit=True) as connection:
        connection.execute("ANALYZE")
