"""PostgreSQL: one engine per process, one short transaction per use case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

CONNECT_SECONDS = 3
STATEMENT_MILLISECONDS = 10_000
POOL_SECONDS = 5


class DatabaseUnavailableError(Exception):
    """The database cannot be reached, or was lost before the commit was acknowledged."""


class Database:
    """Hands out transactions. Losing the server surfaces as DatabaseUnavailableError, whatever was under way."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.engine: Engine = create_engine(
            url.replace("postgresql://", "postgresql+psycopg://", 1),
            pool_size=pool_size,
            max_overflow=4,
            pool_timeout=POOL_SECONDS,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": CONNECT_SECONDS,
                "options": f"-c statement_timeout={STATEMENT_MILLISECONDS} -c lock_timeout=8000"
                " -c idle_in_transaction_session_timeout=30000 -c timezone=UTC",
            },
        )

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed at the end of the block, and undone by any exception."""
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
        except (OperationalError, PoolTimeoutError) as error:
            raise DatabaseUnavailableError from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise DatabaseUnavailableError from error
            raise

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A bare connection in one transaction, for the few paths where each round trip counts."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except (OperationalError, PoolTimeoutError) as error:
            raise DatabaseUnavailableError from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise DatabaseUnavailableError from error
            raise

    def ping(self) -> None:
        """Raise DatabaseUnavailableError unless the server answers."""
        with self.connection() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Close idle connections; those in use end with their transaction."""
        self.engine.dispose()
