"""The one statement that files a demand: one round trip, so that the register's lock is held for a moment only.

Each part reads from the one before it, which fixes their order. What needs no place in the register is written first;
then the register entry (its trigger takes the lock), the demand, which takes the sequence from it, and the audit
event. Two requests with the same token therefore queue at the register, and the second fails on the token, never in a
deadlock.
"""

from portal.domain.demand import FLOOD_PER_HOUR

# Only our own whole numbers are filled in; every value travels as a parameter.
FILE = f"""
WITH recent AS MATERIALIZED (
  SELECT flooded(%(source_hash)s::bytea, %(recorded_at)s::timestamptz - interval '1 hour', {FLOOD_PER_HOUR}) AS flooded
), new_dossier AS (
  INSERT INTO dossier (id, reference, created_at)
  SELECT %(dossier_id)s, %(reference)s, %(recorded_at)s FROM recent RETURNING id
), new_adult AS (
  INSERT INTO adult
    (id, dossier_id, name, latin_name, name_key, birth_date, birth_year, phone, email, postal_address, unreachable,
     language, interview_language, interpreter)
  SELECT %(adult_id)s, id, %(name)s, %(latin_name)s, %(name_key)s, %(birth_date)s::date, %(birth_year)s::smallint,
    %(phone)s, %(email)s, %(postal_address)s, %(unreachable)s, %(language)s, %(interview_language)s,
    %(interpreter)s::boolean FROM new_dossier RETURNING id
), new_code AS (
  INSERT INTO access_code (id, adult_id, code_hash, issued_at)
  SELECT %(access_code_id)s, id, %(code_hash)s, %(recorded_at)s FROM new_adult RETURNING id
), new_job AS MATERIALIZED (
  SELECT defer_job('tell_filing', %(job)s::jsonb) FROM new_code
), new_entry AS (
  INSERT INTO filing_register
    (reference, kind, channel, instant, recorded_at, commune_bfs, content_hmac, key_id, signature)
  SELECT %(reference)s, 'filing', %(channel)s, %(instant)s, %(recorded_at)s, %(commune_bfs)s::integer,
    %(content_hmac)s, %(key_id)s, %(signature)s FROM new_job
  RETURNING sequence
), new_demand AS (
  INSERT INTO demand
    (id, dossier_id, adult_id, channel, instant, time_known, filing_date, recorded_at, recorded_by, commune_bfs,
     region, candidate_regions, antenna, urgent_requested_at, register_sequence, answers, salt, check_code,
     token_hash, source_hash, flooded, attempted_at, attempt_matches)
  SELECT %(demand_id)s, %(dossier_id)s, %(adult_id)s, %(channel)s, %(instant)s, %(time_known)s, %(filing_date)s,
    %(recorded_at)s, %(recorded_by)s::uuid, %(commune_bfs)s::integer, %(region)s, %(candidate_regions)s, %(antenna)s,
    %(urgent_requested_at)s::timestamptz, sequence, %(answers)s, %(salt)s, %(check_code)s, %(token_hash)s,
    %(source_hash)s::bytea, flooded, %(attempted_at)s::timestamptz, %(attempt_matches)s::boolean
  FROM new_entry, recent
), new_event AS (
  INSERT INTO audit_event (instant, actor_kind, actor_id, region, action, dossier_id, adult_id, outcome, request_id)
  SELECT %(recorded_at)s, %(actor_kind)s, %(actor_id)s::uuid, %(actor_region)s, 'demand:file', %(dossier_id)s,
    %(adult_id)s, 'done', %(request_id)s FROM new_entry
)
SELECT sequence FROM new_entry
"""  # noqa: S608
