"""Logs: one JSON line an event, with the request's id; never a name, an amount, a code or a query string."""

from __future__ import annotations

import logging
import sys
import time

import structlog
from flask import Flask, Response, g, request

from portal.security.context import REQUEST_ID


def configure() -> None:
    """Write JSON lines to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )


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
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    cause = type(error.__cause__).__name__ if error.__cause__ else None
    structlog.get_logger("portal").error(
        "failure", request_id=request.environ.get(REQUEST_ID), kind=type(error).__name__, cause=cause, where=where
    )
