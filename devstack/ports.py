"""Loopback ports: free ones, below the range that the system hands to outgoing connections."""

from __future__ import annotations

import json
import random
import socket
from pathlib import Path

LOOPBACK = "127.0.0.1"
# Linux gives 32768 and up, macOS 49152 and up, to outgoing connections. A server that restarts on its port must not
# find it taken by one of them, so the stack stays below.
_LOWEST, _HIGHEST = 20_000, 31_999
_given: set[int] = set()


class PortTakenError(RuntimeError):
    """Another program listens on the port."""


def is_free(port: int) -> bool:
    """True when a server could listen on `port` of the loopback address now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """True when something accepts connections on `port` of the loopback address within a second."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False


def free_port() -> int:
    """A free port that this process has not given out before; raises PortTakenError when there is none."""
    source = random.SystemRandom()  # seeded test runs must not make every worker try the same ports
    for _ in range(500):
        port = source.randint(_LOWEST, _HIGHEST)
        if port not in _given and is_free(port):
            _given.add(port)
            return port
    raise PortTakenError(f"no free port between {_LOWEST} and {_HIGHEST} on {LOOPBACK}")


def remembered_ports(path: Path, names: tuple[str, ...]) -> dict[str, int]:
    """One port per name: those of the last start where they are still free, so that addresses stay the same.

    An OpenID issuer is an address, and staff accounts are tied to it.
    """
    try:
        known = json.loads(path.read_text())
    except (OSError, ValueError):
        known = {}
    ports: dict[str, int] = {}
    for name in names:
        port = known.get(name) if isinstance(known, dict) else None
        usable = isinstance(port, int) and _LOWEST <= port <= _HIGHEST and port not in ports.values()
        ports[name] = int(port) if port and usable and is_free(port) else free_port()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(ports))
    return ports
