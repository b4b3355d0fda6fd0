"""The first page."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.domain.months import last_days_of_month, month_edge
from portal.security.access import Rule, allow
from portal.views.language import LANG
from portal.views.names import today

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@allow(Rule.PUBLIC)
def root() -> Response:
    """Go to the language that the browser asks for."""
    return redirect(url_for("home.home", lang=g.lang), 303)


@blueprint.get(f"{LANG}/")
@allow(Rule.PUBLIC)
def home(lang: str) -> str:
    """What the portal does, and the one button that matters."""
    edge = month_edge(today()) if last_days_of_month(today()) else None
    return render_template("home/home.html", edge=edge)
