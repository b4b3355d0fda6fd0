"""Leave quickly: the visit ends, the browser forgets, and a page of no interest opens."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from portal.adapters.database import DatabaseUnavailableError
from portal.security import sessions
from portal.security.access import Rule, allow
from portal.security.context import kit
from portal.security.headers import forget_everything
from portal.services import citizen
from portal.services.documents import handoffs
from portal.views.language import LANG

blueprint = Blueprint("leave", __name__)

ELSEWHERE = "https://www.meteosuisse.admin.ch/"
"""The federal weather service: a page that anybody may look at."""


@blueprint.post(f"{LANG}/leave")
@allow(Rule.PUBLIC)
def leave(lang: str) -> Response:
    """An empty page that goes on by itself: a redirect to another site would need a hole in the CSP."""
    secret = sessions.secret("citizen")
    if secret:
        with suppress(DatabaseUnavailableError):  # leaving comes first; an idle row ends by itself
            citizen.sign_out(kit(), secret)
    if device := sessions.secret("handoff"):
        with suppress(DatabaseUnavailableError):
            handoffs.end(kit(), device)
    response = make_response(render_template("leave/elsewhere.html"))
    response.headers["Refresh"] = f"0; url={ELSEWHERE}"
    sessions.take_back(response, "citizen", "filed", "handoff")
    return forget_everything(response)
