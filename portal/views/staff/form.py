"""The household's own form at the desk: a caseworker fills it in with the person, on the same pages."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import HELPED_FORM, kit, staff_actor
from portal.services import helping
from portal.views import changes, situation, situation_check, situation_persons
from portal.views.household import place_url

blueprint = Blueprint(HELPED_FORM, __name__, url_prefix="/staff/form")
for journey in (situation_persons, situation_check, situation, changes):
    blueprint.register_blueprint(journey.blueprint)


@blueprint.post("/end")
@allow(Rule.STAFF)
def end() -> Response:
    """The person leaves: their form closes, the household's page stays open."""
    place = helping.end(kit(), staff_actor(), sessions.secret("staff") or "")
    if place is None:
        return redirect(url_for("staff_board.board"), 303)
    return redirect(place_url(place), 303)
