"""Processes that tests start, break and end: the portal as gunicorn serves it, its worker, its commands, a scanner.

`from tests.servers import clamd, clamd_server` in a folder's conftest.py gives its tests the scanner.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from devstack.clamd import MISSING, Clamd, program
from devstack.portal import PortalServer, PortalWorker, portal_environment
from devstack.ports import free_port
from devstack.stack import Stack

PROJECT = Path(__file__).resolve().parents[1]

__all__ = ["PROJECT", "PortalServer", "PortalWorker", "clamd", "clamd_server", "flask_command", "portal_environment"]


@pytest.fixture(scope="session")
def clamd_server(bare_stack: Stack) -> Iterator[Clamd]:
    """The virus scanner of this run, started when `clamd` is first asked for; without the program, a skip in words."""
    if program() is None:
        pytest.skip(MISSING)
    server = Clamd(bare_stack.root, free_port())
    yield server
    server.stop()


@pytest.fixture
def clamd(clamd_server: Clamd) -> Clamd:
    """The virus scanner, running; break what you like, the next test that takes it finds it running again."""
    clamd_server.start()
    return clamd_server


def flask_command(
    *arguments: str, variables: Mapping[str, str], project: Path = PROJECT, seconds: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run `flask --app app …` with `variables` and nothing of the caller's portal; never raises for a bad exit."""
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", *arguments],
        cwd=project,
        env=portal_environment(variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
