"""Break one step of a transaction inside PostgreSQL, as a full disk or a bug in a trigger would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.devstack.database import Database

BROKEN = "broken by the test"


@contextmanager
def broken_insert(
    database: Database, table: str, *, at_commit: bool = False, error: str = "raise_exception"
) -> Iterator[None]:
    """Every INSERT into `table` fails, as the row is written or only when the transaction commits."""
    when = (
        "CONSTRAINT TRIGGER test_breaks AFTER INSERT ON {} DEFERRABLE INITIALLY DEFERRED"
        if at_commit
        else "TRIGGER test_breaks BEFORE INSERT ON {}"
    ).format(table)
    with database.connect() as owner:
        owner.execute(
            "CREATE FUNCTION test_breaks() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{BROKEN}' USING ERRCODE = '{error}'; END $$"
        )
        owner.execute(f"CREATE {when} FOR EACH ROW EXECUTE FUNCTION test_breaks()")
    try:
        yield
    finally:
        with database.connect() as owner:
            owner.execute("DROP FUNCTION test_breaks() CASCADE")
