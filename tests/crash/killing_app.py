"""The portal with a fuse: gunicorn serves `tests.crash.killing_app:app` in place of `app:app`, in tests only.

The file that CRASH_FUSE names holds the name of one step. The process that reaches this step first takes the file
away and ends the whole gunicorn, itself included, with SIGKILL. Without the file this is the portal as it is.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, LiteralString, cast

from flask import Flask, request
from werkzeug.wsgi import ClosingIterator

from portal.adapters.database import Database
from portal.factory import create_app
from portal.services.kit import Kit
from portal.settings import Settings
from tests.crash.visitor import FORM

FUSE = "CRASH_FUSE"
FILED = "/fr/demand/filed"
ARRIVAL, BODY_READ, BEFORE_STATEMENT = "on arrival", "body read", "before the statement"
COMMITTED, ANSWERING, SHOWING = "committed", "during the answer", "during the filed page"
STEPS = (ARRIVAL, BODY_READ, BEFORE_STATEMENT, COMMITTED, ANSWERING, SHOWING)


class Fuse:
    """Ends gunicorn at the step that stands in the file, once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lit(self, step: str) -> bool:
        """Whether it is this step's turn."""
        try:
            return self.path.read_text() == step
        except FileNotFoundError:
            return False

    def burn(self, step: str) -> None:
        """End master and workers, if it is this step's turn."""
        if not self.lit(step):
            return
        group = os.getpgrp()
        if group != os.getppid():  # a worker's parent leads the group of gunicorn; in any other place, touch nothing
            raise RuntimeError("not a worker of a gunicorn with a session of its own")
        self.path.unlink()
        os.killpg(group, signal.SIGKILL)


class KillingDatabase(Database):
    """The database with the fuse before and after the one statement that files."""

    def __init__(self, url: str, fuse: Fuse) -> None:
        super().__init__(url)
        self.fuse = fuse

    def single(self, statement: LiteralString, values: Mapping[str, Any]) -> None:
        """Run the statement, if it comes to that."""
        self.fuse.burn(BEFORE_STATEMENT)
        super().single(statement, values)
        self.fuse.burn(COMMITTED)


class KillingWsgi:
    """The outermost layer: before anything is read, and while the answer goes out."""

    def __init__(self, inner: Any, fuse: Fuse) -> None:
        self.inner = inner
        self.fuse = fuse

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        filing = (environ["REQUEST_METHOD"], environ["PATH_INFO"]) == ("POST", FORM)
        if filing:
            self.fuse.burn(ARRIVAL)
        body = self.inner(environ, start_response)
        step = ANSWERING if filing else SHOWING if environ["PATH_INFO"] == FILED else None
        if step is None or not self.fuse.lit(step):
            return cast("Iterable[bytes]", body)
        return ClosingIterator(self._half(body, step), getattr(body, "close", None))

    def _half(self, body: Iterable[bytes], step: str) -> Iterator[bytes]:
        """The headers and a part of the body go out, the rest never does."""
        whole = b"".join(body)
        yield whole[: len(whole) // 2]
        self.fuse.burn(step)


def create_killing_app(fuse: Fuse) -> Flask:
    """The portal of this environment, with the fuse in its places."""
    configuration = Settings.from_env()
    app = create_app(configuration)
    kit: Kit = app.extensions["kit"]
    kit.database.close()
    app.extensions["kit"] = replace(kit, database=KillingDatabase(configuration.database_url, fuse))
    app.wsgi_app = KillingWsgi(app.wsgi_app, fuse)  # type: ignore[method-assign]

    @app.before_request  # the last one: after the checks, before the view
    def after_body() -> None:
        if request.method == "POST" and request.form:
            fuse.burn(BODY_READ)

    return app


if FUSE in os.environ:  # the tests read the names of the steps from here
    app = create_killing_app(Fuse(Path(os.environ[FUSE])))
