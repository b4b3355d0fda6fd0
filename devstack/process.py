"""A server process of the stack: started, watched and ended by its own process id, and by nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar

import psutil  # type: ignore[import-untyped, unused-ignore]

START_SECONDS = 30.0
STOP_SECONDS = 10.0


class StartError(RuntimeError):
    """A server did not start in time, or ended while starting; the message carries the end of its log."""


class Server(ABC):
    """One child process. `root` holds its log (`log/`), its process id (`run/`) and its data."""

    name: ClassVar[str]
    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM
    start_seconds: ClassVar[float] = START_SECONDS
    stop_seconds: ClassVar[float] = STOP_SECONDS

    def __init__(self, root: Path) -> None:
        self.root = root
        self.log_path = root / "log" / f"{self.name}.log"
        self.pid_path = root / "run" / f"{self.name}.json"
        self.process: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    @abstractmethod
    def command(self) -> list[str]:
        """The program and its arguments; no secret among them, other users can list them."""

    @abstractmethod
    def ready(self) -> bool:
        """True when the server answers; asked often, so it must be quick and must not raise."""

    def environment(self) -> dict[str, str]:
        """The environment of the process."""
        return dict(os.environ)

    def prepare(self) -> None:  # noqa: B027 - most servers need nothing
        """Make what must exist before the process starts."""

    def spawn_options(self) -> dict[str, Any]:
        """Further arguments for Popen, such as another user."""
        return {}

    @property
    def pid(self) -> int | None:
        """The process id while the process runs."""
        return self.process.pid if self.process is not None and self.process.poll() is None else None

    @property
    def running(self) -> bool:
        """True while the process runs."""
        return self.pid is not None

    def start(self, *, wait: bool = True) -> None:
        """Start the process if it does not run; with `wait`, return when it answers. Raises StartError."""
        if not self.running:
            self.end_orphan()
            self.prepare()
            self.launch()
        if wait:
            self.wait_ready()

    def launch(self) -> None:
        """Start the process and note its id, so that a later start can end it if this one crashes."""
        for folder in (self.log_path.parent, self.pid_path.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self.log_path.open("ab") as log, held_signals():
            self._log_start = log.tell()
            # A session of its own: Ctrl-C reaches only the stack itself, which then ends its children in order.
            self.process = subprocess.Popen(
                self.command(),
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **self.spawn_options(),
            )
            note_process(self.pid_path, self.process.pid)

    def wait_ready(self) -> None:
        """Wait until the server answers; raises StartError when it ends or takes too long."""
        deadline = time.monotonic() + self.start_seconds
        while not self.ready():
            if not self.running and not self.relaunch():
                raise StartError(f"{self.name} ended while starting:\n{self.log_tail()}")
            if time.monotonic() > deadline:
                self.kill()
                raise StartError(f"{self.name} did not answer within {self.start_seconds:.0f} s:\n{self.log_tail()}")
            time.sleep(0.02)

    def relaunch(self) -> bool:
        """Called when the process ended while starting: True when it was started again."""
        return False

    def stop(self) -> None:
        """Ask the process to end, and end it by force when it does not within `stop_seconds`."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(self.stop_seconds)
        except subprocess.TimeoutExpired:
            self.kill()
        self._forget()

    def kill(self) -> None:
        """End the process and its group with SIGKILL, as a crash would, and wait for it."""
        if self.process is None:
            return
        if self.process.poll() is None:  # not reaped, so the id is still its own
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._forget()

    def restart(self) -> None:
        """Stop, then start again on the same port with the same data."""
        self.stop()
        self.start()

    def end_orphan(self) -> None:
        """End the process that an earlier, crashed run of the stack left behind, if it still runs."""
        end_noted(self.pid_path, self.stop_signal, self.stop_seconds)
        self._forget()

    def log_tail(self, lines: int = 25) -> str:
        """The last lines of the log, since the last start."""
        try:
            text = self.log_path.read_bytes()[self._log_start :].decode(errors="replace")
        except OSError:
            return "(no log)"
        return "\n".join(text.splitlines()[-lines:]) or "(the log is empty)"

    def _forget(self) -> None:
        self.process = None
        self.pid_path.unlink(missing_ok=True)


def module_environment() -> dict[str, str]:
    """The caller's environment, with this checkout first among the places where Python looks for modules."""
    here = str(Path(__file__).resolve().parents[1])
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([here, known] if known else [here])}


@contextmanager
def held_signals() -> Iterator[None]:
    """Hold Ctrl-C and its like back until the block ends: a process just started must be noted, or it would be lost."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, lambda number, _frame: held.append(number)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        for late in held:
            signal.raise_signal(late)


def note_process(path: Path, pid: int) -> None:
    """Write down the process `pid` with its time of birth: the id alone may later be another process's."""
    with suppress(psutil.Error):
        path.write_text(json.dumps({"pid": pid, "created": psutil.Process(pid).create_time()}))


def noted_process(path: Path) -> psutil.Process | None:
    """The process noted in `path` while it runs; None when it is gone, even if another has its id now."""
    try:
        note = json.loads(path.read_text())
        process = psutil.Process(int(note["pid"]))
        same = abs(process.create_time() - float(note["created"])) < 1.0
        dead = process.status() == psutil.STATUS_ZOMBIE
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return None
    return process if same and not dead else None


def end_noted(path: Path, first: signal.Signals = signal.SIGTERM, seconds: float = STOP_SECONDS) -> None:
    """End the process noted in `path`: with `first`, and by force when it does not end within `seconds`."""
    process = noted_process(path)
    if process is None or process.pid == os.getpid():
        return
    for number in (first, signal.SIGKILL):
        with suppress(psutil.Error):
            process.send_signal(number)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if noted_process(path) is None:
                return
            time.sleep(0.02)
