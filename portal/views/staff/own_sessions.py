"""A caseworker sees where they are signed in, and ends what they do not use any more."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import kit, staff_actor
from portal.services import staff_sessions

blueprint = Blueprint("staff_own_sessions", __name__, url_prefix="/staff")
OTHERS = "others"


@blueprint.get("/sessions")
@allow(Rule.STAFF_ANYBODY)
def show() -> str:
    """The own living sessions; nothing of any device or network."""
    found = staff_sessions.own_sessions(kit(), staff_actor(), sessions.secret("staff") or "")
    return render_template("staff/sessions.html", found=found, ended="ended" in request.args, others=OTHERS)


@blueprint.post("/sessions")
@allow(Rule.STAFF_ANYBODY)
def end() -> Response:
    """End one of them, or all but this one."""
    which = request.form.get("which", "")
    handle = None if which == OTHERS else which
    staff_sessions.end_own(kit(), staff_actor(), sessions.secret("staff") or "", handle)
    return redirect(url_for("staff_own_sessions.show", ended=1), 303)
