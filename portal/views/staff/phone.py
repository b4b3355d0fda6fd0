"""A call at the desk: one screen, on the desk's own form and service. Who may be the same person is shown, never in the way."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from portal.forms.phone import CallForm
from portal.i18n.languages import LANGUAGES, STAFF_CODES
from portal.security.access import Rule, allow
from portal.security.context import kit, received_at, staff_actor
from portal.services.search import looking
from portal.views.names import today
from portal.views.staff.filing import begins, recorded
from portal.views.staff.language import remember

blueprint = Blueprint("staff_phone", __name__, url_prefix="/staff")

LOOK: Final = "_look"
"""The name of the button that only looks who is known under that name."""


@blueprint.route("/call", methods=["GET", "POST"])
@allow(Rule.STAFF)
def call() -> Response:
    """The form and the act of recording. The demand is of the moment at which it came in, unless an earlier one is said."""
    switched_to = request.form.get("_switch")
    if switched_to in STAFF_CODES:
        remember(switched_to)
    form = _form()
    if begins(form) or switched_to is not None:
        return _page(form)
    if not form.validate():
        return _page(form, status=422)
    if LOOK in request.form:
        typed = form.typed()
        known = typed.name is not None or typed.birth_date is not None
        nobody = looking.Answer((), more=False, complete=True)
        return _page(form, looking.look_for(kit(), staff_actor(), typed) if known else nobody)
    return make_response(recorded(form))


def after_csrf_failure() -> Response:
    """The page was older than «next person», or than a sign-out: what was typed comes back and nothing is recorded."""
    form = _form()
    begins(form)
    return _page(form, status=400, too_old=True)


def _form() -> CallForm:
    return CallForm(received_at(), [(language.code, language.name) for language in LANGUAGES], today=today())


def _page(form: CallForm, alike: looking.Answer | None = None, status: int = 200, *, too_old: bool = False) -> Response:
    page = render_template("staff/call.html", form=form, alike=alike, look=LOOK, too_old=too_old)
    return make_response(page, status)
