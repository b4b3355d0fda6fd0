"""The rights of each role, as a table: the real grants must be these and no other."""

from __future__ import annotations

import psycopg
import pytest

from tests.devstack.database import Database
from tests.migrations.grants import Grants, grants

R, W, U, D = "SELECT", "INSERT", "UPDATE", "DELETE"
FILING: dict[str, set[str]] = {
    "dossier": {R, W},
    "adult": {R, W},
    "demand": {R, W},
    "demand_event": {R, W},
    "access_code": {R, W},
    "filing_register": {R, W},
    "audit_event": {W},
    "limit_counter": {R, W, U, D},
    "situation_draft": {R, W, U},
    "situation_snapshot": {R, W},
    "document_request_event": {R, W},
    "page_time": {R, W, U},
}
PAPERS = ("document", "document_file", "document_object", "document_page")
EXPECTED: Grants = {
    "portal_citizen": FILING
    | {
        "demand": {R, W, "UPDATE(urgent_requested_at)", "UPDATE(withdrawn_at)"},
        "citizen_session": {R, W, U},
        "document": {R, W} | {f"UPDATE({name})" for name in ("wrapped_key", "details", "removed_at", "version")},
        "document_file": {R, W, D} | {f"UPDATE({name})" for name in ("state", "received", "touched_at", "received_at")},
        "document_object": {R, W, D},
        "document_page": {R, W, D, "UPDATE(position)", "UPDATE(turn)"},
        "handoff": {R, W} | {f"UPDATE({name})" for name in ("used_at", "device_hash", "ended_at")},
        "acknowledgement": {R, W},
        "notice_progress": {R, W, U},
        "notice_link": {R, W, "UPDATE(used_at)", "UPDATE(ended_at)"},
        "change_report": {R, W},
        "decision": {R},
        "decision_step": {R},
        "change_report_event": {R, W},
        "report_unread": {R, W, D},
        "report_draft": {R, W, U, D},
        "apart": {W},
        "month_note": {R, W},
        "month_note_event": {R, W},
        "dossier_term": {R},
        "interview_event": {R},
        "answer_mark": {W}
        | {
            f"SELECT({name})"
            for name in ("id", "sequence", "dossier_id", "adult_id", "instant", "region", "roles", "details")
        },
        "identity_event": {R},
        "paper_file": {R},
        "mail_wish": {R, W},
        "case_request": {R, W},
        "thread_message": {R, W},
        "case_seen": {R, W},
        "thread_waiting": {R, W, "UPDATE(asked)", "UPDATE(urgent)"},
        "account_closing": {R},
        "bundle": {f"SELECT({name})" for name in ("dossier_id", "instant", "commune_bfs")},
        "household_event": {
            f"SELECT({name})"
            for name in (
                *(
                    "id",
                    "sequence",
                    "dossier_id",
                    "kind",
                    "why",
                    "instant",
                    "region",
                    "to_region",
                    "commune_bfs",
                    "since",
                ),
                *("other_dossier_id", "adult_id"),
            )
        },
    },
    "portal_staff": FILING
    | {
        "demand": {R, W}
        | {
            f"UPDATE({column})"
            for column in (
                "region",
                "opened_at",
                "urgent_opened_at",
                "urgent_requested_at",
                "withdrawn_at",
                "decided_at",
                "urgent_decided_at",
                "closed_at",
                "filing_date",
            )
        },
        "adult": {R, W, "UPDATE(search_keys)"},
        "access_code": {R, W, "UPDATE(ended_at)"},
        "audit_event": {R, W},
        "caseworker": {R},
        "citizen_session": {R, "UPDATE(ended_at)"},
        "sent_mail": {R},
        "staff_session": {R, W, U},
        "logout_seen": {R, W},
        **{name: {R} for name in PAPERS},
        "document": {R, "UPDATE(looked_at)", "UPDATE(seen_at)", "UPDATE(review_since)"},
        "acknowledgement": {R, W},
        "notice_progress": {R},
        "notice_link": {R, W, "UPDATE(used_at)", "UPDATE(ended_at)"},
        "change_report": {R, W},
        "decision": {R, W},
        "decision_step": {R, W},
        "decision_waiting": {R, W, D},
        "change_report_event": {R, W},
        "report_unread": {R, W, D},
        "report_draft": {R, W, U, D},
        "apart": {R},
        "month_note": {R},
        "month_note_event": {R},
        "dossier_term": {R, W},
        "interview_event": {R, W},
        "answer_mark": {R, W},
        "identity_event": {R, W},
        "paper_file": {R, W} | {f"UPDATE({name})" for name in ("region", "closed_at", "commune_bfs", "arrived_at")},
        "household_event": {R, W},
        "file_glance": {R, W},
        "call_list": {R, "UPDATE(done_at)", "UPDATE(done_by)"},
        "assignment": {R, W},
        "absence": {R, W},
        "clock_item": {R},
        "case_request": {R},
        "thread_message": {R, W},
        "case_seen": {R, W},
        "thread_waiting": {R, W, D},
        "account_closing": {R, "UPDATE(ended_at)"},
        "bundle": {R, W},
        "invitation": {R, W, "UPDATE(withdrawn_at)"},
        "caseworker_change": {R},
        "figure_period": {R},
    },
    "portal_worker": {
        "dossier": {R},
        "adult": {R, "UPDATE(search_keys)"},
        "demand": {R, "UPDATE(source_hash)"},
        "filing_register": {R},
        "audit_event": {R, W},
        "limit_counter": {R, W, U, D},
        "sent_mail": {R, W, U},
        "citizen_session": {R, D},
        "staff_session": {"SELECT(id_hash)", "SELECT(seen_at)", D},
        "logout_seen": {"SELECT(seen_at)", D},
        "document": {R, "UPDATE(version)", "UPDATE(review_since)"},
        "document_file": {R, D}
        | {f"UPDATE({name})" for name in ("state", "touched_at", "scan", "fault", "attempts", "kind")},
        "document_object": {R, W, D},
        "document_page": {R, W},
        "document_request_event": {R, W},
        "handoff": {R, D},
        "notice_link": {R, D},
        "change_report": {
            f"SELECT({name})" for name in ("id", "dossier_id", "adult_id", "instant", "asks_decision", "corrects")
        },
        "decision": {f"SELECT({name})" for name in ("id", "report_id", "request_id", "replaces", "annuls")},
        "decision_step": {"SELECT(decision_id)", "SELECT(kind)"},
        "change_report_event": {"SELECT(id)", "SELECT(report_id)", "SELECT(kind)"},
        "report_unread": {R},
        "report_draft": {f"SELECT({name})" for name in ("id", "dossier_id", "adult_id", "saved_at")} | {D},
        "dossier_term": {R},
        "interview_event": {f"SELECT({name})" for name in ("id", "sequence", "dossier_id", "kind", "at", "adults")},
        "paper_file": {R},
        "household_event": {"SELECT(id)", "SELECT(dossier_id)"},
        "mail_wish": {R},
        "call_list": {R, W},
        "situation_snapshot": {"SELECT(dossier_id)", "SELECT(sent_at)"},
        "case_request": {f"SELECT({name})" for name in ("id", "dossier_id", "adult_id", "kind", "instant")},
        "thread_message": {f"SELECT({name})" for name in ("id", "sequence", "adult_id", "kind", "about", "instant")},
        "thread_waiting": {f"SELECT({name})" for name in ("adult_id", "dossier_id", "since")},
        "case_seen": {R},
        "account_closing": {R},
        "invitation": {
            f"SELECT({name})" for name in ("id", "address", "language", "ends_at", "taken_at", "withdrawn_at")
        },
        "figure_period": {R, W},
    }
    | {
        f"jobs.{table}": {R, W, U, D}
        for table in (
            "procrastinate_jobs",
            "procrastinate_events",
            "procrastinate_periodic_defers",
            "procrastinate_workers",
        )
    },
}
"""A new grant is a decision: write it here too, with the reason in the migration."""


