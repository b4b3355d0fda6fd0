"""A database of its own for migrations that go up and down; the others keep theirs."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from devstack.postgres import OWNER, SUPERUSER, Postgres
from tests.devstack.database import Database

NAME = "portal_migrations"


@pytest.fixture
def empty_database(postgres: Postgres, database: Database) -> Iterator[str]:
    """The owner's address of an empty database on the same server (where the roles stand already)."""
    name = sql.Identifier(NAME)
    with psycopg.connect(postgres.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(name, sql.Identifier(OWNER))
        )
        try:
            yield postgres.url(OWNER, NAME)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
