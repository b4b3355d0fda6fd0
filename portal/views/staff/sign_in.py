"""Caseworkers sign in through OpenID Connect, and out again."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, g, make_response, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from portal import logs
from portal.adapters.database import DatabaseUnavailableError
from portal.domain.staff_session import Ended
from portal.security import oidc, sessions
from portal.security.access import Rule, allow
from portal.security.context import kit, request_id, settings, staff_visit
from portal.security.headers import forget_everything, forget_pages
from portal.security.lent import LentError
from portal.services import lending, staff
from portal.services.lending import Lent
from portal.views.language import choose
from portal.views.staff.home import home_url

blueprint = Blueprint("staff_sign_in", __name__, url_prefix="/staff")


@blueprint.get("/sign-in")
@allow(Rule.PUBLIC)
def sign_in() -> Response | str:
    """What this is, and one button to the provider."""
    visit = staff_visit()
    if visit:
        return redirect(home_url(visit), 303)
    return render_template("staff/sign_in.html", refused=None, ended=_why_ended())


@blueprint.post("/sign-in")
@allow(Rule.PUBLIC)
def start() -> Response:
    """Go to the provider. A POST, so that no foreign page can start a sign-in."""
    back = settings().public_url + url_for("staff_sign_in.callback")
    return oidc.start(back, fresh=_lent() is not None)


@blueprint.get("/callback")
@allow(Rule.PUBLIC)
def callback() -> Response:
    """The provider's answer: only an enrolled caseworker gets a session."""
    state, before = _lent(), sessions.secret("staff")
    try:
        identity = oidc.finish(settings().oidc_staff)
    except oidc.SignInRefusedError as error:
        logs.failure(error)
        if state:  # whoever has the device in hand may have come here by an old address
            raise LentError(state, over=staff_visit() is None) from error
        return _refused("answer")
    if state and not identity.authenticated_since(state.since):
        return _refused("not-fresh")
    who = (identity.issuer, identity.subject)
    secret = staff.staff_sign_in(
        kit(),
        *who,
        choose(),
        request_id(),
        identity.vouched,
        identity.address,
        lent=before if state is not None else None,
    )
    if secret is None:
        return _refused("unknown")
    if state:
        return _taken_back(state, secret)
    # What the OpenID round trip left goes; the CSRF secret stays, so that a form open in another tab can still be sent.
    for key in [key for key in session if key.startswith("_state_")]:
        session.pop(key)
    response = redirect(home_url(staff.staff_visit(kit(), secret, request_id())), 303)
    sessions.give(response, "staff", secret)
    return response


@blueprint.post("/sign-out")
@allow(Rule.PUBLIC)
def sign_out() -> Response:
    """End the session and forget what the browser keeps; then the one at the provider, where it offers that."""
    secret = sessions.secret("staff")
    if secret:
        staff.staff_sign_out(kit(), secret)
    there = "staff_sign_in.signed_out" if secret and _at_provider() else "staff_sign_in.sign_in"
    response = redirect(url_for(there), 303)
    sessions.take_back(response, "staff", "staff-filed", "staff-code")
    return forget_everything(response)


@blueprint.get("/signed-out")
@allow(Rule.PUBLIC)
def signed_out() -> Response:
    """Leads on to the provider by itself: a redirect after the form would need a hole in the CSP of every page."""
    address = _at_provider()
    if address is None or staff_visit():
        return redirect(url_for("staff_sign_in.sign_in"), 303)
    response = make_response(render_template("staff/signed_out.html", address=address))
    response.headers["Refresh"] = f"0; url={address}"
    return response


def _taken_back(state: Lent, secret: str) -> Response:
    """On to the person's form, where it is still open. Pages of the person in other tabs send nothing any more."""
    session.clear()
    response = redirect(url_for("staff_form.situation.tasks", lang=state.language), 303)
    sessions.give(response, "staff", secret)
    return forget_pages(response)


def _lent() -> Lent | None:
    """Asked anew: these pages must not go by a guess where the database did not answer before."""
    secret = sessions.secret("staff")
    return lending.lent_by(kit(), secret) if secret else None


def _at_provider() -> str | None:
    return oidc.sign_out_address(settings().oidc_staff, settings().public_url + url_for("staff_sign_in.sign_in"))


def _why_ended() -> Ended | None:
    with suppress(DatabaseUnavailableError):  # the page of the sign-in needs no database
        return sessions.why_staff_ended()
    return None


def _refused(why: str) -> Response:
    g.leads_out = True  # the page has the button of the sign-in
    return make_response(render_template("staff/sign_in.html", refused=why, ended=None), 403)
