"""Transactions over the real PostgreSQL: whole or not at all, and every loss has one name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Thread

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, InternalError

from portal.adapters.database import Database as PortalDatabase
from portal.adapters.database import DatabaseUnavailableError
from tests.devstack.database import Database

INSERT = "INSERT INTO limit_counter (key, \"window\", count) VALUES ('k', '2026-01-01', 1)"


@pytest.fixture
def portal(clean_database: Database) -> Iterator[PortalDatabase]:
    """The portal's own pool, as the citizen role."""
    database = PortalDatabase(clean_database.url("portal_citizen"), pool_size=2)
    yield database
    database.close()


def rows(database: Database) -> int:
    with database.connect() as connection:
        row = connection.execute("SELECT count(*) FROM limit_counter").fetchone()
    return int(row[0]) if row else -1


def in_one_block(portal: PortalDatabase, *steps: str | Callable[[], object]) -> None:
    """Statements, and what happens between them, in one transaction."""
    with portal.transaction() as session:
        for step in steps:
            session.execute(text(step)) if isinstance(step, str) else step()


def test_a_block_that_ends_is_committed(portal: PortalDatabase, clean_database: Database) -> None:
    with portal.transaction() as session:
        session.execute(text(INSERT))
        assert rows(clean_database) == 0
    assert rows(clean_database) == 1


def test_a_block_that_fails_is_undone(portal: PortalDatabase, clean_database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        in_one_block(portal, INSERT, lambda: 1 // 0)
    assert rows(clean_database) == 0


def test_one_statement_is_a_transaction_of_its_own(portal: PortalDatabase, clean_database: Database) -> None:
    portal.single(INSERT, {})
    assert rows(clean_database) == 1
    with pytest.raises(psycopg.errors.UniqueViolation):
        portal.single(INSERT, {})
    portal.ping()  # the connection is fit for use again
    with portal.transaction() as session:  # and begins transactions as before
        session.execute(text("DELETE FROM limit_counter"))
        session.rollback()
    assert rows(clean_database) == 1


def test_a_reading_sees_each_commit_and_changes_nothing(portal: PortalDatabase, clean_database: Database) -> None:
    count = text("SELECT count(*) FROM limit_counter")
    with portal.reading() as session:
        assert session.scalar(count) == 0
        portal.single(INSERT, {})
        assert session.scalar(count) == 1
        for change in (
            "DELETE FROM limit_counter",
            f"{INSERT} ON CONFLICT DO NOTHING",
            "SELECT 1 FROM limit_counter FOR UPDATE",
        ):
            with pytest.raises(InternalError, match="read-only"):
                session.execute(text(change))
        assert session.scalar(count) == 1  # the session is fit for use again
    assert rows(clean_database) == 1


def test_a_fault_of_ours_keeps_its_name(portal: PortalDatabase) -> None:
    with portal.transaction() as session:
        session.execute(text(INSERT))
    with pytest.raises(IntegrityError), portal.transaction() as session:
        session.execute(text(INSERT))


def test_no_server(clean_database: Database) -> None:
    for address in ("127.0.0.1:1", "127.0.0.1:1/portal"):
        away = PortalDatabase(f"postgresql://portal_citizen:x@{address}")
        with pytest.raises(DatabaseUnavailableError):
            away.ping()
        with pytest.raises(DatabaseUnavailableError):
            away.single("SELECT 1", {})
        away.close()


def test_a_wrong_password_is_no_server(clean_database: Database) -> None:
    url = clean_database.url("portal_citizen")
    password = url.split(":")[2].split("@")[0]
    with pytest.raises(DatabaseUnavailableError):
        PortalDatabase(url.replace(password, "wrong")).ping()


def _end_all(database: Database) -> None:
    with database.connect("postgres") as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'portal_citizen'"
        )


def test_connections_that_the_server_closed_are_replaced_unseen(
    portal: PortalDatabase, clean_database: Database
) -> None:
    """After a restart of the database, nobody gets an error page for a connection that lay in the pool."""
    with portal.connection(), portal.connection():
        pass
    for _ in range(3):
        _end_all(clean_database)
        portal.ping()
        _end_all(clean_database)
        portal.single("SELECT 1", {})
        with portal.reading() as session:
            session.execute(text("SELECT 1"))


def test_a_loss_under_way_has_a_name(portal: PortalDatabase, clean_database: Database) -> None:
    with pytest.raises(DatabaseUnavailableError):
        in_one_block(portal, INSERT, lambda: _end_all(clean_database), "SELECT 1")
    assert rows(clean_database) == 0
    portal.ping()


def read_around(portal: PortalDatabase, between: Callable[[], object]) -> None:
    """Two questions of one reading, and what happens between them."""
    with portal.reading() as session:
        session.execute(text("SELECT 1"))
        between()
        session.execute(text("SELECT 1"))


def test_a_loss_while_reading_has_a_name(portal: PortalDatabase, clean_database: Database) -> None:
    with pytest.raises(DatabaseUnavailableError):
        read_around(portal, lambda: _end_all(clean_database))
    read_around(portal, lambda: None)


def test_a_loss_before_the_commit_has_a_name(portal: PortalDatabase, clean_database: Database) -> None:
    with pytest.raises(DatabaseUnavailableError):
        in_one_block(portal, INSERT, lambda: _end_all(clean_database))
    assert rows(clean_database) == 0


def test_a_statement_that_takes_too_long_is_ended(clean_database: Database) -> None:
    database = PortalDatabase(clean_database.url("portal_citizen"))
    with pytest.raises(DatabaseUnavailableError):
        in_one_block(database, "SET LOCAL statement_timeout = '50ms'", "SELECT pg_sleep(5)")
    with database.connection() as connection:
        limits = {
            name: connection.execute(text(f"SHOW {name}")).scalar()
            for name in (
                *("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "timezone"),
                "random_page_cost",
            )
        }
    assert limits == {
        "statement_timeout": "10s", "lock_timeout": "8s", "idle_in_transaction_session_timeout": "30s", "timezone": "UTC",
        "random_page_cost": "1.1",
    }  # fmt: skip
    database.close()


def test_an_error_does_not_quote_what_was_typed(portal: PortalDatabase) -> None:
    with pytest.raises(Exception, match="caseworker") as failure, portal.transaction() as session:
        session.execute(text("INSERT INTO caseworker (name) VALUES (:name)"), {"name": "Geheime Person"})
    assert "Geheime" not in str(failure.value)


def test_many_threads_share_a_small_pool(portal: PortalDatabase, clean_database: Database) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            portal.single(INSERT.replace("'k'", f"'k{number}'"), {})
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=work, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert failures == []
    assert rows(clean_database) == 20
