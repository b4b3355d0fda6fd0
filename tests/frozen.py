"""A server that stands still: it takes connections and answers nothing."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 30.0


def freeze(pid: int) -> None:
    """Stop a process, and come back when each of its threads rests.

    The signal alone is not enough: a thread that runs on another core may still answer the next request.
    """
    os.kill(pid, signal.SIGSTOP)
    deadline = time.monotonic() + PATIENCE
    while any(_state(thread) != "T" for thread in Path(f"/proc/{pid}/task").iterdir()):
        assert time.monotonic() < deadline, "it does not stop"
        time.sleep(0.005)


def thaw(pid: int) -> None:
    """Let it go on."""
    os.kill(pid, signal.SIGCONT)


@contextmanager
def frozen(pid: int | None) -> Iterator[None]:
    """A running server (its pid is known) stands still within this block."""
    assert pid is not None
    freeze(pid)
    try:
        yield
    finally:
        thaw(pid)


def _state(thread: Path) -> str:
    """The state letter of a thread; its name stands in brackets before it and may hold anything."""
    return (thread / "stat").read_text().rpartition(")")[2].split()[0]
