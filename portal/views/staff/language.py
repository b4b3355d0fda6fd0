"""Staff choose French or German for their session."""

from __future__ import annotations

from flask import Blueprint, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal.i18n.languages import STAFF_CODES
from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import kit
from portal.services import staff
from portal.views.language import STAFF_LANGUAGE

blueprint = Blueprint("staff_language", __name__, url_prefix="/staff")


@blueprint.get("/language/<any(" + ",".join(STAFF_CODES) + "):code>")
@allow(Rule.PUBLIC)
def switch(code: str) -> Response:
    """Remember the language and go back to the page it was chosen on, if it is one of ours."""
    remember(code)
    back = request.args.get("back", "")
    ours = back.startswith("/staff/") and "//" not in back and "\\" not in back
    return redirect(back if ours else url_for("staff_board.board"), 303)


def remember(code: str) -> None:
    """Take a language for this request, this browser and, once signed in, this session."""
    secret = sessions.secret("staff")
    if secret:
        staff.set_language(kit(), secret, code)
    session[STAFF_LANGUAGE] = g.lang = code
