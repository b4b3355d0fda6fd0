"""What every test run obeys: nothing leaves this machine, and a skip is not a pass when all is required."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest

LOCAL_NAMES = {"", "localhost", "localhost.localdomain", "ip6-localhost"}


class OutsideAddressError(RuntimeError):
    """A test tried to reach an address that is not this machine's own."""


def is_local(host: object) -> bool:
    """True for the loopback addresses and their names, and for no host at all."""
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def install_socket_guard() -> None:
    """From now on this process connects to loopback addresses only, and looks no other name up."""

    def guard(name: str) -> None:
        original = getattr(socket.socket, name)

        def guarded(self: socket.socket, *arguments: Any) -> Any:
            # sendto(data, [flags,] address) has its address last; connect has nothing else.
            address = arguments[-1]
            outside = self.family in (socket.AF_INET, socket.AF_INET6) and not is_local(address[0])
            if outside:
                raise OutsideAddressError(f"tests stay on this machine: {name} to {address!r} refused")
            return original(self, *arguments)

        setattr(socket.socket, name, guarded)

    for name in ("connect", "connect_ex", "sendto"):
        guard(name)
    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        if not is_local(host):
            raise OutsideAddressError(f"tests stay on this machine: look-up of {host!r} refused")
        return look_up(host, *arguments, **options)

    socket.getaddrinfo = guarded_look_up


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure that carries its reason; an expected failure stays what it is."""
    if report.outcome != "skipped" or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"REQUIRE_ALL is set, so this may not be skipped. {reason}"
