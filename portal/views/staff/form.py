"""The household's own form at the desk: a caseworker fills it in with the person, on the same pages."""

from __future__ import annotations

from flask import Blueprint, redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal.i18n.languages import CODES
from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import HELPED_FORM, kit, staff_actor, staff_visit
from portal.security.headers import forget_pages
from portal.services import helping, lending
from portal.views import changes, situation, situation_check, situation_persons
from portal.views.household import place_url

blueprint = Blueprint(HELPED_FORM, __name__, url_prefix="/staff/form")
for journey in (situation_persons, situation_check, situation, changes):
    blueprint.register_blueprint(journey.blueprint)


@blueprint.post("/lend")
@allow(Rule.STAFF)
def lend() -> Response:
    """Hand the device to the person: from now on it shows their form in their language, until somebody signs in again.

    As with «next person» the session and the forms get new secrets: no page of the desk can be sent or shown from it.
    What was made for this person stays: whoever made it prints the slip when the device is back.
    """
    done = lending.lend(kit(), staff_actor(), sessions.secret("staff") or "", _language)
    if done is None:
        return redirect(url_for("staff_board.board"), 303)
    secret, language = done
    session.clear()
    response = redirect(url_for("staff_form.situation.tasks", lang=language), 303)
    sessions.give(response, "staff", secret)
    return forget_pages(response)


def _language(own: str) -> str:
    """The one that the page was turned to for the person, else the adult's own."""
    asked, visit = request.form.get("language", ""), staff_visit()
    return asked if asked in CODES and visit and asked != visit.language else own


@blueprint.post("/end")
@allow(Rule.STAFF)
def end() -> Response:
    """The person leaves: their form closes, the household's page stays open."""
    place = helping.end(kit(), staff_actor(), sessions.secret("staff") or "")
    if place is None:
        return redirect(url_for("staff_board.board"), 303)
    return redirect(place_url(place), 303)
