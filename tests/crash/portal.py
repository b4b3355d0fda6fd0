"""The portal's server in a crash test: it has a name of its own, so that it never takes the place of another one."""

from __future__ import annotations

from pathlib import Path

from devstack.portal import PortalServer
from devstack.ports import LOOPBACK, free_port
from devstack.stack import Stack
from tests.crash.killing_app import FUSE
from tests.servers import PROJECT


class CrashServer(PortalServer):
    """The citizen surface, `gunicorn app:app`; with `fuse`, the portal that ends itself at a named step."""

    name = "crash"
    start_seconds = 60.0  # the machine may be busy

    def __init__(self, stack: Stack, fuse: Path | None = None) -> None:
        port = free_port()
        variables = stack.env("citizen", public_url=f"http://{LOOPBACK}:{port}")
        if fuse is not None:
            variables[FUSE] = str(fuse)
        super().__init__(stack.root, PROJECT, variables, port)
        self.module = "tests.crash.killing_app:app" if fuse is not None else "app:app"

    def command(self) -> list[str]:
        return [self.module if part == "app:app" else part for part in super().command()]
