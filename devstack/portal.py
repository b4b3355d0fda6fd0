"""The portal's own processes, as a deployment runs them: gunicorn for the pages, one worker for the jobs."""

from __future__ import annotations

import http.client
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from devstack.ports import LOOPBACK
from devstack.process import Server

# What a portal reads; none of it may leak in from the caller's shell.
OWN_VARIABLES = (
    *("DATABASE_URL", "DATABASE_OWNER_URL", "SMTP_URL", "MAIL_FROM", "CLAMD_URL", "SECRET_KEY", "MASTER_KEYS"),
    *("RECEIPT_SIGNING_KEY", "PUBLIC_URL", "TRUSTED_PROXIES", "SURFACE", "DUTY_ADDRESSES"),
)
OWN_PREFIXES = ("S3_", "OIDC_")


def portal_environment(variables: Mapping[str, str]) -> dict[str, str]:
    """The caller's environment without any variable of a portal, then `variables`."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in OWN_VARIABLES and not name.startswith(OWN_PREFIXES)
    }
    return {**clean, "PYTHONUNBUFFERED": "1", **variables}


class PortalProcess(Server):
    """A process of the portal in `project` (the folder of app.py), with the environment `variables`."""

    def __init__(self, root: Path, project: Path, variables: Mapping[str, str]) -> None:
        super().__init__(root)
        self.project = project
        self.variables = dict(variables)

    def environment(self) -> dict[str, str]:
        return portal_environment(self.variables)

    def spawn_options(self) -> dict[str, Any]:
        return {"cwd": self.project}


class PortalServer(PortalProcess):
    """`gunicorn app:app` on one loopback port; `kill` ends the master and its workers at once, as a crash would."""

    name = "portal"

    def __init__(self, root: Path, project: Path, variables: Mapping[str, str], port: int) -> None:
        super().__init__(root, project, variables)
        self.port = port

    @property
    def base_url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://{LOOPBACK}:{self.port}"

    def command(self) -> list[str]:
        threads = ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
        limits = ["--graceful-timeout", "5", "--no-control-socket"]
        return [
            sys.executable,
            *("-m", "gunicorn", "app:app", "--bind", f"{LOOPBACK}:{self.port}"),
            *threads,
            *limits,
        ]

    def ready(self) -> bool:
        """True when a page is answered, whatever its status: a portal without its database still answers."""
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True


class PortalWorker(PortalProcess):
    """`flask --app app worker`: sends mails, repeats urgent notices, seals the register's head."""

    name = "worker"

    def command(self) -> list[str]:
        return [sys.executable, "-m", "flask", "--app", "app", "worker"]

    def ready(self) -> bool:
        """True while it runs: it listens on nothing, and its database may be away."""
        return self.running
