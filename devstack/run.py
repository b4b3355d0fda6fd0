"""What `make run` does, step by step: stack, database, migration, demo data, worker, portal."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from devstack.announce import announcement
from devstack.database import demo_loaded, ensure_database, mark_demo_loaded
from devstack.lock import RunLock
from devstack.portal import PortalServer, PortalWorker, portal_environment
from devstack.ports import LOOPBACK, PortTakenError, is_free
from devstack.process import Server
from devstack.secrets import write_env
from devstack.stack import Stack
from devstack.supervisor import Supervisor

Say = Callable[[str], None]
MIGRATE_SECONDS = 600
DEMO = Path("devstack") / "demo.py"


class StepError(RuntimeError):
    """A step before the portal failed; the message names it and carries what it printed."""


class Stopped(BaseException):
    """Ctrl-C, SIGTERM or SIGHUP arrived."""


def run(root: Path, project: Path, port: int, say: Say) -> None:
    """Run everything until Ctrl-C or SIGTERM, then end what was started. State lies in `root`.

    Raises AlreadyRunningError, PortTakenError, StartError, StepError, GaveUpError.
    """
    lock = RunLock(root / "run.lock")
    lock.acquire()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    started: list[Server] = []
    try:
        _serve(lock, root, project, port, say, started)
    except Stopped:
        say("Stopping …")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not cut the database's shutdown short
        for server in reversed(started):
            server.stop()
        lock.release()


def _serve(lock: RunLock, root: Path, project: Path, port: int, say: Say, started: list[Server]) -> None:
    stack = Stack(root, public_url=f"http://{LOOPBACK}:{port}")
    portal = PortalServer(root, project, stack.env("both"), port)
    worker = PortalWorker(root, project, stack.env("worker"))
    for server in (portal, worker):
        server.end_orphan()  # of a run that was killed; it may still hold the port
    if not is_free(port):
        raise PortTakenError(f"Port {port} is in use by another program. Choose another: make run PORT={port + 1}")
    say("Starting PostgreSQL, object store, sign-in provider and mail sink …")
    started.extend(stack.servers)
    stack.start()
    ensure_database(stack.postgres)
    write_env(root / "dev.env", stack.env("both", owner=True))
    _prepare_data(stack, project, say)
    say("Starting the portal …")
    started += [worker, portal]
    worker.start()
    portal.start()
    lock.note(portal.base_url)
    say(announcement(stack, portal))
    supervisor = Supervisor(restarted=[portal, worker], reported=stack.servers, say=say)
    while True:
        supervisor.step()
        time.sleep(0.3)


def _prepare_data(stack: Stack, project: Path, say: Say) -> None:
    """Migrate; then load the demo data, once per database."""
    environment = portal_environment(stack.env("both", owner=True))
    _step("migrate", [sys.executable, "-m", "flask", "--app", "app", "migrate"], project, environment)
    ensure_database(stack.postgres)
    if demo_loaded(stack.postgres) or not (project / DEMO).exists():
        return
    say("Loading demo data …")
    _step("demo data", [sys.executable, "-m", "devstack.demo"], project, environment)
    mark_demo_loaded(stack.postgres)


def _step(name: str, command: list[str], project: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        command,
        cwd=project,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=MIGRATE_SECONDS,
        check=False,
        text=True,
    )
    if done.returncode != 0:
        raise StepError(f"{name} failed:\n{done.stdout.strip()}")


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped
