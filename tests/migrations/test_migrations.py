"""Migrations go up, down and up again, and leave what the models say."""

from __future__ import annotations

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from portal.adapters.migrations import config, downgrade, migrate
from portal.models import Base
from portal.settings import SettingsError, owner_database_url
from tests.devstack.database import Database
from tests.migrations.grants import grants

OBJECTS = """
SELECT 'table', n.nspname || '.' || relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
  WHERE relkind IN ('r', 'S', 'v', 'p', 'm') AND nspname IN ('public', 'jobs')
UNION SELECT 'function', n.nspname || '.' || proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace
  WHERE nspname IN ('public', 'jobs')
UNION SELECT 'type', n.nspname || '.' || typname FROM pg_type JOIN pg_namespace n ON n.oid = typnamespace
  WHERE nspname IN ('public', 'jobs') AND typtype IN ('e', 'd')
UNION SELECT 'schema', nspname FROM pg_namespace WHERE nspname = 'jobs'
UNION SELECT 'trigger', tgrelid::regclass || '.' || tgname FROM pg_trigger WHERE NOT tgisinternal
"""


def objects(url: str) -> set[tuple[str, str]]:
    with psycopg.connect(url) as connection:
        return {(kind, name) for kind, name in connection.execute(OBJECTS).fetchall()}


def test_up_down_up(empty_database: str) -> None:
    migrate(empty_database)
    first = objects(empty_database)
    with psycopg.connect(empty_database) as connection:
        rights = grants(connection)
    downgrade(empty_database, "base")
    assert objects(empty_database) == {("table", "public.alembic_version")}
    with psycopg.connect(empty_database) as connection:
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (0,)
    migrate(empty_database)
    assert objects(empty_database) == first
    with psycopg.connect(empty_database) as connection:
        assert grants(connection) == rights
    migrate(empty_database)  # a second time changes nothing
    assert objects(empty_database) == first


def test_each_step_goes_down_and_up(empty_database: str) -> None:
    script = ScriptDirectory.from_config(config(empty_database))
    revisions = [revision.revision for revision in script.walk_revisions()][::-1]
    assert script.get_heads() == [revisions[-1]]
    for revision in revisions:
        migrate(empty_database, revision)
        downgrade(empty_database, "-1")
        migrate(empty_database, revision)


def test_models_and_migrations_agree(database: Database) -> None:
    engine = create_engine(database.url().replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_object": lambda thing, *_: getattr(thing, "schema", None) in (None, "public"),
            },
        )
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_without_the_owner_there_is_no_migration() -> None:
    with pytest.raises(SettingsError, match="DATABASE_OWNER_URL"):
        owner_database_url({})
