"""Is the process alive, can it serve?"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from portal.adapters.database import DatabaseUnavailableError
from portal.security.access import Rule, allow
from portal.security.context import kit

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@allow(Rule.PUBLIC)
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="alive")


@blueprint.get("/readyz")
@allow(Rule.PUBLIC)
def readyz() -> tuple[Response, int]:
    """The process can reach its database."""
    try:
        kit().database.ping()
    except DatabaseUnavailableError:
        return jsonify(status="no database"), 503
    return jsonify(status="ready"), 200
