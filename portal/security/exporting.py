"""One export at a time in a process: it reads many files and lasts as long as the person's connection wants it to.

A process has a few threads. So no second export takes one of them, a device that takes nothing more is cut off, and no
export lasts for ever. What breaks off lacks the end by which a device knows that a ZIP is whole.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any, Final

import structlog

STILL_SECONDS: Final = 30.0
"""How long a device may take no byte."""
LONGEST_SECONDS: Final = 1800.0
"""How long one export may last."""
RETRY_SECONDS: Final = 60
_one: Final = Lock()


class ExportBusyError(Exception):
    """Another export is under way in this process: come again."""


class ExportTooLongError(Exception):
    """The export lasted longer than one may."""


class Export:
    """The bytes of an export, and its place in the process. Whoever has it closes it; closed twice is closed once."""

    def __init__(self, make: Callable[[], Iterator[bytes]], socket: Any, seconds: Callable[[], float]) -> None:
        """Waits for the first bytes, so that what fails at once fails as a page. Raises ExportBusyError, and as `make`."""
        if not _one.acquire(blocking=False):
            raise ExportBusyError
        self._open, self._socket, self._seconds = True, socket, seconds
        self._until = seconds() + LONGEST_SECONDS
        try:
            self._stream = make()
            self._first: bytes | None = next(self._stream)
        except BaseException:
            self.close()
            raise
        if socket is not None:
            socket.settimeout(STILL_SECONDS)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        try:
            return self._next()
        except StopIteration:
            self.close()
            raise
        except Exception as error:  # the server cuts the connection; the log says why
            structlog.get_logger("portal").error("export broken off", kind=type(error).__name__)
            self.close()
            raise

    def _next(self) -> bytes:
        if self._seconds() > self._until:
            raise ExportTooLongError
        return next(self._stream)

    def close(self) -> None:
        """The answer is over, whole or not."""
        if not self._open:
            return
        self._open = False
        try:
            if self._socket is not None:
                self._socket.settimeout(None)
        finally:
            _one.release()

    def __del__(self) -> None:
        """An answer that nobody took, and nobody closed, gives its place back too."""
        if hasattr(self, "_open"):
            self.close()


def begin(make: Callable[[], Iterator[bytes]], socket: Any) -> Export:
    """Start an export. `socket`: the server's connection to the device, if it names one. Raises ExportBusyError."""
    return Export(make, socket, time.monotonic)
