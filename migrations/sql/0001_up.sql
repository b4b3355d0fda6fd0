-- Roles, chains, jobs and grants. Run as the owner of the tables, after they exist.
-- Roles belong to the whole server: another database may have made them before.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['portal_citizen', 'portal_staff', 'portal_worker', 'portal_both'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I LOGIN', name);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- made by another migration this instant
      END;
    END IF;
  END LOOP;
END $$;

-- The filing register: the trigger gives the sequence without a gap and links the entry to the one before.
-- The lock is held until the commit, so that a sequence is never given twice and never lost.
CREATE FUNCTION chain_register_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE last filing_register%ROWTYPE;
BEGIN
  PERFORM pg_advisory_xact_lock(7201101);
  SELECT * INTO last FROM filing_register ORDER BY sequence DESC LIMIT 1;
  NEW.sequence := coalesce(last.sequence, 0) + 1;
  NEW.previous_hash := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  NEW.hash := sha256(convert_to(concat_ws('|', 'register-entry-1', NEW.sequence, NEW.reference, NEW.kind, NEW.channel,
    to_char(NEW.instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    to_char(NEW.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    coalesce(NEW.commune_bfs::text, '-'), encode(NEW.content_hmac, 'hex'), NEW.key_id, encode(NEW.signature, 'hex'),
    encode(NEW.previous_hash, 'hex')), 'UTF8'));
  RETURN NEW;
END $$;

CREATE FUNCTION chain_audit_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE last audit_event%ROWTYPE;
BEGIN
  PERFORM pg_advisory_xact_lock(7201102);
  SELECT * INTO last FROM audit_event ORDER BY sequence DESC LIMIT 1;
  NEW.sequence := coalesce(last.sequence, 0) + 1;
  NEW.previous_hash := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  NEW.hash := sha256(convert_to(concat_ws('|', 'audit-event-1', NEW.sequence,
    to_char(NEW.instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    NEW.actor_kind, coalesce(NEW.actor_id::text, '-'), coalesce(NEW.region, '-'), NEW.action,
    coalesce(NEW.dossier_id::text, '-'), NEW.outcome, NEW.request_id, encode(NEW.previous_hash, 'hex')), 'UTF8'));
  RETURN NEW;
END $$;

-- Second wall behind the grants: even a role with too many rights cannot change what was written.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER chain BEFORE INSERT ON filing_register FOR EACH ROW EXECUTE FUNCTION chain_register_entry();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON filing_register FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER chain BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION chain_audit_event();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Jobs live in a schema of their own. Web processes may only defer, through one function.
CREATE FUNCTION defer_job(task text, arguments jsonb) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = jobs, pg_catalog AS $$
  SELECT (jobs.procrastinate_defer_jobs_v1(ARRAY[
    ROW('default', task, 0, NULL, NULL, arguments, NULL)::jobs.procrastinate_job_to_defer_v1
  ]))[1]
$$;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA jobs FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO portal_citizen, portal_staff, portal_worker;

-- Filing, the same act on both surfaces.
GRANT SELECT, INSERT ON dossier, adult, demand, demand_event, access_code, filing_register TO portal_citizen, portal_staff;
GRANT INSERT ON audit_event TO portal_citizen, portal_staff, portal_worker;
GRANT EXECUTE ON FUNCTION defer_job(text, jsonb) TO portal_citizen, portal_staff, portal_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON limit_counter TO portal_citizen, portal_staff, portal_worker;

-- Citizens: their own session, the urgent request and the withdrawal.
GRANT SELECT, INSERT, UPDATE ON citizen_session TO portal_citizen;
GRANT UPDATE (urgent_requested_at, withdrawn_at) ON demand TO portal_citizen;

-- Staff: the life of a demand, a new code after seeing identity, reading the audit.
GRANT UPDATE (region, opened_at, urgent_opened_at, urgent_requested_at, withdrawn_at, filing_date) ON demand TO portal_staff;
GRANT UPDATE (ended_at) ON access_code TO portal_staff;
GRANT SELECT, UPDATE (ended_at) ON citizen_session TO portal_staff;
GRANT SELECT ON caseworker, audit_event, sent_mail TO portal_staff;
GRANT SELECT, INSERT, UPDATE ON staff_session TO portal_staff;

-- The worker: mails, sweeps, the signed head.
GRANT SELECT ON dossier, adult, demand, filing_register, audit_event TO portal_worker;
GRANT UPDATE (source_hash) ON demand TO portal_worker;
GRANT SELECT, INSERT, UPDATE ON sent_mail TO portal_worker;
GRANT SELECT, DELETE ON citizen_session, staff_session TO portal_worker;
GRANT USAGE ON SCHEMA jobs TO portal_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA jobs TO portal_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA jobs TO portal_worker;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA jobs TO portal_worker;

-- SURFACE=both, for development.
GRANT portal_citizen, portal_staff, portal_worker TO portal_both;
