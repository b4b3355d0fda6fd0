"""«I am not safe with this person»: read what that means, then a file of one's own. Leaves no trace in the old one."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.forms.apart import MINE, ApartForm
from portal.law import directory
from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, citizen_visit, kit, received_at
from portal.security.proxy import address
from portal.services import apart, citizen
from portal.services.apart import Wish
from portal.views.demand import new_token
from portal.views.dossier import another, meant
from portal.views.filed_cookie import handle_of, open_token, remember_filing
from portal.views.language import LANG
from portal.views.names import today

blueprint = Blueprint("apart", __name__)

NOW = ("police-117", "lavi", "main-tendue-143")
"""Who helps against violence, the most urgent first (facts/offices.csv). 142 is announced, not confirmed: it is left out."""


@blueprint.route(f"{LANG}/dossier/not-safe", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
def not_safe(lang: str) -> Response:
    """What it does, and the few questions for it. Sent twice it is one file."""
    form = ApartForm(request.form, today())
    token = open_token(request.form.get("filing_token"))
    if request.method != "POST" or "_switch" in request.form:
        return _page(form, faults=False)
    if not meant():
        return another("apart.not_safe", lang)
    if not form.validate() or token is None:
        return _page(form, status=422)
    actor = citizen_actor()
    mine = form.code.data == MINE
    wish = Wish(**form.contact, commune_bfs=form.commune.number, needs=form.chosen_needs, code_is_mine=mine)
    apart.part(kit(), actor, wish, token, received_at(), address(), lang)
    response = redirect(url_for("filed.filed", lang=lang, of=handle_of(token), own=1), 303)
    remember_filing(response, request.form["filing_token"])
    citizen.sign_out(kit(), sessions.secret("citizen") or "")  # this device goes on with the new file
    sessions.take_back(response, "citizen")
    return response


def _page(form: ApartForm, *, faults: bool = True, status: int = 200) -> Response:
    if not faults:
        for field in form:
            field.errors = []
    if open_token(form.filing_token.data) is None:
        form.filing_token.data = new_token()
    page = render_template(
        "apart/not_safe.html",
        form=form,
        faults=form.faults,
        numbers=[directory.office(name) for name in NOW],
        visit=citizen_visit(),
    )
    return make_response(page, status)
