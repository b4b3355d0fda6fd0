"""The test database: migrated once, emptied between tests."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from devstack.database import ensure_database
from devstack.postgres import DATABASE, OWNER, SUPERUSER, Postgres
from tests.servers import flask_command

BASELINE = "test_baseline"
# Every table of the portal and of its queue, but neither the migration's own mark nor our copies.
TABLES = """
    SELECT schemaname, relname FROM pg_stat_user_tables
    WHERE relname <> 'alembic_version' AND schemaname <> %s ORDER BY 1, 2
"""
SEQUENCES = "SELECT schemaname, sequencename, last_value, start_value FROM pg_sequences WHERE schemaname <> %s"
Name = tuple[str, str]


class Database:
    """One migrated database on a running PostgreSQL."""

    def __init__(self, postgres: Postgres) -> None:
        self.postgres = postgres
        self._tables: list[Name] = []
        self._seeded: list[Name] = []
        self._sequences: dict[Name, int | None] = {}

    def url(self, role: str = OWNER) -> str:
        """The address for a role: portal_owner, portal_citizen, portal_staff, portal_worker, portal_both."""
        return self.postgres.url(role)

    def connect(self, role: str = OWNER, **options: Any) -> psycopg.Connection[tuple[Any, ...]]:
        """A psycopg connection as `role`; `options` as psycopg.connect takes them."""
        return psycopg.connect(self.url(role), **options)

    def migrate(self, variables: dict[str, str]) -> None:
        """Make database and roles, run `flask --app app migrate`, and remember what an empty portal holds."""
        ensure_database(self.postgres)
        done = flask_command("migrate", variables=variables)
        if done.returncode != 0:
            raise RuntimeError(f"flask migrate failed:\n{done.stdout}\n{done.stderr}")
        ensure_database(self.postgres)
        self.remember()

    def clean(self) -> None:
        """Empty every table, insert-only ones too, put back what the migration had put there, reset sequences.

        Rows are deleted without triggers, as the superuser: quicker than TRUNCATE, which makes new files.
        """
        with self._superuser() as connection:
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute("SET LOCAL lock_timeout = '10s'")
            if not self._tables:
                return
            probe = " UNION ALL ".join(
                f"SELECT {index} WHERE EXISTS (SELECT FROM {_dotted(name)})"  # noqa: S608 - names are ours
                for index, name in enumerate(self._tables)
            )
            for (index,) in connection.execute(probe).fetchall():
                connection.execute(f"DELETE FROM {_dotted(self._tables[index])}")  # noqa: S608
            for number, name in enumerate(self._seeded):
                copy = f'INSERT INTO {_dotted(name)} SELECT * FROM {BASELINE}."{number}"'  # noqa: S608
                connection.execute(copy)
            for schema, name, last, start in connection.execute(SEQUENCES, [BASELINE]).fetchall():
                before = self._sequences.get((schema, name))
                if last != before:
                    connection.execute(
                        "SELECT setval(%s::regclass, %s, %s)",
                        [_dotted((schema, name)), before if before is not None else start, before is not None],
                    )

    def remember(self) -> None:
        """Take what the tables hold now for what `clean` comes back to."""
        with self._superuser() as connection:
            self._remember(connection)

    def _remember(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        connection.execute(f"DROP SCHEMA IF EXISTS {BASELINE} CASCADE")
        connection.execute(f"CREATE SCHEMA {BASELINE}")
        self._tables = [(schema, name) for schema, name in connection.execute(TABLES, [BASELINE]).fetchall()]
        self._seeded = []
        for table in self._tables:
            if connection.execute(f"SELECT 1 FROM {_dotted(table)} LIMIT 1").fetchone():  # noqa: S608
                copy = f'CREATE TABLE {BASELINE}."{len(self._seeded)}" AS TABLE {_dotted(table)}'
                connection.execute(copy)
                self._seeded.append(table)
        rows = connection.execute(SEQUENCES, [BASELINE]).fetchall()
        self._sequences = {(schema, name): last for schema, name, last, _ in rows}

    def _superuser(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(self.postgres.url(SUPERUSER, DATABASE))


def _dotted(name: Name) -> str:
    return sql.Identifier(*name).as_string()
