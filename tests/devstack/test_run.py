"""`make run` from outside: a real process, real children, real signals; the portal is a stub of three pages."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import requests

from devstack.ports import LOOPBACK, free_port
from tests.devstack.leftovers import new_root, remove_root
from tests.servers import PROJECT

STUB = Path(__file__).with_name("stub")
READY = "Ctrl-C ends everything"
SECONDS = 30


class Run:
    """One `python -m devstack`, its output, and every process that it started."""

    def __init__(self, root: Path, port: int) -> None:
        environment = {
            **os.environ,
            "PORT": str(port),
            "PYTHONPATH": str(PROJECT),
            "DATABASE_URL": "from the shell",
            "OIDC_CITIZEN_ISSUER": "from the shell",
        }
        command = [sys.executable, "-m", "devstack", "--root", str(root), "--project", str(STUB)]
        self.root = root
        self.base_url = f"http://{LOOPBACK}:{port}"
        self.output = ""
        self.process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.output += line

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for `condition`, at most SECONDS."""
        deadline = time.monotonic() + SECONDS
        while not condition():
            assert time.monotonic() < deadline, f"{what} did not happen; it printed:\n{self.output}"
            time.sleep(0.05)

    def ready(self) -> "Run":
        self.until(lambda: READY in self.output or self.process.poll() is not None, "start")
        assert self.process.poll() is None, self.output
        return self

    def family(self) -> list[psutil.Process]:
        """Every process below this one, whichever depth."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send a signal; the exit code."""
        self.process.send_signal(number)
        return self.code()

    def code(self) -> int:
        """Wait for the end and the last line of output; the exit code."""
        code = self.process.wait(SECONDS)
        self._reader.join(5)
        return code

    def get(self, path: str) -> str:
        return requests.get(self.base_url + path, timeout=5).text


@pytest.fixture
def root() -> Iterator[Path]:
    folder = new_root()
    yield folder
    remove_root(folder)


@pytest.fixture
def start(root: Path) -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []
    port = free_port()

    def one(*, port: int = port) -> Run:
        runs.append(Run(root, port))
        return runs[-1]

    yield one
    for run in runs:
        if run.process.poll() is None:
            run.end()


@pytest.fixture(scope="module")
def running() -> Iterator[Run]:
    """One run for the tests that leave it as it is."""
    folder = new_root()
    run = Run(folder, free_port())
    try:
        yield run.ready()
    finally:
        if run.process.poll() is None:
            run.end()
        remove_root(folder)


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still run after at most 5 s; one that ended but was not yet collected does not run."""
    deadline = time.monotonic() + 5
    while True:
        rest = []
        for one in processes:
            with suppress(psutil.NoSuchProcess):
                if one.is_running() and one.status() != psutil.STATUS_ZOMBIE:
                    rest.append(one)
        if not rest or time.monotonic() > deadline:
            return rest
        time.sleep(0.02)


def names(processes: list[psutil.Process]) -> set[str]:
    """Which of the parts are among the processes."""
    found = {" ".join(one.cmdline()) for one in processes}
    parts = ("postgres -D", "rclone serve s3", "devstack.oidc", "devstack.smtp", "gunicorn", "app worker")
    return {part for part in parts if any(part in line for line in found)}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
def test_a_signal_ends_every_process_and_the_data_stay(start: Callable[..., Run], number: signal.Signals) -> None:
    run = start().ready()
    family = run.family()
    assert len(names(family)) == 6
    assert run.get("/starts") == "1"
    assert run.end(number) == 0
    assert "Stopping" in run.output
    assert alive(family) == []
    if number == signal.SIGINT:
        began = time.monotonic()
        again = start().ready()
        assert again.get("/starts") == "2"
        assert time.monotonic() - began < 10


def test_a_signal_while_starting_leaves_nothing_behind(start: Callable[..., Run]) -> None:
    for delay in (0.2, 0.5, 0.9):
        run = start()
        run.until(lambda run=run: "Starting PostgreSQL" in run.output, "first words")
        time.sleep(delay)
        family = run.family()
        assert run.end() == 0, run.output
        assert alive(family) == []
        assert not list((run.root / "run").glob("*.json"))


def test_a_second_run_names_the_first_and_touches_nothing(running: Run) -> None:
    first = running
    family = {one.pid for one in first.family() if one.cmdline()[1:2] == ["-D"] or "-m" in one.cmdline()}
    second = Run(first.root, free_port())
    assert second.code() == 1
    assert second.output.strip() == (
        f"The portal already runs at {first.base_url} (process {first.process.pid}). End it with Ctrl-C there."
    )
    assert family
    assert family <= {one.pid for one in first.family()}
    assert first.get("/healthz") == "alive"


def test_after_kill_9_the_next_run_ends_the_orphans_and_keeps_the_data(start: Callable[..., Run]) -> None:
    first = start().ready()
    family = first.family()
    first.process.kill()
    first.process.wait()
    assert len(names(family)) == 6
    second = start().ready()
    assert second.get("/starts") == "2"
    assert alive(family) == []


def test_the_environment_file_is_private_and_whole(running: Run) -> None:
    run = running
    for name in ("dev.env", "secrets.json"):
        assert stat.S_IMODE((run.root / name).stat().st_mode) == 0o600
    lines = [line for line in (run.root / "dev.env").read_text().splitlines() if not line.startswith("#")]
    written = dict(line.split("=", 1) for line in lines)
    got = json.loads(run.get("/environment"))
    assert written.pop("DATABASE_OWNER_URL").startswith("postgresql://portal_owner:")
    assert "DATABASE_OWNER_URL" not in got  # the web process may not change tables
    assert "OIDC_CITIZEN_ISSUER" not in got  # nothing of the caller's shell
    assert {name: got.get(name) for name in written} == written
    assert written["PUBLIC_URL"] == run.base_url
    worker = next(one for one in run.family() if "worker" in one.cmdline())
    assert worker.environ()["DATABASE_URL"].startswith("postgresql://portal_worker:")
    secrets = [part for name, part in written.items() if name.endswith(("_KEY", "_KEYS", "_SECRET"))]
    passwords = [written["DATABASE_URL"].split(":")[2].split("@")[0]]
    for one in run.family():
        line = " ".join(one.cmdline())
        assert not any(secret in line for secret in secrets + passwords), one.name()


def test_a_portal_that_dies_comes_back_and_a_server_that_dies_is_named(running: Run) -> None:
    run = running
    master = next(one for one in run.family() if "gunicorn" in one.cmdline() and one.ppid() == run.process.pid)
    os.killpg(master.pid, signal.SIGKILL)
    run.until(lambda: "portal ended unexpectedly; starting it again" in run.output, "report")

    def answers() -> bool:
        try:
            return run.get("/healthz") == "alive"
        except requests.RequestException:
            return False

    run.until(answers, "the portal's return")
    next(one for one in run.family() if "devstack.oidc" in one.cmdline()).kill()
    run.until(lambda: "oidc ended unexpectedly; see" in run.output, "report")
    assert run.process.poll() is None


def test_a_taken_port_is_named_with_the_way_out(start: Callable[..., Run]) -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = start(port=port)
        assert run.code() == 1
    assert f"Port {port} is in use" in run.output
    assert "make run PORT=" in run.output
    assert not (run.root / "postgres" / "data").exists()  # told before anything was started
