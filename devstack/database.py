"""The portal's database and its roles on the private PostgreSQL."""

from __future__ import annotations

import psycopg
from psycopg import sql

from devstack.postgres import DATABASE, OWNER, SUPERUSER, Postgres

DEMO_MARK = "demo data loaded"


def ensure_database(postgres: Postgres) -> None:
    """Make the owner, the database and the application's roles where they are missing, and set their passwords.

    Idempotent; call it before and after a migration, which makes a role that is missing, but without a password.
    The owner itself makes the application's roles: only then may it grant one to the other.
    """
    passwords = postgres.passwords
    with psycopg.connect(postgres.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        _ensure_role(connection, OWNER, passwords[OWNER], "LOGIN CREATEROLE")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(
                sql.SQL(
                    "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' "
                    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
                ).format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )
            # Only the roles that the migration names may come in.
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(DATABASE)))
    with psycopg.connect(postgres.url(OWNER), autocommit=True) as connection:
        for role, password in passwords.items():
            if role != OWNER:
                _ensure_role(connection, role, password, "LOGIN")
                connection.execute(
                    sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(DATABASE), sql.Identifier(role))
                )


def demo_loaded(postgres: Postgres) -> bool:
    """True when the demo data are in this database; the mark lies with the data it speaks of."""
    question = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with psycopg.connect(postgres.url(OWNER)) as connection:
        row = connection.execute(question, [DATABASE]).fetchone()
    return bool(row and row[0] == DEMO_MARK)


def mark_demo_loaded(postgres: Postgres) -> None:
    """Note in the database that it has its demo data."""
    with psycopg.connect(postgres.url(OWNER)) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(DATABASE), sql.Literal(DEMO_MARK))
        )


def _ensure_role(connection: psycopg.Connection, role: str, password: str, options: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = "ALTER ROLE" if known else "CREATE ROLE"
    connection.execute(
        sql.SQL(f"{verb} {{}} {options} PASSWORD {{}}").format(sql.Identifier(role), sql.Literal(password))
    )
