"""The servers of one bench: the embedded stack, and gunicorns with the same settings on the same PostgreSQL."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from devstack.portal import PortalServer
from devstack.ports import LOOPBACK, free_port
from devstack.postgres import OWNER, Postgres
from devstack.stack import Stack
from tests.devstack.database import Database
from tests.devstack.leftovers import clear_leftovers, new_root, remove_root
from tests.servers import PROJECT

SETTINGS = ("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--keep-alive", "60")
BARE = "CREATE TABLE bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text)"


class Gunicorn(PortalServer):
    """One application under the settings that all share; its log goes to a file of its own."""

    start_seconds = 60.0  # the machine may be busy

    def __init__(self, root: Path, name: str, module: str, variables: Mapping[str, str], port: int) -> None:
        self.name = name  # type: ignore[misc]
        super().__init__(root, PROJECT, variables, port)
        self.module = module

    def command(self) -> list[str]:
        address = f"{LOOPBACK}:{self.port}"
        return [sys.executable, "-m", "gunicorn", self.module, "--bind", address, *SETTINGS, "--no-control-socket"]


@dataclass(frozen=True)
class Bench:
    """What the measurements need: where to send, and the database behind all."""

    stack: Stack
    portal: Gunicorn
    """The citizen surface."""
    desk: Gunicorn
    """The staff surface."""
    baseline: Gunicorn
    """The bare route."""

    @property
    def postgres(self) -> Postgres:
        """The one PostgreSQL."""
        return self.stack.postgres


@contextmanager
def running() -> Iterator[Bench]:
    """Start everything in a folder of its own; end and remove it all afterwards."""
    clear_leftovers()
    root = new_root()
    with ExitStack() as ends:
        ends.callback(remove_root, root)
        stack = Stack(root)
        ends.callback(stack.stop)
        stack.postgres.start()
        Database(stack.postgres).migrate(stack.env("both", owner=True))
        with psycopg.connect(stack.postgres.url(OWNER)) as connection:
            connection.execute(BARE)
        citizen, staff, bare = free_port(), free_port(), free_port()
        address = {"BASELINE_URL": stack.postgres.url(OWNER)}
        bench = Bench(
            stack,
            Gunicorn(
                root, "portal", "app:app", stack.env("citizen", public_url=f"http://{LOOPBACK}:{citizen}"), citizen
            ),
            Gunicorn(root, "desk", "app:app", stack.env("staff", public_url=f"http://{LOOPBACK}:{staff}"), staff),
            Gunicorn(root, "baseline", "bench.baseline:app", address, bare),
        )
        for server in (bench.portal, bench.baseline, bench.desk):
            ends.callback(server.stop)
        for server in (bench.portal, bench.baseline):  # the desk is not there while filing is measured
            server.start()
        yield bench
