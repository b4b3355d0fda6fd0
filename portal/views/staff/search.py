"""Find a household: by name, birth date, reference or phone. What is typed travels in the body and stands in no address."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from portal.forms.search import SearchForm
from portal.forms.staff import faults_of
from portal.i18n.languages import STAFF_CODES
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services.search import looking
from portal.views.names import today
from portal.views.staff.language import remember

blueprint = Blueprint("staff_search", __name__, url_prefix="/staff")

BEGIN: Final = "_begin"
"""The name of the button that leads to an empty form with the name and the birth date taken over."""


@blueprint.route("/search", methods=["GET", "POST"])
@allow(Rule.STAFF)
def start() -> Response | str:
    """The box, and below it who was found; the language menu searches again."""
    switched_to = request.form.get("_switch")
    if switched_to in STAFF_CODES:
        remember(switched_to)
    form = SearchForm(today())
    if request.method == "GET" or (switched_to is not None and form.untouched):
        return render_template("staff/search.html", form=form, answer=None, faults=())
    if not form.validate():
        return make_response(render_template("staff/search.html", form=form, answer=None, faults=faults_of(form)), 422)
    if form.reference:
        answer = looking.look_up(kit(), staff_actor(), form.reference)
    elif form.phone:
        answer = looking.look_up_phone(kit(), staff_actor(), form.phone)
    else:
        answer = looking.look_for(kit(), staff_actor(), form.typed())
    return render_template("staff/search.html", form=form, answer=answer, faults=())
