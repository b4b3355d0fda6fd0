"""The link at the end of each reminder: it ends the e-mails, without signing in, and shows nothing of a dossier."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from portal.security.access import Rule, allow
from portal.security.context import kit, request_id
from portal.security.proxy import address
from portal.security.slowdown import TooManyTriesError
from portal.services import limits
from portal.services.reminders import wishes
from portal.services.reminders.wishes import TOKEN_LENGTH, UnknownLinkError
from portal.views.language import LANG

blueprint = Blueprint("reminder_link", __name__)

MOST_MISSES = 60
"""Links that do not work, from one address in ten minutes; more must wait."""


@blueprint.route(f"{LANG}/reminders/<string(length={TOKEN_LENGTH}):wish>", methods=["GET", "POST"])
@allow(Rule.PUBLIC)
def show(lang: str, wish: str) -> Response:
    """One button. Looking ends nothing: programs that check mails look."""
    try:
        if request.method == "POST" and "_switch" not in request.form:
            wishes.end_by_link(kit(), wish, request_id())
            return redirect(request.path, 303)
        return make_response(render_template("reminders/link.html", running=wishes.look(kit(), wish)))
    except UnknownLinkError:
        if limits.count(kit(), "mail-wish-link", address()) > MOST_MISSES:
            raise TooManyTriesError from None
        return make_response(render_template("reminders/unknown.html"), 404)
