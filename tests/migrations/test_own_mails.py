"""Mails of before: each finds the adult whom its name leads to, and what a centre got stays nobody's."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest
from psycopg import sql

from portal.adapters.migrations import downgrade, migrate

BEFORE, AFTER = "0014", "0015"
ANA, PAUL, DEMAND, REPORT, EVENT, MESSAGE = (uuid.UUID(int=number) for number in range(1, 7))
OWN = {
    f"filed/{DEMAND}": ANA,
    f"decision-25/{DEMAND}/2026-12-02": ANA,
    f"situation-7/{DEMAND}/2026-11-02": ANA,
    f"papers-2/{ANA}/2026-12-02": ANA,
    f"papers-2/{PAUL}/2026-12-02": PAUL,
    f"report/{REPORT}": PAUL,
    f"reexamination-31/{REPORT}/2026-12-02": PAUL,
    f"asked-back/{EVENT}": PAUL,
    f"answer/{MESSAGE}": PAUL,
}
CENTRES = (
    f"decision-25/{DEMAND}/2026-12-02/sierre",
    f"reexamination-25/{REPORT}/2026-12-02/sierre",
    f"urgent/{DEMAND}/sierre/0",
)
NEEDED = """
SELECT column_name, udt_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_nullable = 'NO' AND column_default IS NULL
  AND is_identity = 'NO'
"""
# The rows around those of here do not matter.
ALONE = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT conrelid::regclass AS home, conname FROM pg_constraint
    WHERE contype = 'f' AND connamespace = 'public'::regnamespace
  LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.home, one.conname); END LOOP;
END $$
"""
SOMETHING: dict[str, Any] = {
    "uuid": uuid.UUID(int=99),
    "text": "x",
    "timestamptz": "2026-11-02 09:00Z",
    "date": "2026-11-02",
    "bytea": b"x",
    "int4": 1,
    "int8": 1,
    "bool": False,
    "_text": [],
    "jsonb": "{}",
    "varchar": "x",
}
Connection = psycopg.Connection[tuple[Any, ...]]


def row(connection: Connection, table: str, **values: Any) -> None:
    """A row in which nothing stands but what matters here."""
    needed: dict[str, Any] = {
        name: SOMETHING[kind] for name, kind in connection.execute(NEEDED, [table]) if name not in values
    }
    given = needed | values
    names = sql.SQL(", ").join(map(sql.Identifier, given))
    marks = sql.SQL(", ").join(sql.Placeholder() * len(given))
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(sql.Identifier(table), names, marks), list(given.values())
    )


@pytest.fixture
def filled(empty_database: str) -> str:
    """A database of before, with mails, and brought up to date."""
    migrate(empty_database, BEFORE)
    with psycopg.connect(empty_database) as connection:
        connection.execute(ALONE)
        for adult, person in ((ANA, "a"), (PAUL, "b")):
            row(connection, "adult", id=adult, person=person)
        row(connection, "demand", id=DEMAND, adult_id=ANA, channel="online")
        row(connection, "change_report", id=REPORT, adult_id=PAUL, channel="online")
        row(connection, "change_report_event", id=EVENT, report_id=REPORT, kind="asked-back")
        row(connection, "thread_message", id=MESSAGE, adult_id=PAUL, kind="message", token_hash=b"x")
        for name in (*OWN, *CENTRES):
            row(connection, "sent_mail", name=name)
    migrate(empty_database, AFTER)
    return empty_database


def mails(connection: Connection, adult: uuid.UUID) -> set[str]:
    return {name for name, *_ in connection.execute("SELECT * FROM own_mails(%s)", [adult])}


def test_each_adult_has_their_own(filled: str) -> None:
    with psycopg.connect(filled) as connection:
        for adult in (ANA, PAUL):
            assert mails(connection, adult) == {name for name, whose in OWN.items() if whose == adult}
        nobodys = connection.execute("SELECT name FROM sent_mail WHERE adult_id IS NULL").fetchall()
    assert {name for (name,) in nobodys} == set(CENTRES)


def test_who_may_call_it_stays_as_it_was(filled: str) -> None:
    query = "SELECT proacl::text FROM pg_proc WHERE proname = 'own_mails'"
    with psycopg.connect(filled) as connection:
        after = connection.execute(query).fetchone()
    downgrade(filled, BEFORE)
    with psycopg.connect(filled) as connection:
        assert connection.execute(query).fetchone() == after
        assert mails(connection, ANA) == {f"filed/{DEMAND}"}
