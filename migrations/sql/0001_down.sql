-- Undo 0001_up.sql. Roles stay: they belong to the server and may serve another database.
REVOKE ALL ON SCHEMA public FROM portal_citizen, portal_staff, portal_worker;
DROP TRIGGER chain ON filing_register;
DROP TRIGGER insert_only ON filing_register;
DROP TRIGGER chain ON audit_event;
DROP TRIGGER insert_only ON audit_event;
DROP FUNCTION chain_register_entry(), chain_audit_event(), refuse_change(), defer_job(text, jsonb);
DROP SCHEMA jobs CASCADE;
