"""Close the online account: what ends, what stays, and the page after it."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.adapters.database import DatabaseUnavailableError
from portal.forms.closing import CloseForm
from portal.forms.staff import faults_of
from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, kit
from portal.security.headers import forget_everything
from portal.services import citizen
from portal.services.closing import close_account, ended_by_closing
from portal.views.language import LANG
from portal.views.meant import another_dossier, meant
from portal.views.own_data import on_paper, reference

blueprint = Blueprint("closing", __name__)


@blueprint.route(f"{LANG}/dossier/close", methods=["GET", "POST"])
@allow(Rule.CITIZEN)
def close(lang: str) -> Response:
    """Say what ends and what stays; then, with the box ticked, close."""
    form = CloseForm()
    if request.method == "POST" and "_switch" not in request.form:
        if not meant():
            return another_dossier()
        if form.validate():
            close_account(kit(), citizen_actor())
            return gone(lang)
    html = render_template(
        "own_data/close.html",
        form=form,
        faults=faults_of(form),
        reference=reference(),
        on_paper=on_paper(),
        demands=[one for one in citizen.own_demands(kit(), citizen_actor()) if one.withdrawn_at is None],
    )
    return make_response(html, 422 if form.errors else 200)


@blueprint.get(f"{LANG}/account-closed")
@allow(Rule.PUBLIC)
def closed(lang: str) -> str:
    """The account is closed; nothing of the dossier is on this page."""
    return render_template("own_data/closed.html")


def gone(lang: str) -> Response:
    """To the last page; the browser forgets everything."""
    response = redirect(url_for("closing.closed", lang=lang), 303)
    sessions.take_back(response, "citizen", "filed")
    return forget_everything(response)


def after_session_ended() -> Response | None:
    """The second click of a double one finds the visit ended: it gets the page of the first. None: it ended otherwise."""
    secret = sessions.secret("citizen")
    with suppress(DatabaseUnavailableError):
        if secret and ended_by_closing(kit(), secret):
            return gone(g.lang)
    return None
