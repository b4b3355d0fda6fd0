"""A kill at each named step of one filing: after it the very same POST gives one filing and one receipt."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from devstack.stack import Stack
from tests.crash import killing_app
from tests.crash.flight import Applicant
from tests.crash.intent import Filer, Intent
from tests.crash.ledger import read_ledger
from tests.crash.portal import CrashServer
from tests.devstack.database import Database

SECONDS = 60.0
REGISTER_LOCK = 7201101  # the one that the register's trigger takes
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
STORED_BEFORE = {killing_app.COMMITTED, killing_app.ANSWERING, killing_app.SHOWING}


class FuseServer(CrashServer):
    """A crash server whose process can also be seen to end by itself."""

    name = "fuse"

    def wait_end(self, seconds: float) -> None:
        """Until master and workers are gone; the retry must not meet one that is still dying."""
        assert self.process is not None
        assert self.process.wait(seconds) == -9


@pytest.fixture(scope="module")
def fuse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("crash") / "fuse"


@pytest.fixture(scope="module")
def module_server(bare_stack: Stack, database: Database, fuse: Path) -> Iterator[FuseServer]:
    server = FuseServer(bare_stack, fuse)
    yield server
    server.stop()


@pytest.fixture
def server(module_server: FuseServer, clean_database: Database) -> FuseServer:
    """Runs, over an empty database."""
    module_server.start()
    return module_server


class Filing:
    """One intent that is carried through in a thread of its own, as a person's browser would."""

    def __init__(self, server: CrashServer, before: Callable[[], object] = lambda: None) -> None:
        """`before` is called when the check page is in hand, just before it is sent."""
        self.before = before
        self.intent = Intent(1)
        self.deadline = time.monotonic() + SECONDS
        self.fault: Exception | None = None
        self._applicant = Applicant(server.port, seconds=SECONDS)
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self._thread.start()

    def _carry(self) -> None:
        try:
            with self._applicant:
                filer = Filer(self._applicant, 2, self.deadline, lambda: False)
                check = filer.check_page(self.intent)
                self.before()
                filer.file(self.intent, check)
        except Exception as error:
            self.fault = error

    def done(self) -> Intent:
        """Wait until both receipts are in hand."""
        self._thread.join(SECONDS)
        if self.fault is not None:
            raise self.fault
        assert not self._thread.is_alive()
        return self.intent


def one(stack: Stack, intent: Intent) -> None:
    """One filing, two equal receipts, and everything that belongs to it."""
    ledger = read_ledger(stack, [intent])
    assert not ledger.faults, "\n".join(ledger.faults)
    assert set(ledger.counts.values()) == {1}, ledger.counts


def stored(database: Database) -> int:
    with database.connect() as connection:
        return int(connection.execute("SELECT count(*) FROM filing_register").fetchone()[0])  # type: ignore[index]


def wait_for_statement(owner: psycopg.Connection[tuple[int, ...]]) -> None:
    """Until the filing's statement stands in the server and waits for the register."""
    deadline = time.monotonic() + SECONDS
    while owner.execute(WAITING).fetchone() != (1,):
        assert time.monotonic() < deadline, "the statement never came"
        time.sleep(0.01)


@pytest.mark.parametrize("step", killing_app.STEPS)
def test_kill_at(step: str, bare_stack: Stack, server: FuseServer, clean_database: Database, fuse: Path) -> None:
    filing = Filing(server, lambda: fuse.write_text(step))
    server.wait_end(SECONDS)
    assert not fuse.exists()
    assert stored(clean_database) == (step in STORED_BEFORE)
    server.start()
    intent = filing.done()
    assert intent.lost >= 1
    one(bare_stack, intent)


def test_kill_after_the_statement_was_sent(bare_stack: Stack, server: FuseServer, clean_database: Database) -> None:
    """The server has the statement, nobody is left to hear the answer: it is filed all the same, once."""
    with clean_database.connect(autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [REGISTER_LOCK])
        filing = Filing(server)
        wait_for_statement(owner)
        server.kill()
        assert stored(clean_database) == 0
    deadline = time.monotonic() + SECONDS
    while not stored(clean_database):
        assert time.monotonic() < deadline, "what was sent was not filed"
        time.sleep(0.01)
    server.start()
    intent = filing.done()
    assert intent.lost >= 1
    one(bare_stack, intent)


def test_database_killed_after_the_statement_was_sent(
    bare_stack: Stack, server: FuseServer, clean_database: Database
) -> None:
    """The person hears that it is not stored, and nothing is; the same POST files it when the database is back."""
    with clean_database.connect(autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [REGISTER_LOCK])
        filing = Filing(server)
        wait_for_statement(owner)
        bare_stack.postgres.kill()
    bare_stack.postgres.start()
    intent = filing.done()
    assert intent.refused >= 1
    one(bare_stack, intent)
