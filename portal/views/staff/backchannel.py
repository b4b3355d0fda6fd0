"""The OpenID provider tells that somebody signed out there: their sessions here end too. A server asks, no browser."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal import logs
from portal.security import oidc
from portal.security.access import Rule, allow
from portal.security.context import kit, request_id, settings
from portal.services.staff_sessions import end_by_provider

blueprint = Blueprint("staff_backchannel", __name__, url_prefix="/staff")


@blueprint.post("/backchannel-logout")
@allow(Rule.PUBLIC)
def logout() -> Response:
    """OpenID Connect Back-Channel Logout 1.0: 200 once what it names has ended, 400 for anything that is not trusted.

    The signed token stands in for the CSRF token, which a server cannot have (`security/csrf.py`).
    """
    try:
        told = oidc.logout_told(settings().oidc_staff, request.form.get("logout_token", ""))
    except (oidc.SignInRefusedError, oidc.ProviderUnavailableError) as error:
        logs.failure(error)
        return _answer(400)
    return _answer(200 if end_by_provider(kit(), told, request_id()) else 400)


def _answer(status: int) -> Response:
    text = "" if status == 200 else '{"error": "invalid_request"}\n'
    return Response(text, status, {"Cache-Control": "no-store"}, mimetype="application/json")
