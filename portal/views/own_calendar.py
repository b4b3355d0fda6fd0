"""The dates of the own dossier for the person's own calendar: what the file holds, and the file."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.adapters.calendar import MIME
from portal.i18n.monthly import neutral_title, see_dossier
from portal.security.access import Rule, allow
from portal.security.context import citizen_actor, kit
from portal.services import calendar
from portal.views.language import LANG
from portal.views.names import today

blueprint = Blueprint("own_calendar", __name__, url_prefix=f"{LANG}/dossier")


@blueprint.get("/calendar")
@allow(Rule.CITIZEN)
def show(lang: str) -> str:
    """The dates, and what it means to take them along."""
    found = calendar.own_deadlines(kit(), citizen_actor(), today(), lang)
    titles = sorted({neutral_title(one.kind, lang) for one in found})
    return render_template("month/calendar.html", found=found, titles=titles, description=see_dossier(lang))


@blueprint.get("/calendar.ics")
@allow(Rule.CITIZEN)
def take(lang: str) -> Response:
    """The file. Its name says as little as its titles."""
    content = calendar.calendar_file(kit(), citizen_actor(), today(), lang)
    if content is None:  # taken meanwhile from another page than ours: there it says why
        return redirect(url_for("own_calendar.show", lang=lang), 303)
    response = make_response(content)
    response.mimetype = MIME
    response.headers["Content-Disposition"] = 'attachment; filename="dates.ics"'
    return response
