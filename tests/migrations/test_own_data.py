"""Audit events of before: they keep their hash, the chain goes on, and nothing of them is guessed."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest

from portal.adapters.migrations import downgrade, migrate
from portal.domain.audit import Event, faults
from portal.i18n.access_log import BY_CENTRE, OWN, SHARED

BEFORE, AFTER = "0010", "0011"
DOSSIER, ANA, PAUL, WORKER = (uuid.UUID(int=number) for number in range(1, 5))
ADD = (
    "INSERT INTO audit_event (instant, actor_kind, actor_id, region, action, dossier_id, outcome, request_id)"
    " VALUES (now(), %s, %s, %s, %s, %s, 'done', 'test')"
)
EVENTS = "SELECT sequence, instant, actor_kind, actor_id, region, action, dossier_id, adult_id, outcome, request_id,"
EVENTS += " previous_hash, hash FROM audit_event ORDER BY sequence"
Connection = psycopg.Connection[tuple[Any, ...]]


def staff(connection: Connection, action: str) -> None:
    connection.execute(ADD, ["staff", WORKER, "sierre", action, DOSSIER])


def citizen(connection: Connection, adult: uuid.UUID) -> None:
    connection.execute(ADD, ["citizen", adult, None, "citizen:sign-in", DOSSIER])


def chain(connection: Connection) -> list[Event]:
    return [Event(*row) for row in connection.execute(EVENTS).fetchall()]


def seen(connection: Connection, adult: uuid.UUID) -> list[str]:
    values = [DOSSIER, adult, list(SHARED), list(BY_CENTRE), list(OWN)]
    return [row[3] for row in connection.execute("SELECT * FROM access_log(%s, %s, %s, %s, %s, 0, 50)", values)]


@pytest.fixture
def filled(empty_database: str) -> str:
    """A database of before, with events, and brought up to date."""
    migrate(empty_database, BEFORE)
    with psycopg.connect(empty_database) as connection:
        for action in ("demand:open", "access-code:issue", "document:open"):
            staff(connection, action)
        citizen(connection, ANA)
    migrate(empty_database, AFTER)
    return empty_database


def test_the_chain_goes_on_over_both_forms(filled: str) -> None:
    with psycopg.connect(filled) as connection:
        staff(connection, "demand:read")
        found = chain(connection)
    assert [event.form for event in found] == [1, 1, 1, 1, 2]
    assert list(faults(found)) == []


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ("UPDATE audit_event SET adult_id = gen_random_uuid() WHERE sequence = 2", 2),
        ("UPDATE audit_event SET adult_id = gen_random_uuid() WHERE sequence = 5", 5),
        ("UPDATE audit_event SET action = 'demand:read' WHERE sequence = 1", 1),
        ("DELETE FROM audit_event WHERE sequence = 3", 3),
    ],
)
def test_what_somebody_changed_is_found(filled: str, change: str, at: int) -> None:
    with psycopg.connect(filled) as connection:
        staff(connection, "demand:read")
        connection.execute("ALTER TABLE audit_event DISABLE TRIGGER insert_only")
        connection.execute(change)  # type: ignore[arg-type]
        assert {fault.sequence for fault in faults(chain(connection))} == {at}


def test_an_event_of_the_old_form_after_one_of_the_new_is_a_fault(filled: str) -> None:
    with psycopg.connect(filled) as connection:
        staff(connection, "demand:read")
    downgrade(filled, BEFORE)
    with psycopg.connect(filled) as connection:
        staff(connection, "demand:open")
    migrate(filled, AFTER)
    with psycopg.connect(filled) as connection:
        found = chain(connection)
    assert [event.form for event in found] == [1, 1, 1, 1, 2, 1]
    assert [fault.sequence for fault in faults(found)] == [6]


def test_of_old_events_nobody_sees_what_may_be_another_adult_s(filled: str) -> None:
    """Whose code and whose paper it was, nobody wrote down then."""
    with psycopg.connect(filled) as connection:
        assert seen(connection, ANA) == ["citizen:sign-in", "demand:open"]
        assert seen(connection, PAUL) == ["demand:open"]


def test_the_log_of_one_dossier_is_read_by_its_index(filled: str) -> None:
    with psycopg.connect(filled) as connection:
        connection.execute("ALTER TABLE audit_event DISABLE TRIGGER chain")
        connection.execute(
            "INSERT INTO audit_event SELECT 100 + n, now(), 'staff', NULL, 'sierre', 'demand:read', gen_random_uuid(),"
            " 'done', 'test', '\\x00', '\\x00', NULL FROM generate_series(1, 20000) n"
        )
        connection.execute("ANALYZE audit_event")
        body = connection.execute("SELECT prosrc FROM pg_proc WHERE proname = 'access_log'").fetchone()
        assert body
        query = body[0].replace("whose_dossier", f"'{DOSSIER}'").replace("whose", f"'{ANA}'")
        for name in ("by_centre", "shared", "own"):
            query = query.replace(f"ANY ({name})", "ANY ('{a}')")
        plan = "\n".join(
            row[0] for row in connection.execute("EXPLAIN " + query.replace("skip", "0").replace("most", "5"))
        )
    assert "ix_audit_event_dossier_id_sequence" in plan, plan
