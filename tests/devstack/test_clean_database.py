"""`clean_database` leaves what the migration left, and nothing else."""

from typing import Any

import psycopg
import pytest

from tests.devstack.database import Database

SCRATCH = """
    CREATE TABLE scratch (id integer GENERATED ALWAYS AS IDENTITY, text text);
    CREATE TABLE scratch_seeded (id integer PRIMARY KEY);
    CREATE SEQUENCE scratch_number;
    INSERT INTO scratch_seeded VALUES (1), (2);
    CREATE FUNCTION scratch_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'insert-only'; END $$;
    CREATE TRIGGER refuse BEFORE UPDATE OR DELETE ON scratch FOR EACH ROW EXECUTE FUNCTION scratch_refuse();
"""
DROP = "DROP TABLE scratch, scratch_seeded; DROP SEQUENCE scratch_number; DROP FUNCTION scratch_refuse()"


def one(connection: psycopg.Connection[tuple[Any, ...]], question: str) -> Any:
    row = connection.execute(question).fetchone()
    return row[0] if row else None


def test_rows_go_seeds_return_and_numbers_start_again(clean_database: Database) -> None:
    database = clean_database  # what is remembered here must not hold the rows of an earlier test
    with database.connect(autocommit=True) as connection:
        connection.execute(SCRATCH)
        try:
            database.remember()
            connection.execute("INSERT INTO scratch (text) VALUES ('a'), ('b')")
            connection.execute("DELETE FROM scratch_seeded WHERE id = 1")
            connection.execute("INSERT INTO scratch_seeded VALUES (3)")
            connection.execute("SELECT nextval('scratch_number'), nextval('scratch_number')")
            with pytest.raises(psycopg.errors.RaiseException):
                connection.execute("DELETE FROM scratch")
            database.clean()
            assert one(connection, "SELECT count(*) FROM scratch") == 0
            assert one(connection, "SELECT array_agg(id ORDER BY id) FROM scratch_seeded") == [1, 2]
            assert one(connection, "SELECT nextval('scratch_number')") == 1
            assert one(connection, "INSERT INTO scratch (text) VALUES ('c') RETURNING id") == 1
            assert one(connection, "SELECT count(*) FROM alembic_version") == 1
        finally:
            connection.execute(DROP)
            database.remember()


def test_the_insert_only_tables_are_emptied(clean_database: Database) -> None:
    with clean_database.connect() as connection:
        tables = [row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        assert "filing_register" in tables
        counts = {name: one(connection, f'SELECT count(*) FROM "{name}"') for name in tables}  # noqa: S608
    assert {name for name, count in counts.items() if count} == {"alembic_version"}


@pytest.mark.parametrize("role", ["portal_owner", "portal_citizen", "portal_staff", "portal_worker", "portal_both"])
def test_each_role_signs_in_and_is_no_superuser(database: Database, role: str) -> None:
    with database.connect(role) as connection:
        assert one(connection, "SELECT rolname FROM pg_roles WHERE rolname = current_user") == role
        assert one(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
