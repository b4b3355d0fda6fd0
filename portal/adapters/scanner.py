"""The virus scanner: clamd over TCP or a Unix socket, by its command INSTREAM. Nothing else of clamd is used."""

from __future__ import annotations

import re
import socket
import struct
import time
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

SECONDS: Final = 60.0
CONNECT_SECONDS: Final = 3.0
_CHUNK: Final = 256 * 1024
_LONGEST_ANSWER: Final = 4096
_CLEAN: Final = b"stream: OK\0"
_FOUND: Final = re.compile(rb"stream: [^\0\n]+ FOUND\0")


class ScannerUnavailableError(Exception):
    """The scanner gave no clear answer: away, slow, over its limit, or broken off. Nothing is known of the content."""


class Scanner:
    """One clamd; each scan is a connection of its own, so one scanner serves all threads.

    `url`: `tcp://host:port` or `unix:///path`. `seconds`: how long a scan takes at most, all in all.
    clamd's `StreamMaxLength` must be above the largest content (its own default is 100 MB).
    """

    def __init__(self, url: str, *, seconds: float = SECONDS) -> None:
        parts = urlsplit(url)
        self._seconds = seconds
        self._path = parts.path if parts.scheme == "unix" else None
        self._host, self._port = parts.hostname or "", parts.port or 0
        tcp = parts.scheme == "tcp" and self._host and self._port and not (parts.path or parts.query)
        if not tcp and not (self._path and self._path.strip("/") and not parts.netloc):
            raise ValueError("a scanner is at tcp://host:port or unix:///path")

    @classmethod
    def from_url(cls, url: str | None) -> Scanner | None:
        """The scanner at this address; None where none is configured. Raises ValueError for another form."""
        return cls(url) if url else None

    def scan(self, content: bytes) -> bool:
        """True when the content is clean, False when something was found in it.

        Raises ScannerUnavailableError for anything but an exact "OK" or "… FOUND": silence is never taken for clean.
        """
        deadline = time.monotonic() + self._seconds
        try:
            with self._connected(deadline) as link:
                # clamd breaks off when the content is over its limit; its answer then says so.
                with suppress(ConnectionError):
                    _send(link, content, deadline)
                answer = _answer(link, deadline)
        except OSError as error:
            raise ScannerUnavailableError(type(error).__name__) from error
        if answer == _CLEAN:
            return True
        if _FOUND.fullmatch(answer):
            return False
        raise ScannerUnavailableError(f"answered {answer[:80]!r}")

    def _connected(self, deadline: float) -> socket.socket:
        if self._path is None:
            return socket.create_connection((self._host, self._port), timeout=min(CONNECT_SECONDS, _left(deadline)))
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            link.settimeout(min(CONNECT_SECONDS, _left(deadline)))
            link.connect(self._path)
        except BaseException:
            link.close()
            raise
        return link


def _send(link: socket.socket, content: bytes, deadline: float) -> None:
    view = memoryview(content)
    link.settimeout(_left(deadline))
    link.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), _CHUNK):
        chunk = view[start : start + _CHUNK]
        link.settimeout(_left(deadline))  # for this sendall as a whole
        link.sendall(struct.pack(">I", len(chunk)) + chunk)
    link.sendall(struct.pack(">I", 0))


def _answer(link: socket.socket, deadline: float) -> bytes:
    """What it says until it closes; more than any answer has is cut."""
    answer = b""
    while len(answer) < _LONGEST_ANSWER:
        link.settimeout(_left(deadline))
        more = link.recv(_LONGEST_ANSWER)
        if not more:
            break
        answer += more
    return answer


def _left(deadline: float) -> float:
    """Seconds until the deadline; raises TimeoutError when none is left."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
