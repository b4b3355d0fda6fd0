"""Caseworkers sign in through OpenID Connect, and out again."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from portal import logs
from portal.security import oidc, sessions
from portal.security.access import Rule, allow
from portal.security.context import kit, request_id, settings, staff_visit
from portal.security.headers import forget_everything
from portal.services import staff
from portal.views.language import choose

blueprint = Blueprint("staff_sign_in", __name__, url_prefix="/staff")


@blueprint.get("/sign-in")
@allow(Rule.PUBLIC)
def sign_in() -> Response | str:
    """What this is, and one button to the provider."""
    if staff_visit():
        return redirect(url_for("staff_board.board"), 303)
    return render_template("staff/sign_in.html", refused=None)


@blueprint.post("/sign-in")
@allow(Rule.PUBLIC)
def start() -> Response:
    """Go to the provider. A POST, so that no foreign page can start a sign-in."""
    return oidc.start(settings().public_url + url_for("staff_sign_in.callback"))


@blueprint.get("/callback")
@allow(Rule.PUBLIC)
def callback() -> Response:
    """The provider's answer: only an enrolled caseworker gets a session."""
    try:
        identity = oidc.finish(settings().oidc_staff)
    except oidc.SignInRefusedError as error:
        logs.failure(error)
        return _refused("answer")
    secret = staff.staff_sign_in(kit(), identity.issuer, identity.subject, choose(), request_id())
    if secret is None:
        return _refused("unknown")
    # What the OpenID round trip left goes; the CSRF secret stays, so that a form open in another tab can still be sent.
    for key in [key for key in session if key.startswith("_state_")]:
        session.pop(key)
    response = redirect(url_for("staff_board.board"), 303)
    sessions.give(response, "staff", secret)
    return response


@blueprint.post("/sign-out")
@allow(Rule.PUBLIC)
def sign_out() -> Response:
    """End the session and forget what the browser keeps."""
    secret = sessions.secret("staff")
    if secret:
        staff.staff_sign_out(kit(), secret)
    response = redirect(url_for("staff_sign_in.sign_in"), 303)
    sessions.take_back(response, "staff", "staff-filed", "staff-code")
    return forget_everything(response)


def _refused(why: str) -> Response:
    return make_response(render_template("staff/sign_in.html", refused=why), 403)
