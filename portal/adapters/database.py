"""PostgreSQL: one engine per process, one short transaction per use case."""

from __future__ import annotations

import select
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, LiteralString, cast

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

CONNECT_SECONDS = 3
STATEMENT_MILLISECONDS = 10_000
POOL_SECONDS = 5
RANDOM_PAGE_COST = 1.1
"""What a page read out of order costs, by one read in order: as of memory and of disks without moving parts. The server's own 4
is of turning disks, with which a list of thirty lines was read from all entries of its region instead of the first thirty.
"""
# The kernel watches connections at rest and under way, so that a network that went silent is noticed.
KEEPALIVE = {
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": STATEMENT_MILLISECONDS + 5_000,
}


class DatabaseUnavailableError(Exception):
    """The database cannot be reached, or was lost before the commit was acknowledged."""


class Database:
    """Hands out transactions. Losing the server surfaces as DatabaseUnavailableError, whatever was under way."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.engine: Engine = _engine(url, pool_size=pool_size)
        # Connections of their own for single statements: nothing to begin, to roll back or to set back around each.
        self._singles: Engine = _engine(
            url, pool_size=pool_size, isolation_level="AUTOCOMMIT", pool_reset_on_return=None
        )
        # Connections that only look: the server itself refuses a change on them.
        self._readers: Engine = _engine(
            url,
            pool_size=pool_size,
            options=" -c default_transaction_read_only=on",
            isolation_level="AUTOCOMMIT",
            pool_reset_on_return=None,
        )

    @property
    def engines(self) -> tuple[Engine, Engine]:
        """Where transactions and readings go, for who counts their statements."""
        return self.engine, self._readers

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed at the end of the block, and undone by any exception."""
        with _losses(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only looks; the server refuses a change or a lock in it with `sqlalchemy.exc.InternalError`.

        Each statement sees what is committed when it begins, as in `transaction` (READ COMMITTED); without BEGIN and
        COMMIT two of three round trips of a single question fall away.
        """
        with _losses(), Session(self._readers, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A bare connection in one transaction."""
        with _losses(), self.engine.begin() as connection:
            yield connection

    def single(self, statement: LiteralString, values: Mapping[str, Any]) -> None:
        """Run one statement that is a transaction of its own: durable on return, undone by any exception.

        It goes to the server and commits there in one round trip, so that a lock it takes is never held while this
        process waits for its turn. DatabaseUnavailableError leaves open whether it was committed.
        """
        with _losses(), self._borrowed() as connection:
            connection.execute(statement, values)

    @contextmanager
    def _borrowed(self) -> Iterator[psycopg.Connection[Any]]:
        """A driver connection in autocommit, without SQLAlchemy's own bookkeeping around each statement."""
        pooled = self._singles.raw_connection()
        connection = cast("psycopg.Connection[Any]", pooled.driver_connection)
        try:
            yield connection
        finally:
            if connection.closed:
                pooled.invalidate()
            pooled.close()

    def ping(self) -> None:
        """Raise DatabaseUnavailableError unless the server answers."""
        with self.connection() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Close idle connections; those in use end with their transaction."""
        self.engine.dispose()
        self._singles.dispose()
        self._readers.dispose()


def _engine(url: str, *, pool_size: int, options: str = "", **more: Any) -> Engine:
    """An engine whose connections give up in time and are looked at before they are used. Connects on first use."""
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_size=pool_size,
        max_overflow=4,
        pool_timeout=POOL_SECONDS,
        pool_use_lifo=True,  # few warm connections rather than many cold ones
        hide_parameters=True,  # an error's text must not quote what a person typed
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            **KEEPALIVE,
            "options": f"-c statement_timeout={STATEMENT_MILLISECONDS} -c lock_timeout=8000"
            f" -c idle_in_transaction_session_timeout=30000 -c timezone=UTC -c random_page_cost={RANDOM_PAGE_COST}{options}",
        },
        **more,
    )
    event.listen(engine, "checkout", _refuse_closed)
    return engine


@contextmanager
def _losses() -> Iterator[None]:
    """Turn every way of losing the server into DatabaseUnavailableError."""
    try:
        yield
    except (OperationalError, psycopg.OperationalError, PoolTimeoutError) as error:
        raise DatabaseUnavailableError from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise DatabaseUnavailableError from error
        raise


def _refuse_closed(connection: Any, _record: object, _fairy: object) -> None:
    """Before a pooled connection is used: has the server closed it? Then every older one is replaced.

    A look at the socket instead of a question to the server: a connection at rest has nothing to say but its end.
    """
    if connection.closed or _readable(connection.fileno()):
        raise InvalidatePoolError


def _readable(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))
