"""Bodies of requests: how large each route's may be, that none rests on the disk in clear, that slow ones do not fill the house.

A process has a few threads, and a body that trickles in holds one. So no more than `MOST_SLOW` of them may be slow at
once, and none may stand still: whoever sends comes again, and goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import IO, Any, Final, NoReturn, TypeVar, cast

import flask
from flask import Flask, g, request

from portal.adapters.spool import Spool
from portal.domain.document import MOST_BYTES

View = TypeVar("View", bound=Callable[..., Any])

UPLOAD_BODY: Final = MOST_BYTES + 64 * 1024
"""A piece of a file; whether the file may have it is the service's to say, in words."""
FORM_BODY: Final = 64 * 1024 * 1024
"""A plain form with files."""
MOST_SLOW: Final = 2
"""Slow bodies of one process at once, of its four threads."""
QUICK_SECONDS: Final = 3.0
"""Waiting in all for a body that is not slow."""
STILL_SECONDS: Final = 10.0
"""How long a body may stand still."""
LONGEST_SECONDS: Final = 300.0
"""Waiting in all for one body."""
RETRY_SECONDS: Final = 5
_LEAST: Final = 1024
_MOST: Final = 64 * 1024
"""Bytes of a piece that is asked of the server."""
_FAST: Final = 0.05


class BusyError(Exception):
    """The body was too slow while others were, or stood still: come again."""


class Request(flask.Request):
    """A request whose files never rest on the disk in clear."""

    def _get_file_stream(  # Werkzeug's arguments say nothing that is needed here
        self, *_arguments: object, **_named: object
    ) -> IO[bytes]:
        return cast("IO[bytes]", Spool())


def takes(most: int) -> Callable[[View], View]:
    """Declare that a view takes bodies of up to `most` bytes; without it, only a form's few words are taken."""

    def mark(view: View) -> View:
        view.largest_body = most  # type: ignore[attr-defined]
        return view

    return mark


class Patient:
    """The bytes of a body as they arrive. Raises BusyError when they are too slow."""

    def __init__(self, stream: Any, slow: BoundedSemaphore, socket: Any, seconds: Callable[[], float]) -> None:
        self._stream, self._slow, self._seconds = stream, slow, seconds
        self._waited, self._holds, self._piece = 0.0, False, _LEAST
        self._socket = socket
        if socket is not None:
            socket.settimeout(STILL_SECONDS)

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, at most one piece; none at the end.

        The server comes back only with a whole piece, so pieces are small while they are slow.
        """
        if self._waited > LONGEST_SECONDS:
            self._give_up()
        if self._waited > QUICK_SECONDS and not self._holds:
            self._holds = self._slow.acquire(blocking=False)
            if not self._holds:
                self._give_up()
        begun = self._seconds()
        try:
            read = cast(bytes, self._stream.read(self._piece if size < 0 else min(size, self._piece)))
        except TimeoutError as error:  # what the server had of this piece is lost with it: never read on
            raise BusyError from error
        except ConnectionError:  # cut off: what came before it counts, as with a connection that just ends
            return b""
        taken = self._seconds() - begun
        self._waited += taken
        self._piece = min(self._piece * 2, _MOST) if taken < _FAST else _LEAST
        return read

    def _give_up(self) -> NoReturn:
        """The rest is not wanted. Told so, gunicorn closes the connection; else it waits for the rest for 5 seconds."""
        if hasattr(self._stream, "failed"):
            self._stream.failed = True
        raise BusyError

    def done(self) -> None:
        """The request is over."""
        if self._holds:
            self._holds = False
            self._slow.release()
        if self._socket is not None:
            self._socket.settimeout(None)


def install(app: Flask) -> None:
    """Stands before everything that reads a body, such as the check of tokens."""
    app.request_class = Request
    slow = BoundedSemaphore(MOST_SLOW)

    @app.before_request
    def bound() -> None:
        most = getattr(app.view_functions.get(request.endpoint or ""), "largest_body", None)
        if most is None or request.method in ("GET", "HEAD", "OPTIONS"):
            return
        request.max_content_length = most
        environ = request.environ
        g.patient = Patient(environ["wsgi.input"], slow, environ.get("gunicorn.socket"), time.monotonic)
        environ["wsgi.input"] = g.patient

    @app.teardown_request
    def over(_error: BaseException | None) -> None:
        if patient := cast("Patient | None", g.pop("patient", None)):
            patient.done()
