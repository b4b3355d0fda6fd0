"""One surface of the portal as its own process, with its own database role, as a deployment runs it."""

from __future__ import annotations

from collections.abc import Mapping

from devstack.portal import PortalServer
from devstack.ports import LOOPBACK
from devstack.stack import Stack, Surface
from tests.servers import PROJECT


class SurfaceServer(PortalServer):
    """gunicorn for one surface of a stack; `more` are variables that differ from the stack's."""

    def __init__(self, stack: Stack, surface: Surface, port: int, more: Mapping[str, str] | None = None) -> None:
        self.name = f"portal-{surface}"  # type: ignore[misc]
        variables = stack.env(surface, public_url=f"http://{LOOPBACK}:{port}") | dict(more or {})
        super().__init__(stack.root, PROJECT, variables, port)
