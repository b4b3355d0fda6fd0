"""No roof, no food, no medicine, violence: what to do this hour."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.law import directory
from portal.security.access import Rule, allow
from portal.views.language import LANG

blueprint = Blueprint("urgent", __name__)

THIS_HOUR = ("police-117", "ambulance-144", "medecin-non-vital", "main-tendue-143")
"""Numbers of sound confidence, in the order of danger (facts/offices.csv)."""


@blueprint.get(f"{LANG}/urgent")
@allow(Rule.PUBLIC)
def urgent(lang: str) -> str:
    """Numbers first, then the express urgent request. Needs no database."""
    offices = [directory.office(name) for name in THIS_HOUR]
    return render_template("urgent/urgent.html", offices=offices)
