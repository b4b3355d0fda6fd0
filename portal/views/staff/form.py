"""The household's own form at the desk: a caseworker fills it in with the person, on the same pages."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import HELPED_FORM, kit, staff_actor
from portal.services import helping
from portal.views import situation, situation_check, situation_persons

blueprint = Blueprint(HELPED_FORM, __name__, url_prefix="/staff/form")
for journey in (situation_persons, situation_check, situation):
    blueprint.register_blueprint(journey.blueprint)


@blueprint.post("/end")
@allow(Rule.STAFF)
def end() -> Response:
    """The person leaves: their form closes, the demand stays open."""
    demand_id = helping.end(kit(), staff_actor(), sessions.secret("staff") or "")
    if demand_id is None:
        return redirect(url_for("staff_board.board"), 303)
    return redirect(url_for("staff_demands.show", demand_id=demand_id), 303)
