"""Run Alembic as the tables' owner."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import OperationalError

ROOT = Path(__file__).resolve().parents[2]


def config(owner_url: str) -> Config:
    """Alembic's configuration for this database. The URL travels in memory only, never in a file."""
    alembic = Config()
    alembic.set_main_option("script_location", str(ROOT / "migrations"))
    alembic.set_main_option("prepend_sys_path", str(ROOT))
    alembic.attributes["url"] = owner_url
    return alembic


class MigrationError(Exception):
    """The database did not answer, or a table was in use for too long; nothing of that revision was changed."""


def migrate(owner_url: str, revision: str = "head") -> None:
    """Bring the database up to `revision`. Raises MigrationError."""
    try:
        command.upgrade(config(owner_url), revision)
    except OperationalError as error:
        raise MigrationError(str(error.orig).strip()) from error


def downgrade(owner_url: str, revision: str) -> None:
    """Take the database back to `revision` (`base`: nothing left)."""
    command.downgrade(config(owner_url), revision)
