"""The first thing that sees a request: it notes the instant of arrival and gives the request its id.

It stands outside of everything else, so that no time spent on reading the body, on forms or on waiting for the
database can move a filing past midnight.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from portal.adapters.clock import Clock
from portal.security.context import RECEIVED_AT, REQUEST_ID

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Arrival:
    """WSGI middleware around the whole application."""

    def __init__(self, app: WSGIApplication, clock: Clock) -> None:
        self.app = app
        self.clock = clock

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Stamp the request and hand it on."""
        environ[RECEIVED_AT] = self.clock.now()
        environ[REQUEST_ID] = secrets.token_hex(8)
        return self.app(environ, start_response)
