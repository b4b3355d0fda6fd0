"""Logs: one JSON line an event, with the request's id; never a name, an amount, a code or a query string."""

from __future__ import annotations

import logging
import sys
import time

import structlog
from flask import Flask, Response, g, request
from structlog.typing import EventDict, Processor, WrappedLogger

from portal.security.context import REQUEST_ID


def configure() -> None:
    """Write JSON lines to standard error; warnings of libraries too, with an error's kind and place only."""
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*common, structlog.processors.JSONRenderer()],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),  # a line is one write: threads do not mix theirs
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    last = (structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=[*common, _without_traceback], processors=last)
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.captureWarnings(True)


def install(app: Flask) -> None:
    """One line for every request: method, rule (not the address), status, milliseconds."""
    log = structlog.get_logger("portal")

    @app.before_request
    def begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        log.info(
            "request",
            request_id=request.environ.get(REQUEST_ID),
            method=request.method,
            rule=request.url_rule.rule if request.url_rule else None,
            status=response.status_code,
            ms=round((time.perf_counter() - g.get("begun", time.perf_counter())) * 1000, 1),
        )
        return response


def failure(error: BaseException) -> None:
    """Log an error by its kind and place. Its message is left out: it may quote what a person typed."""
    structlog.get_logger("portal").error("failure", request_id=request.environ.get(REQUEST_ID), **_described(error))


def _described(error: BaseException) -> dict[str, str | None]:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    cause = type(error.__cause__).__name__ if error.__cause__ else None
    return {"kind": type(error).__name__, "cause": cause, "where": where}


def _without_traceback(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A library's record with an error: kind and place in the place of message and traceback."""
    info = event.pop("exc_info", None)
    return {**event, **_described(info[1])} if isinstance(info, tuple) and info[1] else event