def test_the_real_grants_are_these(database: Database) -> None:
    with database.connect() as connection:
        found = grants(connection)
    assert found == EXPECTED


NEVER = [
    ("portal_citizen", "SELECT 1 FROM apart"),
    ("portal_citizen", "SELECT caseworker_id FROM bundle"),
    ("portal_citizen", "DELETE FROM bundle"),
    ("portal_staff", "UPDATE bundle SET instant = now()"),
    ("portal_staff", "DELETE FROM bundle"),
    ("portal_worker", "SELECT 1 FROM bundle"),
    ("portal_citizen", "SELECT 1 FROM assignment"),
    ("portal_citizen", "SELECT 1 FROM clock_item"),
    ("portal_citizen", "SELECT refresh_clock_items(gen_random_uuid())"),
    ("portal_staff", "UPDATE assignment SET at = now()"),
    ("portal_staff", "DELETE FROM absence"),
    ("portal_staff", "DELETE FROM clock_item"),
    ("portal_staff", "SELECT heal_clock_items()"),
    ("portal_worker", "SELECT 1 FROM assignment"),
    ("portal_citizen", "SELECT details FROM household_event"),
    ("portal_citizen", "SELECT caseworker_id FROM household_event"),
    ("portal_citizen", "INSERT INTO household_event (kind) VALUES ('closed')"),
    ("portal_citizen", "UPDATE demand SET closed_at = NULL"),
    ("portal_citizen", "UPDATE paper_file SET closed_at = NULL"),
    ("portal_citizen", "SELECT 1 FROM file_glance"),
    ("portal_staff", "UPDATE household_event SET kind = 'closed'"),
    ("portal_staff", "DELETE FROM household_event"),
    ("portal_staff", "UPDATE file_glance SET until = now()"),
    ("portal_staff", "DELETE FROM file_glance"),
    ("portal_staff", "SELECT reopen_by_person(gen_random_uuid(), gen_random_uuid(), '', now())"),
    ("portal_worker", "SELECT kind FROM household_event"),
    ("portal_worker", "SELECT 1 FROM file_glance"),
    ("portal_citizen", "DELETE FROM change_report"),
    ("portal_citizen", "UPDATE change_report_event SET instant = now()"),
    ("portal_staff", "UPDATE change_report SET instant = now()"),
    ("portal_staff", "DELETE FROM change_report_event"),
    ("portal_staff", "UPDATE decision SET instant = now()"),
    ("portal_staff", "DELETE FROM decision_step"),
    ("portal_citizen", "INSERT INTO decision (id) VALUES (gen_random_uuid())"),
    ("portal_citizen", "INSERT INTO decision_step (kind) VALUES ('confirmed')"),
    ("portal_citizen", "UPDATE demand SET decided_at = now()"),
    ("portal_worker", "SELECT details FROM decision"),
    ("portal_worker", "SELECT decided_on FROM decision"),
    ("portal_staff", "INSERT INTO apart (instant) VALUES (now())"),
    ("portal_worker", "SELECT content FROM change_report"),
    ("portal_worker", "SELECT name FROM change_report"),
    ("portal_worker", "INSERT INTO change_report_event (id) VALUES (gen_random_uuid())"),
    ("portal_worker", "SELECT details FROM change_report_event"),
    ("portal_worker", "DELETE FROM report_unread"),
    ("portal_worker", "SELECT content FROM report_draft"),
    ("portal_citizen", "SELECT 1 FROM audit_event"),
    ("portal_citizen", "SELECT 1 FROM caseworker"),
    ("portal_citizen", "SELECT 1 FROM staff_session"),
    ("portal_citizen", "SELECT 1 FROM sent_mail"),
    ("portal_citizen", "SELECT 1 FROM jobs.procrastinate_jobs"),
    ("portal_citizen", "DELETE FROM demand"),
    ("portal_citizen", "UPDATE demand SET filing_date = filing_date"),
    ("portal_citizen", "UPDATE demand SET region = 'sierre'"),
    ("portal_citizen", "UPDATE access_code SET ended_at = now()"),
    ("portal_citizen", "UPDATE adult SET name = 'x'"),
    ("portal_citizen", "DELETE FROM account_closing"),
    ("portal_citizen", "UPDATE account_closing SET ended_at = now()"),
    ("portal_staff", "INSERT INTO account_closing (id) VALUES (gen_random_uuid())"),
    ("portal_staff", "SELECT close_account(gen_random_uuid(), gen_random_uuid(), now())"),
    ("portal_worker", "SELECT * FROM own_mails(gen_random_uuid())"),
    ("portal_staff", "SELECT * FROM access_log(gen_random_uuid(), gen_random_uuid(), '{}', '{}', '{}', 0, 1)"),
    ("portal_citizen", "DELETE FROM situation_draft"),
    ("portal_citizen", "UPDATE situation_snapshot SET number = 9"),
    ("portal_staff", "DELETE FROM situation_snapshot"),
    ("portal_staff", "UPDATE document_request_event SET instant = now()"),
    ("portal_worker", "SELECT 1 FROM situation_draft"),
    ("portal_citizen", "UPDATE month_note SET instant = now()"),
    ("portal_citizen", "DELETE FROM month_note"),
    ("portal_citizen", "UPDATE month_note_event SET instant = now()"),
    ("portal_citizen", "DELETE FROM month_note_event"),
    ("portal_staff", "INSERT INTO month_note_event (month) VALUES (now())"),
    ("portal_citizen", "INSERT INTO dossier_term (id) VALUES (gen_random_uuid())"),
    ("portal_staff", "INSERT INTO month_note (month) VALUES (now())"),
    ("portal_staff", "UPDATE dossier_term SET value = 1"),
    ("portal_staff", "UPDATE interview_event SET at = now()"),
    ("portal_staff", "DELETE FROM answer_mark"),
    ("portal_citizen", "SELECT caseworker_id FROM answer_mark"),
    ("portal_staff", "DELETE FROM identity_event"),
    ("portal_citizen", "INSERT INTO identity_event (id) VALUES (gen_random_uuid())"),
    ("portal_worker", "SELECT details FROM interview_event"),
    ("portal_worker", "SELECT 1 FROM month_note"),
    ("portal_citizen", "INSERT INTO paper_file (region) VALUES ('sierre')"),
    ("portal_citizen", "UPDATE paper_file SET region = 'sierre'"),
    ("portal_staff", "UPDATE paper_file SET since = now()"),
    ("portal_staff", "DELETE FROM paper_file"),
    ("portal_worker", "INSERT INTO paper_file (region) VALUES ('sierre')"),
    ("portal_worker", "SELECT content FROM situation_snapshot"),
    ("portal_worker", "SELECT failed_jobs()"),
    ("portal_citizen", "SELECT failed_jobs()"),
    ("portal_citizen", "SELECT 1 FROM call_list"),
    ("portal_citizen", "UPDATE mail_wish SET wanted = false"),
    ("portal_staff", "SELECT 1 FROM mail_wish"),
    ("portal_staff", "UPDATE call_list SET name = 'x'"),
    ("portal_staff", "DELETE FROM call_list"),
    ("portal_worker", "SELECT reason FROM thread_message"),
    ("portal_staff", "UPDATE assignment SET assignee = NULL"),
    ("portal_citizen", "SELECT assignee FROM assignment"),
    ("portal_worker", "SELECT assignee FROM assignment"),
    ("portal_worker", "SELECT details FROM thread_message"),
    ("portal_worker", "SELECT language FROM thread_message"),
    ("portal_worker", "SELECT details FROM case_request"),
    ("portal_worker", "SELECT register_sequence FROM case_request"),
    ("portal_worker", "SELECT region FROM thread_message"),
    ("portal_worker", "SELECT urgent FROM thread_waiting"),
    ("portal_worker", "DELETE FROM thread_waiting"),
    ("portal_staff", "SELECT * FROM own_mails(gen_random_uuid())"),
    ("portal_citizen", "SELECT adult_id FROM sent_mail"),
    ("portal_citizen", "UPDATE thread_message SET instant = now()"),
    ("portal_citizen", "UPDATE case_request SET details = ''"),
    ("portal_citizen", "DELETE FROM thread_waiting"),
    ("portal_citizen", "DELETE FROM case_seen"),
    ("portal_staff", "INSERT INTO case_request (id) VALUES (gen_random_uuid())"),
    ("portal_staff", "UPDATE thread_message SET details = ''"),
    ("portal_staff", "DELETE FROM thread_message"),
    ("portal_staff", "UPDATE case_seen SET instant = now()"),
    ("portal_staff", "SELECT 1 FROM jobs.procrastinate_jobs"),
    ("portal_staff", "INSERT INTO caseworker (id) VALUES (gen_random_uuid())"),
    ("portal_staff", "UPDATE caseworker SET region = 'sierre'"),
    ("portal_staff", "UPDATE demand SET instant = now()"),
    ("portal_staff", "UPDATE demand SET answers = ''"),
    ("portal_staff", "DELETE FROM demand_event"),
    ("portal_worker", "INSERT INTO demand (id) VALUES (gen_random_uuid())"),
    ("portal_worker", "UPDATE demand SET filing_date = filing_date"),
    ("portal_worker", "INSERT INTO filing_register (reference) VALUES ('x')"),
    ("portal_worker", "SELECT 1 FROM access_code"),
    ("portal_worker", "SELECT 1 FROM caseworker"),
    ("portal_worker", "SELECT 1 FROM demand_event"),
    ("portal_both", "UPDATE caseworker SET region = 'sierre'"),
    ("portal_citizen", "SELECT 1 FROM invitation"),
    ("portal_citizen", "SELECT take_up_invitation('x', 'x', 'x', now())"),
    ("portal_worker", "SELECT take_up_invitation('x', 'x', 'x', now())"),
    ("portal_worker", "SELECT roles FROM invitation"),
    ("portal_staff", "UPDATE invitation SET roles = ARRAY['figures']"),
    ("portal_staff", "UPDATE invitation SET taken_at = now()"),
    ("portal_staff", "DELETE FROM invitation"),
    ("portal_staff", "INSERT INTO caseworker_change (id) VALUES (gen_random_uuid())"),
    ("portal_citizen", "SELECT change_caseworker(gen_random_uuid(), gen_random_uuid(), '{}', NULL, true, now())"),
    ("portal_citizen", "SELECT 1 FROM figure_period"),
    ("portal_staff", "SELECT * FROM figure_rows('2026-01-01', '2026-04-01')"),
    ("portal_citizen", "SELECT * FROM figure_rows('2026-01-01', '2026-04-01')"),
    ("portal_staff", "INSERT INTO figure_period (since) VALUES (now())"),
    ("portal_worker", "UPDATE figure_period SET made_at = now()"),
    ("portal_worker", "DELETE FROM figure_period"),
    ("portal_both", "TRUNCATE demand"),
    ("portal_both", "CREATE TABLE mine (id int)"),
    ("portal_citizen", "CREATE TABLE mine (id int)"),
    ("portal_staff", "CREATE TEMPORARY TABLE mine (id int)"),
    ("portal_citizen", "ALTER TABLE filing_register DISABLE TRIGGER ALL"),
    ("portal_citizen", "SET session_replication_role = replica"),
    ("portal_citizen", "SET ROLE portal_owner"),
    ("portal_both", "SET ROLE portal_owner"),
]


