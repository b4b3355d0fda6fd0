"""The parent's side: starts a child for each file, feeds it, waits within limits, and checks what it says."""

from __future__ import annotations

import logging
import os
import selectors
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Final

from portal.adapters.inspection.answer import (
    MOST_ANSWER,
    READY,
    AnswerError,
    Inspected,
    InspectedPage,
    Refused,
    unpacked,
)
from portal.domain.document import MOST_BYTES, FileFault

__all__ = ["Inspected", "InspectedPage", "InspectionError", "InspectionStoppedError", "Inspector"]

WALL_SECONDS: Final = 30.0
_AT_ONCE: Final = 64 * 1024
_START: Final = "import sys; sys.path.append(sys.argv[1]); from {module} import main; main(int(sys.argv[2]))"
_ROOT: Final = str(Path(__file__).resolve().parents[3])
"""The folder that holds the package `portal`: a checkout, or site-packages."""
# How a child dies of its limits: of its CPU time, or where a library cannot go on without memory (PDFium aborts or
# traps) or breaks. Never SIGTERM, SIGINT, SIGHUP or SIGKILL: those come from outside (the service ends, the machine
# has no memory left), unless our own clock sent the SIGKILL.
_OWN_DEATHS: Final = frozenset(
    {signal.SIGXCPU, signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGTRAP, signal.SIGFPE}
    | {signal.SIGXFSZ}
)
_log = logging.getLogger(__name__)


class InspectionError(Exception):
    """The file cannot be used, and why. `peak`: the child's address space in bytes, 0 when it did not live to say."""

    def __init__(self, fault: FileFault, peak: int = 0) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.peak = peak


class InspectionStoppedError(RuntimeError):
    """The child was ended from outside or could not start: nothing is said of the file, the job has to run again."""


class Inspector:
    """Opens strangers' files in children. Safe for several threads; how many at once is the caller's business."""

    def __init__(self, *, wall_seconds: float = WALL_SECONDS) -> None:
        self._wall = wall_seconds

    def inspect(self, content: bytes) -> Inspected:
        """The clean file and its pages. Raises InspectionError and InspectionStoppedError; blocks up to 30 seconds."""
        if not content:
            raise InspectionError(FileFault.EMPTY)
        if len(content) > MOST_BYTES:
            raise InspectionError(FileFault.TOO_HEAVY)
        heard, ended, late = self._run(content)
        if not heard.startswith(READY):
            _log.error("an inspection did not start: exit %s", ended)
            raise InspectionStoppedError(f"the child ended with {ended} before it was ready")
        if late:
            raise InspectionError(FileFault.TOO_HEAVY)
        if ended < 0 and -ended not in _OWN_DEATHS:
            raise InspectionStoppedError(f"the child was ended by signal {-ended}")
        if ended < 0:
            _log.warning("an inspection died of signal %s", -ended)
            raise InspectionError(FileFault.TOO_HEAVY)
        return _believed(heard, ended)

    def _run(self, content: bytes) -> tuple[bytearray, int, bool]:
        """What the child said, how it ended, and whether our clock or our bound ended it."""
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
            [
                sys.executable,
                "-I",
                "-c",
                _START.format(module="portal.adapters.inspection.child"),
                _ROOT,
                str(os.getpid()),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # messages of the libraries quote the file
            env={},
            cwd="/",
            start_new_session=True,
        )
        try:
            heard, late = _talk(child, content, monotonic() + self._wall)
        finally:
            # Also when this process is told to end: nothing of the child may stay.
            if child.poll() is None:
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    with suppress(BrokenPipeError):
                        pipe.close()
        return heard, child.returncode, late


def _talk(child: subprocess.Popen[bytes], content: bytes, until: float) -> tuple[bytearray, bool]:
    """Write and read at the same time until the child closes its end and is gone; True when it took too long."""
    assert child.stdin is not None  # noqa: S101 - they are pipes
    assert child.stdout is not None  # noqa: S101
    heard, left = bytearray(), memoryview(content)
    out, into = child.stdout.fileno(), child.stdin.fileno()
    os.set_blocking(into, False)
    with selectors.DefaultSelector() as waiting:
        waiting.register(out, selectors.EVENT_READ)
        waiting.register(into, selectors.EVENT_WRITE)
        while (remains := until - monotonic()) > 0:
            for key, _ in waiting.select(remains):
                if key.fd == out:
                    piece = os.read(out, _AT_ONCE)
                    if not piece:
                        return heard, _outlives(child, until)
                    heard += piece
                    if len(heard) > MOST_ANSWER:
                        return heard, True
                else:
                    left = left[_written(into, left) :]
                    if not left:
                        waiting.unregister(into)
                        child.stdin.close()
    return heard, True


def _written(into: int, left: memoryview) -> int:
    """How many bytes were taken; all of them when nobody reads any more."""
    try:
        return os.write(into, left[:_AT_ONCE])
    except BlockingIOError:
        return 0
    except BrokenPipeError:
        return len(left)


def _outlives(child: subprocess.Popen[bytes], until: float) -> bool:
    try:
        child.wait(max(0.1, until - monotonic()))
    except subprocess.TimeoutExpired:
        return True
    return False


def _believed(heard: bytearray, ended: int) -> Inspected:
    """The answer, once it holds. Raises InspectionError; what does not hold is BROKEN and logged as an error."""
    try:
        said = unpacked(memoryview(heard)[len(READY) :])
    except AnswerError:
        _log.exception("an inspection's answer does not hold; exit %s", ended)
        raise InspectionError(FileFault.BROKEN) from None
    if isinstance(said, Refused):
        if said.reason:
            _log.info("an inspection refused: %s by %s", said.fault.value, said.reason)
        raise InspectionError(said.fault, said.peak)
    return said
