"""Fixtures for all tests: the embedded stack, a migrated database, a portal served by gunicorn.

One stack per pytest-xdist worker, in a folder of its own; each server starts when the first test asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from typing import TypeVar

import pytest

from devstack.oidc import Oidc
from devstack.ports import LOOPBACK, free_port
from devstack.postgres import Postgres
from devstack.process import Server
from devstack.s3 import S3
from devstack.smtp import Smtp
from devstack.stack import Stack, Surface
from tests.devstack.database import Database
from tests.devstack.guards import install_socket_guard, refuse_skip
from tests.devstack.leftovers import clear_leftovers, new_root, remove_root
from tests.servers import PROJECT, PortalServer, PortalWorker

Env = Callable[..., dict[str, str]]
S = TypeVar("S", bound=Server)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--require-all`, or REQUIRE_ALL=1: a skipped test is a failed test."""
    parser.addoption("--require-all", action="store_true", default=os.environ.get("REQUIRE_ALL") == "1")


def pytest_configure(config: pytest.Config) -> None:
    """Close the way out of this machine, and the way to a portal that somebody runs from this checkout."""
    install_socket_guard()
    # Set, so that var/dev.env is not read; and wrong, so that code without a fixture's address fails.
    os.environ["DATABASE_URL"] = f"postgresql://no-fixture@{LOOPBACK}:1/none"
    os.environ.pop("DATABASE_OWNER_URL", None)
    if not hasattr(config, "workerinput"):  # once per run, not once per worker
        clear_leftovers()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if item.config.getoption("--require-all"):
        refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if collector.config.getoption("--require-all"):
        refuse_skip(report)
    return report


@pytest.fixture(scope="session")
def bare_stack() -> Iterator[Stack]:
    """The stack with nothing started: its ports and secrets are known, its servers start on demand."""
    root = new_root()
    stack = Stack(root)
    try:
        yield stack
    finally:
        stack.stop()
        remove_root(root)


@pytest.fixture(scope="session")
def env(bare_stack: Stack) -> Env:
    """`env(surface="both", *, public_url=None, owner=False)`: the variables of a portal; starts nothing."""

    def variables(surface: Surface = "both", *, public_url: str | None = None, owner: bool = False) -> dict[str, str]:
        return bare_stack.env(surface, public_url=public_url, owner=owner)

    return variables


@pytest.fixture(scope="session")
def postgres(bare_stack: Stack) -> Postgres:
    """PostgreSQL, without the portal's tables unless `database` made them."""
    return _wanted(bare_stack.postgres)


@pytest.fixture(scope="session")
def s3(bare_stack: Stack) -> S3:
    """The object store."""
    return _wanted(bare_stack.s3)


@pytest.fixture(scope="session")
def smtp(bare_stack: Stack) -> Smtp:
    """The mail sink, with the mails of earlier tests: for fixtures; a test takes `mailbox`."""
    return _wanted(bare_stack.smtp)


@pytest.fixture
def mailbox(smtp: Smtp) -> Smtp:
    """The mail sink, empty at the start of the test: `.messages()` are the files of the mails."""
    for message in smtp.messages():
        message.unlink()
    return smtp


@pytest.fixture(scope="session")
def oidc(bare_stack: Stack) -> Oidc:
    """The OpenID provider."""
    return _wanted(bare_stack.oidc)


@pytest.fixture(scope="session")
def stack(bare_stack: Stack, postgres: Postgres, s3: S3, smtp: Smtp, oidc: Oidc) -> Stack:
    """The whole stack; break what you like, it runs again at the start of the next test."""
    return bare_stack


@pytest.fixture(scope="session")
def database(postgres: Postgres, env: Env) -> Database:
    """The migrated database, with the rows of earlier tests: `.url(role)`, `.connect(role)`, `.clean()`."""
    database = Database(postgres)
    database.migrate(env("both", owner=True))
    return database


@pytest.fixture
def clean_database(database: Database) -> Database:
    """The migrated database without any row of an earlier test."""
    database.clean()
    return database


@pytest.fixture(scope="session")
def live_server(stack: Stack, database: Database) -> Iterator[PortalServer]:
    """`gunicorn app:app` over the stack, both surfaces: `.base_url`, `.kill()`, `.start()`, `.restart()`, `.stop()`.

    Runs at the start of each test, even when the one before killed it. Take `clean_database` too for an empty one.
    """
    port = free_port()
    variables = stack.env("both", public_url=f"http://{LOOPBACK}:{port}")
    server = PortalServer(stack.root, PROJECT, variables, port)
    yield _wanted(server)
    _revived.remove(server)
    server.stop()


@pytest.fixture
def live_worker(stack: Stack, database: Database) -> Iterator[PortalWorker]:
    """`flask --app app worker` over the stack, for the length of one test."""
    worker = PortalWorker(stack.root, PROJECT, stack.env("worker"))
    worker.start()
    yield worker
    worker.stop()


_revived: list[Server] = []


def _wanted(server: S) -> S:
    """Start a server now, and again before any later test when an earlier one ended it."""
    server.start()
    _revived.append(server)
    return server


@pytest.fixture(autouse=True)
def _everything_runs() -> None:
    for server in _revived:
        if not server.running:
            server.start()