@pytest.mark.parametrize(("role", "statement"), NEVER)
def test_what_a_role_must_never_do(database: Database, role: str, statement: str) -> None:
    with database.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)


def test_the_roles_are_ordinary(database: Database) -> None:
    with database.connect() as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles"
            " WHERE rolname LIKE 'portal%' AND rolname <> 'portal_owner'"
        ).fetchall()
        members = connection.execute(
            "SELECT m.rolname, r.rolname FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member"
            " JOIN pg_roles r ON r.oid = a.roleid WHERE m.rolname LIKE 'portal%' AND m.rolname <> 'portal_owner'"
        ).fetchall()
    assert sorted(row[0] for row in rows) == ["portal_both", "portal_citizen", "portal_staff", "portal_worker"]
    assert not any(flag for row in rows for flag in row[1:])
    assert sorted(members) == [("portal_both", f"portal_{part}") for part in ("citizen", "staff", "worker")]


def test_functions_are_not_for_everybody(database: Database) -> None:
    """Eight are for the web roles, seven of them for citizens; functions that run as the owner fix their search path."""
    with database.connect() as connection:
        rows = connection.execute(
            "SELECT p.proname, prosecdef, coalesce(array_to_string(proconfig, ','), ''),"
            " has_function_privilege('portal_citizen', p.oid, 'EXECUTE'), proacl::text"
            " FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = 'public'"
        ).fetchall()
    for_the_web = {
        "defer_job", "flooded", "access_log", "own_mails", "close_account", "set_papers_due", "reopen_by_person",
    }  # fmt: skip
    assert {name for name, *_ in rows} - for_the_web == {
        "chain_register_entry", "chain_audit_event", "refuse_change", "keep_done", "failed_jobs", "forget_search_keys",
        "centre_of_household", "decision_holds", "report_decided", "first_asked", "open_clock_items", "refresh_clock_items",
        "heal_clock_items", "clock_items_of_row", "clock_items_of_report", "clock_items_of_decision", "clock_items_seen",
        "take_up_invitation", "change_caseworker", "figure_rows", "hand_on_report",
    }  # fmt: skip
    for name, definer, config, citizen, acl in rows:
        assert citizen is (name in for_the_web), name
        assert "search_path=" in config or not definer, name
        assert "{=X" not in acl, f"{name} is open to everybody"
        assert ",=X" not in acl, f"{name} is open to everybody"


def test_a_web_role_defers_a_job_but_cannot_look_at_the_queue(database: Database) -> None:
    with database.connect("portal_citizen") as connection:
        row = connection.execute("SELECT defer_job('tell_filing', '{}')").fetchone()
        assert row is not None
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT jobs.procrastinate_fetch_job_v2('{}', 1)")
        connection.rollback()
