"""Processes that tests start, break and end: the portal as gunicorn serves it, its worker, its commands."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from devstack.portal import PortalServer, PortalWorker, portal_environment

PROJECT = Path(__file__).resolve().parents[1]

__all__ = ["PROJECT", "PortalServer", "PortalWorker", "flask_command", "portal_environment"]


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
